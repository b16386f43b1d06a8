"""Putting what has grown into the search index: everything that is not there yet."""

from sqlmodel import col, select

from foundation.database import Database
from foundation.feature import Searchable, registry
from foundation.importing import Progress
from foundation.search import fill
from foundation.search.tables import SearchEntry

LOT = 2_000


def index_what_is_missing(database: Database, progress: Progress) -> None:
    """Go through every kind that can be found, lot by lot, and put in what the index lacks."""
    done = 0
    for kind in registry.every("searchables"):
        last = 0
        while True:
            last, count = _lot(database, kind, last)
            if not count:
                break
            done += count
            progress(done, done + LOT)
    progress(done, done)


def _lot(database: Database, kind: Searchable, after: int) -> tuple[int, int]:
    """The object id to go on from, and how many things were looked at."""
    if kind.entries is None:
        return after, 0
    with database.writing() as session:
        entries = list(kind.entries(session, after, LOT))
        ids = [entry.object_id for entry in entries]
        if not ids:
            return after, 0
        there = select(SearchEntry.object_id).where(
            col(SearchEntry.kind) == kind.kind, col(SearchEntry.object_id).between(ids[0], ids[-1])
        )
        known = set(session.exec(there))
        fill(session, [entry for entry in entries if entry.object_id not in known])
    return ids[-1], len(ids)
