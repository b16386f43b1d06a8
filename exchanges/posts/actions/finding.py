"""Keeping the search index in step with the posts: called by whatever changes one, in the same transaction."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from exchanges.posts.queries.entries import KIND, entries_of
from exchanges.posts.queries.single import time_zone_of
from exchanges.posts.tables import Post
from foundation import clock
from foundation.database import Database, Session
from foundation.feature import registry
from foundation.jobs import enqueue
from foundation.search import index, unindex
from foundation.search.tables import SearchEntry
from foundation.signals import signal

BATCH = 500
LOT = 100
AT_ONCE = 20
"""So many posts are brought up to date in the transaction that changed something beside them; more have to wait."""
INDEX_AGAIN = "posts.index_again"


def put_in_index(session: Session, post: Post) -> None:
    """Let a post be found as its people changed it; what has left the board is found no more.

    Announces `post_findable(session, post)` when something about it has changed.
    """
    if post.state != "draft":
        # What was entrusted to makers is not news for the board: not even that there is something.
        signal(session, f"{'desk' if post.visibility == 'confidential' else 'board'}:{post.community_id}")
    if bring_up_to_date(session, post):
        for hook in registry.hooks("post_findable"):
            hook(session, post)


def bring_up_to_date(session: Session, post: Post) -> bool:
    """The same where not its people but the clock or something beside it changed it: announces nothing.

    Says whether it stands on the board with something new.
    """
    session.flush()
    entries = entries_of(session, [post], time_zone_of(session, post.community_id))
    if not entries:
        unindex(session, KIND, post.id or 0)
    return bool(entries) and index(session, entries[0])


def move_on(session: Session, *, limit: int = BATCH) -> int:
    """Bring up to `limit` posts whose time has passed to the next one, or to none; say how many."""
    passed = (
        select(Post)
        .join(SearchEntry, col(SearchEntry.object_id) == col(Post.id))
        .where(col(SearchEntry.kind) == KIND, col(SearchEntry.soon_at) < clock.now())
        .limit(limit)
    )
    posts = list(session.exec(passed))
    for post in posts:
        bring_up_to_date(session, post)
    return len(posts)


def follow_week(session: Session, party_id: int) -> None:
    """Let a party's posts that can be at any time be found when it says that it can."""
    any_time = select(Post).where(*_beside(party_id=party_id)).order_by(col(Post.id)).limit(AT_ONCE + 1)
    posts = session.exec(any_time.with_for_update()).all()
    if len(posts) > AT_ONCE:
        enqueue(session, INDEX_AGAIN, {"party_id": party_id})
        return
    for post in posts:
        bring_up_to_date(session, post)


def follow_category(session: Session, category_id: int) -> None:
    """Let the posts of a category be found by what it is called now, and where it stands in the tree."""
    enqueue(session, INDEX_AGAIN, {"category_id": category_id})


def index_again(database: Database, payload: Mapping[str, Any]) -> None:
    """Bring the posts of a category or of a party up to date, lot by lot: others write in between."""
    last: int | None = 0
    while last is not None:
        with database.writing() as session:
            wanted = select(Post).where(col(Post.id) > last, *_beside(**payload)).order_by(col(Post.id)).limit(LOT)
            posts = session.exec(wanted.with_for_update()).all()
            for post in posts:
                bring_up_to_date(session, post)
            last = posts[-1].id if posts else None


def _beside(*, party_id: int | None = None, category_id: int | None = None) -> tuple[Any, ...]:
    """The conditions of what is on the board of a category, or of a party without a day."""
    if category_id is not None:
        return (col(Post.category_id) == category_id, col(Post.state) == "open")
    return (col(Post.party_id) == party_id, col(Post.state) == "open", col(Post.rhythm).not_in(("dates", "weekly")))
