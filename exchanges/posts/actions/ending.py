"""The end of a post: closed by its owner, full, hidden by a maker, or come to its last day; and free again."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from community.communities.queries import open_communities, today_of
from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.parties.queries import acts_for, people_of
from community.parties.tables import Party
from exchanges.posts import rules
from exchanges.posts.actions.finding import put_in_index
from exchanges.posts.notices import CONFIDENTIAL_TITLE, EXPIRED, EXPIRING, FREE_AGAIN
from exchanges.posts.policies import may_hide
from exchanges.posts.queries import dates_of, own_post, post_visible_to
from exchanges.posts.tables import Post
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import registry

BATCH = 200
A_DAY = timedelta(days=1)


def close_post(session: Session, actor: Actor, post_id: int, *, found: bool) -> Post:
    """`found`: somebody answered, thank you; otherwise the owner changed their mind. Raises Missing or NotNow."""
    post = own_post(session, actor, post_id, lock=True)
    if post.state == "closed":
        return post
    post.state = rules.moved(post.state, "close")
    _end(session, post, "found" if found else "changed_mind")
    audit.record(session, actor, "closed", "post", post_id, closing=post.closing)
    return post


def fill_post(session: Session, actor: Actor, post: Post) -> None:
    """Close a post whose last place has gone. The caller holds it, and tells who else had answered."""
    if post.state == "closed":
        return
    post.state = rules.moved(post.state, "fill")
    _note_end(session, post, "full")
    audit.record(session, actor, "filled", "post", post.id)


def offer_again(session: Session, actor: Actor, post: Post) -> bool:
    """Put a post that had closed by being full back on the board, and tell its author; whether it was.

    What its owner closed by hand, and what would have come to its end meanwhile, stays as it is. The caller holds it.
    """
    if post.closing != "full" or _has_passed(session, post) or _is_left(session, post):
        return False
    post.state = rules.moved(post.state, "offer_again")
    post.closing, post.closed_at = "", None
    post.changed_at = clock.now()
    post.version += 1
    put_in_index(session, post)
    audit.record(session, actor, "offered_again", "post", post.id)
    _tell(session, post, FREE_AGAIN, key=f"{post.id}:{post.version}", but=actor.person_id)
    return True


def hide_post(session: Session, actor: Actor, post_id: int) -> None:
    """A maker takes a post of their zone out of sight: the makers' desk tells its author. Raises Missing or NotNow."""
    if not may_hide(actor, post_visible_to(session, actor, post_id).post):
        raise Missing()
    statement = select(Post).where(col(Post.id) == post_id).with_for_update(key_share=True)
    post = session.exec(statement.execution_options(populate_existing=True)).one()
    if post.closing == "hidden":
        return
    post.state = rules.moved(post.state, "hide")
    _end(session, post, "hidden")
    audit.record(session, actor, "hid", "post", post_id)


def show_post_again(session: Session, actor: Actor, post_id: int) -> None:
    """Take that back: the post is paused, and its author puts it back with one tap. Nothing where it is not hidden."""
    statement = select(Post).where(col(Post.id) == post_id).with_for_update(key_share=True)
    post = session.exec(statement.execution_options(populate_existing=True)).one()
    if post.closing != "hidden":
        return
    post.state = rules.moved(post.state, "show_again")
    post.closing, post.closed_at = "", None
    post.changed_at = clock.now()
    post.version += 1
    put_in_index(session, post)
    audit.record(session, actor, "showed_again", "post", post_id)


def pause_posts_of(session: Session, actor: Actor, _person_id: int, party_ids: Collection[int]) -> None:
    """Take the open posts of parties off the board, whose people are all paused or excluded."""
    open_ones = select(Post).where(col(Post.party_id).in_(party_ids), col(Post.state) == "open").order_by(col(Post.id))
    for post in session.exec(open_ones.with_for_update(key_share=True).execution_options(populate_existing=True)):
        if post.state != "open":
            continue
        post.state = rules.moved(post.state, "pause")
        post.changed_at = clock.now()
        post.version += 1
        audit.record(session, actor, "paused", "post", post.id)
        put_in_index(session, post)


