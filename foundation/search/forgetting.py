"""Forgetting words that nothing says any more: a name must not outlive in the index those who bore it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import col, func, select

from foundation.database import Database, Session
from foundation.feature import registry
from foundation.search.actions import EVERYTHING, forget_words
from foundation.search.stems import terms_of
from foundation.search.tables import SearchChange, SearchEntry, SearchWord

LOT = 500
READ_TWICE = 2000
"""So many changes noted before the beginning are looked at too: one may have been begun earlier and kept later."""


class Memory:
    """The words that were known at a moment; what still says one of them is told to it, the rest is forgotten."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.reading() as session:
            self._unsaid = set(session.scalars(select(SearchWord.word)))
            last = session.scalar(select(func.max(col(SearchChange.id)))) or 0
        self._since = max(0, last - READ_TWICE)

    def keep(self, words: Iterable[str]) -> None:
        """Something says these words."""
        self._unsaid.difference_update(words)

    def forget_rest(self) -> None:
        """Drop what nothing says, a few at a time; nothing is dropped where not everything was asked."""
        asked = [kind.kind for kind in registry.every("searchables") if kind.entries is not None]
        with self._database.reading() as session:
            others = session.scalar(select(SearchEntry.id).where(col(SearchEntry.kind).not_in(asked)).limit(1))
        unsaid = [] if others is not None else sorted(self._unsaid)
        for start in range(0, len(unsaid), LOT):
            with self._database.writing() as session:
                said = _said_since(session, self._since)
                if said is None:
                    return
                forget_words(
                    session, [word for word in unsaid[start : start + LOT] if not said.issuperset(terms_of(word))]
                )


def forget_by_job(database: Database, _payload: Mapping[str, Any]) -> None:
    """Read everything that can be found, lot by lot and without keeping anybody from writing, and forget the rest."""
    memory = Memory(database)
    for kind in registry.every("searchables"):
        last: int | None = 0
        while kind.entries is not None and last is not None:
            with database.reading() as session:
                entries = kind.entries(session, last, LOT)
            for entry in entries:
                memory.keep(entry.words)
            last = entries[-1].object_id if entries else None
    memory.forget_rest()


def _said_since(session: Session, change_id: int) -> set[str] | None:
    """The terms of what changed since a change; None where so much changed that it was not noted one by one."""
    since = col(SearchChange.id) > change_id
    if session.scalar(select(SearchChange.id).where(since, SearchChange.entry_id == EVERYTHING).limit(1)) is not None:
        return None
    changed = select(SearchEntry.terms).where(col(SearchEntry.id).in_(select(SearchChange.entry_id).where(since)))
    return {term for terms in session.scalars(changed) for term in terms.split()}
