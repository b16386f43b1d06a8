"""Bringing the whole index to how things stand, lot by lot: others write in between, and search goes on."""

from collections.abc import Iterator, Mapping
from typing import Any

from foundation.database import Database
from foundation.feature import Searchable, registry
from foundation.search.actions import index, keep_only, learn
from foundation.search.forgetting import Memory

LOT = 500


def rebuild(database: Database) -> Iterator[tuple[str, int]]:
    """Go through every kind; tells after each lot how many things of it have been put right so far.

    Words that nothing says any more are forgotten at the end.
    """
    memory = Memory(database)
    for kind in registry.every("searchables"):
        if kind.entries is not None:
            yield from _rebuild(database, kind, memory)
    memory.forget_rest()


def rebuild_by_job(database: Database, _payload: Mapping[str, Any]) -> None:
    """The same without telling."""
    for _kind, _done in rebuild(database):
        pass


def _rebuild(database: Database, kind: Searchable, memory: Memory) -> Iterator[tuple[str, int]]:
    done, last = 0, 0
    while True:
        with database.writing() as session:
            entries = kind.entries(session, last, LOT) if kind.entries else []
            ids = [entry.object_id for entry in entries]
            keep_only(session, kind.kind, ids, after=last, up_to=ids[-1] if ids else None)
            for entry in entries:
                index(session, entry)
                memory.keep(entry.words)
            # Once more for those that have not changed: their words may have been forgotten.
            learn(session, {word for entry in entries for word in entry.words})
        done += len(ids)
        yield kind.kind, done
        if not ids:
            return
        last = ids[-1]
