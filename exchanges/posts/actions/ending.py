"""The end of a post: closed by its owner, hidden by a maker, or come to its last day."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, select, update

from community.communities.tables import Community
from community.notifications.actions import notify
from community.parties.queries import people_of
from exchanges.posts import rules
from exchanges.posts.policies import may_hide
from exchanges.posts.queries import own_post, post_visible_to
from exchanges.posts.tables import Post
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

BATCH = 500


def close_post(session: Session, actor: Actor, post_id: int, *, found: bool) -> Post:
    """`found`: somebody answered, thank you; otherwise the owner changed their mind. Raises Missing or NotNow."""
    post = own_post(session, actor, post_id, lock=True)
    if post.state == "closed":
        return post
    post.state = rules.moved(post.state, "close")
    _end(post, "found" if found else "changed_mind")
    audit.record(session, actor, "closed", "post", post_id, closing=post.closing)
    return post


def hide_post(session: Session, actor: Actor, post_id: int) -> None:
    """A maker takes a post of their zone out of sight; its author is told. Raises Missing or NotNow."""
    view = post_visible_to(session, actor, post_id)
    if not may_hide(actor, view.post):
        raise Missing()
    post = session.exec(select(Post).where(col(Post.id) == post_id).with_for_update()).one()
    if post.closing == "hidden":
        return
    post.state = rules.moved(post.state, "hide") if post.state != "closed" else "closed"
    _end(post, "hidden")
    audit.record(session, actor, "hid", "post", post_id)
    _tell(session, post, "posts.hidden", "post-hidden")


def expire_posts(session: Session) -> int:
    """End the posts whose last day has passed where their community is; say how many. Their owners are told."""
    ended = 0
    for community, today in _communities():
        due = _due(session, community, today(session, community))
        for post in due:
            post.state = rules.moved(post.state, "expire")
            _end(post, "expired")
            audit.record(session, None, "expired", "post", post.id, community_id=post.community_id)
            _tell(session, post, "posts.expired", f"post-expired-{post.expires_on}")
        ended += len(due)
    return ended
