"""Keeping the search index in step with the posts: called by whatever changes one, in the same transaction."""

from sqlmodel import col, select

from exchanges.posts.queries.entries import KIND, entries_of
from exchanges.posts.queries.single import time_zone_of
from exchanges.posts.tables import Post
from foundation import clock
from foundation.database import Session
from foundation.feature import registry
from foundation.search import index, unindex
from foundation.search.tables import SearchEntry

BATCH = 500


def put_in_index(session: Session, post: Post) -> None:
    """Let a post be found as its people changed it; what has left the board is found no more.

    Announces `post_findable(session, post)` when something about it has changed.
    """
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
