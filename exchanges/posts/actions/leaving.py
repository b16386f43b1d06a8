"""When somebody is away or leaves: their posts leave the board all at once, and come back with one tap."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col, delete, select

from community.communities.queries import today_of
from community.leaving.rules import Going
from exchanges.posts import rules
from exchanges.posts.actions.finding import put_in_index
from exchanges.posts.tables import Post, PostChildcare, PostPhoto, PostPurchasing
from foundation import audit, clock, files
from foundation.database import Session

AWAY = "away"

NO_TITLE = "…"
"""What a post is called of whose author nothing is kept any more."""


def set_aside(session: Session, party_ids: Collection[int]) -> int:
    """Take the open posts of parties off the board, marked so that one tap brings just these back; say how many."""
    found = _locked(session, party_ids, "open")
    for post in found:
        post.state, post.closing = rules.moved(post.state, "pause"), AWAY
        _changed(session, post, "set_aside")
    return len(found)


def bring_back(session: Session, party_ids: Collection[int]) -> int:
    """Put back what was set aside, with some days to look at it where its last day has passed; say how many."""
    found = [post for post in _locked(session, party_ids, "paused") if post.closing == AWAY]
    for post in found:
        today = today_of(session, post.community_id)
        post.state, post.closing = rules.moved(post.state, "resume"), ""
        post.expires_on = max(post.expires_on or today, today + timedelta(days=7))
        _changed(session, post, "brought_back")
    return len(found)


def move_to_party(session: Session, party_id: int, into_party_id: int) -> None:
    """The posts of a household that becomes a part of another are the other's from now on."""
    found = session.exec(select(Post).where(col(Post.party_id) == party_id).order_by(col(Post.id)).with_for_update())
    for post in found.all():
        post.party_id = into_party_id
        post.changed_at = clock.now()
        put_in_index(session, post)


def move_to_zone(session: Session, party_id: int, before: int | None, zone_id: int) -> None:
    """What a household offers and needs where it lived stands where it lives now.

    A confidential need stays with the makers it was entrusted to.
    """
    theirs = (col(Post.party_id) == party_id, col(Post.zone_id) == before, col(Post.visibility) != "confidential")
    living = col(Post.state).in_(("draft", "open", "paused", "expired"))
    for post in session.exec(select(Post).where(*theirs, living).order_by(col(Post.id)).with_for_update()).all():
        post.zone_id = zone_id
        _changed(session, post, "moved")


def forget_words(session: Session, going: Going) -> None:
    """What was written in the posts of who has left goes; what others agreed upon keeps its title, without names."""
    ids = select(col(Post.id)).where(col(Post.party_id).in_(going.closing))
    photos = list(session.exec(select(col(PostPhoto.file_id)).where(col(PostPhoto.post_id).in_(ids))))
    session.exec(delete(PostPhoto).where(col(PostPhoto.post_id).in_(ids)))
    session.exec(delete(PostChildcare).where(col(PostChildcare.post_id).in_(ids)))
    session.exec(
        update(PostPurchasing).where(col(PostPurchasing.post_id).in_(ids)).values(what="")
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    for file_id in photos:
        files.let_go(session, file_id)
    of_party = col(Post.party_id).in_(going.closing)
    nothing = {"description": "", "when_words": "", "place_words": "", "expense_words": ""}
    session.exec(update(Post).where(of_party).values(**nothing).execution_options(synchronize_session=False))
    session.exec(
        update(Post).where(of_party, col(Post.title) != "").values(title=NO_TITLE)
        .execution_options(synchronize_session=False)
    )  # fmt: skip


def _locked(session: Session, party_ids: Collection[int], state: str) -> list[Post]:
    statement = select(Post).where(col(Post.party_id).in_(party_ids), col(Post.state) == state).order_by(col(Post.id))
    found = session.exec(statement.with_for_update(key_share=True).execution_options(populate_existing=True)).all()
    return [post for post in found if post.state == state]


def _changed(session: Session, post: Post, verb: str) -> None:
    post.version += 1
    post.changed_at = clock.now()
    audit.record(session, None, verb, "post", post.id, community_id=post.community_id)
    put_in_index(session, post)
