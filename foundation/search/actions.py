"""Putting things into the index and taking them out, in the transaction that changes them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import func, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel, col, delete, select

from foundation import clock
from foundation.database import Session, after_commit, insert_if_absent, table_of
from foundation.search import freshness
from foundation.search.rules import Entry
from foundation.search.spelling import is_kept, keys_of, trigrams_of
from foundation.search.tables import SearchChange, SearchEntry, SearchSpelling, SearchTrigram, SearchWord

CHANGES_KEPT = timedelta(days=1)
A_SECOND = 1_000_000
BATCH, FEW = 500, 50
EVERYTHING = 0
"""Noted in place of an entry where so much has changed that counting begins anew."""


def index(session: Session, entry: Entry) -> bool:
    """Put a thing into the index, or bring what stands there to its present words; whether anything changed."""
    there = _of(session, entry.kind, entry.object_id)
    values = _values(entry)
    if there is not None and there.moment == entry.moment:
        if all(getattr(there, name) == value for name, value in values.items()):
            return False
        for name, value in values.items():
            setattr(there, name, value)
        session.flush()
        entry_id = there.id
    else:
        if there is not None:
            _remove(session, there)
        entry_id = _insert(session, values)
    learn(session, entry.words)
    _note(session, entry.community_id, entry.kind, entry_id)
    return True


def fill(session: Session, entries: Sequence[Entry]) -> None:
    """Put in many things that are not there yet, at one stroke: for rebuilding, and for large amounts of data.

    Those that have the same moment must follow each other, here and from one call to the next.
    """
    ids = _free_ids(session, [entry.moment for entry in entries])
    rows = [{**_values(entry), "id": entry_id} for entry, entry_id in zip(entries, ids, strict=True)]
    if rows:
        session.connection().execute(insert(SearchEntry), rows)
    learn(session, {word for entry in entries for word in entry.words})
    for community_id, kind in {(entry.community_id, entry.kind) for entry in entries}:
        _note(session, community_id, kind, EVERYTHING)


def unindex(session: Session, kind: str, object_id: int) -> None:
    """Take a thing out of the index; nothing happens when it is not there."""
    there = _of(session, kind, object_id)
    if there is not None:
        _remove(session, there)


def take_out(session: Session, kind: str, object_ids: Sequence[int]) -> None:
    """Take many things out of the index at one stroke."""
    gone = delete(SearchEntry).where(col(SearchEntry.kind) == kind, col(SearchEntry.object_id).in_(object_ids))
    found = session.scalars(gone.returning(col(SearchEntry.community_id)).execution_options(synchronize_session=False))
    for community_id in sorted(set(found)):
        _note(session, community_id, kind, EVERYTHING)


def learn(session: Session, words: Iterable[str]) -> None:
    """Remember words as they are written, for those who mistype them."""
    wanted = sorted({word for word in words if is_kept(word)})
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        known = set(session.scalars(select(SearchWord.word).where(col(SearchWord.word).in_(batch))))
        new = [word for word in batch if word not in known]
        if new:
            _add_missing(session, SearchWord, [{"word": word} for word in new])
            pieces = [{"trigram": piece, "word": word} for word in new for piece in sorted(trigrams_of(word))]
            _add_missing(session, SearchTrigram, pieces)
            keys = [{"key": key, "word": word} for word in new for key in sorted(keys_of(word))]
            _add_missing(session, SearchSpelling, keys)


def forget_words(session: Session, words: Sequence[str]) -> None:
    """Know these words no more."""
    for table, under, all_of in ((SearchTrigram, "trigram", trigrams_of), (SearchSpelling, "key", keys_of)):
        for start in range(0, len(words), FEW):
            few = words[start : start + FEW]
            # By what they stand under, too: the words alone would be looked for through the whole of the table.
            found = {one for word in few for one in all_of(word)}
            columns = table_of(table).c
            session.exec(delete(table).where(columns[under].in_(found), columns.word.in_(few)))
    session.exec(delete(SearchWord).where(col(SearchWord.word).in_(words)))


def forget_old_changes(session: Session) -> None:
    """Remove the notes of changes that everybody who counts has read long ago."""
    session.exec(delete(SearchChange).where(col(SearchChange.at) < clock.now() - CHANGES_KEPT))


def keep_only(session: Session, kind: str, object_ids: Sequence[int], *, after: int, up_to: int | None) -> None:
    """Take out what stands between two object ids (the first excluded) and is not among these."""
    objects = col(SearchEntry.object_id)
    stale = select(SearchEntry).where(SearchEntry.kind == kind, objects > after)
    if up_to is not None:
        stale = stale.where(objects <= up_to, objects.not_in(object_ids))
    for entry in session.exec(stale):
        _remove(session, entry)


def _of(session: Session, kind: str, object_id: int) -> SearchEntry | None:
    statement = select(SearchEntry).where(SearchEntry.kind == kind, SearchEntry.object_id == object_id)
    return session.exec(statement.execution_options(populate_existing=True)).one_or_none()


def _values(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind, "object_id": entry.object_id, "community_id": entry.community_id,
        "party_id": entry.party_id, "moment": entry.moment, "soon_at": entry.soon_at,
        "marks": entry.mark_terms, "terms": entry.terms,
    }  # fmt: skip


def _insert(session: Session, values: dict[str, Any]) -> int:
    while True:
        entry_id = _free_id(session, values["moment"])
        if insert_if_absent(session, SearchEntry, {**values, "id": entry_id}, ["id"]):
            return entry_id


def _remove(session: Session, there: SearchEntry) -> None:
    session.delete(there)
    session.flush()
    _note(session, there.community_id, there.kind, there.id)


def _free_id(session: Session, moment: datetime) -> int:
    """The moment in microseconds; where many things have the same one, those put in later come a little later."""
    wanted = int(moment.timestamp() * A_SECOND)
    ids = col(SearchEntry.id)
    taken = session.scalar(select(func.max(ids)).where(ids >= wanted, ids < wanted + A_SECOND))
    return wanted if taken is None else int(taken) + 1


def _free_ids(session: Session, moments: Sequence[datetime]) -> list[int]:
    """The same for many: the index is asked once, and again only for moments that something there has already."""
    wanted = [int(moment.timestamp() * A_SECOND) for moment in moments]
    every = sorted(set(wanted))
    there: set[int] = set()
    for start in range(0, len(every), BATCH):
        batch = every[start : start + BATCH]
        there.update(session.scalars(select(SearchEntry.id).where(col(SearchEntry.id).in_(batch))))
    ids: list[int] = []
    given: set[int] = set()
    next_free: dict[int, int] = {}
    for each, moment in zip(wanted, moments, strict=True):
        free = next_free.get(each) or (_free_id(session, moment) if each in there else each)
        while free in given:
            free += 1
        given.add(free)
        next_free[each] = free + 1
        ids.append(free)
    return ids


def _note(session: Session, community_id: int, kind: str, entry_id: int) -> None:
    session.add(SearchChange(community_id=community_id, kind=kind, entry_id=entry_id))
    after_commit(session, partial(freshness.touch, freshness.place(session), community_id, kind))


def _add_missing(session: Session, table: type[SQLModel], rows: list[dict[str, str]]) -> None:
    if not rows:
        return
    insert_into = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.connection().execute(insert_into(table_of(table)).on_conflict_do_nothing(), rows)