def expire_posts(session: Session, *, limit: int = BATCH) -> int:
    """End up to `limit` posts whose last day has passed where their community is, tell their authors, say how many."""
    ended = _until(session, limit, timedelta(days=-1), col(Post.state).in_(("open", "paused")))
    for post in ended:
        post.state = rules.moved(post.state, "expire")
        _end(session, post, "expired")
        audit.record(session, None, "expired", "post", post.id, community_id=post.community_id)
        _tell(session, post, EXPIRED, key=f"{post.id}:{post.expires_on}")
    return len(ended)


def remind_expiring(session: Session, *, limit: int = BATCH) -> int:
    """Ask the authors of up to `limit` posts that end within a week whether they still need them; say how many.

    Each post is looked at once before each end. Nobody is asked about a post that is younger than two days, or whose
    dates will all have passed by then: renewing would not help it.
    """
    told = 0
    is_new = (col(Post.reminded_at).is_(None), col(Post.published_at) < clock.now() - rules.REMIND_NOT_BEFORE)
    for post in _until(session, limit, rules.REMIND_BEFORE, col(Post.state) == "open", *is_new):
        post.reminded_at = clock.now()
        if post.expires_on is not None and not _ends_with_its_dates(session, post):
            _tell(session, post, EXPIRING, key=f"{post.id}:{post.expires_on}", last_on=post.expires_on)
            told += 1
    return told


def _until(session: Session, limit: int, days: timedelta, *conditions: ColumnElement[bool]) -> list[Post]:
    """Posts whose last day is not after today and some `days`, today being that of each community; locked."""
    found: list[Post] = []
    for community in open_communities(session):
        last_day = clock.today(community.time_zone) + days
        here = (col(Post.community_id) == community.id, col(Post.expires_on) <= last_day, *conditions)
        statement = select(Post).where(*here).order_by(col(Post.id)).limit(limit - len(found))
        found += session.exec(statement.with_for_update(key_share=True).execution_options(populate_existing=True)).all()
    return found


def _ends_with_its_dates(session: Session, post: Post) -> bool:
    if post.rhythm != "dates" or post.id is None or post.expires_on is None:
        return False
    after = clock.now() + rules.REMIND_BEFORE + A_DAY
    return all(one.starts_at < after for one in dates_of(session, post.id))


def _has_passed(session: Session, post: Post) -> bool:
    """Whether the last day of a post, or the last of its dates, is over."""
    if post.expires_on is not None and post.expires_on < today_of(session, post.community_id):
        return True
    dates = dates_of(session, post.id or 0) if post.rhythm == "dates" else []
    return bool(dates) and all(one.starts_at < clock.now() for one in dates)


def _is_left(session: Session, post: Post) -> bool:
    """Whether its people have left: what becomes free then is offered to nobody."""
    return session.scalar(select(col(Party.closed_at)).where(col(Party.id) == post.party_id)) is not None


def _note_end(session: Session, post: Post, closing: str) -> None:
    post.closing = closing
    post.closed_at = post.changed_at = clock.now()
    post.version += 1
    put_in_index(session, post)


def _end(session: Session, post: Post, closing: str) -> None:
    _note_end(session, post, closing)
    if closing != "expired":
        # Who had answered is told by the feature that keeps the answers; after an expiry the owner may still say yes.
        for hook in registry.hooks("post_closed"):
            hook(session, post)


def _tell(session: Session, post: Post, notice: Notice, *, key: str, but: int | None = None, **params: object) -> None:
    """Tell the author; when they have left, the people who act for the party now. `but` did it and knows."""
    people = [person.id for person in people_of(session, post.party_id)]
    if acts_for(session, post.author_id, post.party_id):
        people = [post.author_id]
    title = CONFIDENTIAL_TITLE if post.visibility == "confidential" else post.title
    for person_id in people:
        if person_id is not None and person_id != but:
            notify(
                session,
                person_id=person_id,
                community_id=post.community_id,
                notice=notice,
                params={"title": title, **params},
                endpoint="posts.show",
                values={"post_id": post.id},
                key=key,
            )
