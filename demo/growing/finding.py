"""Putting what has grown into the search index: everything that is not there yet."""

from collections.abc import Callable, Sequence

from sqlmodel import col, select

from exchanges.posts.queries.entries import KIND as POSTS
from exchanges.posts.queries.entries import entries_after
from foundation.database import Database, Session
from foundation.feature import registry
from foundation.importing import Progress
from foundation.search import Entry, fill
from foundation.search.tables import SearchEntry

LOT = 2_000

Entries = Callable[[Session, int, int], Sequence[Entry]]


def index_what_is_missing(database: Database, progress: Progress) -> None:
    """Go through every kind that can be found, lot by lot, and put in what the index lacks.

    Posts are among them whatever features were registered: the board is read from the index.
    """
    kinds: dict[str, Entries] = {POSTS: entries_after}
    kinds |= {kind.kind: kind.entries for kind in registry.every("searchables") if kind.entries is not None}
    done = 0
    for kind, entries in kinds.items():
        last = 0
        while True:
            last, count = _lot(database, kind, entries, last)
            if not count:
                break
            done += count
            progress(done, done + LOT)
    progress(done, done)


def _lot(database: Database, kind: str, after_id: Entries, after: int) -> tuple[int, int]:
    """The object id to go on from, and how many things were looked at."""
    with database.writing() as session:
        entries = list(after_id(session, after, LOT))
        ids = [entry.object_id for entry in entries]
        if not ids:
            return after, 0
        there = select(SearchEntry.object_id).where(
            col(SearchEntry.kind) == kind, col(SearchEntry.object_id).between(ids[0], ids[-1])
        )
        known = set(session.exec(there))
        fill(session, [entry for entry in entries if entry.object_id not in known])
    return ids[-1], len(ids)
