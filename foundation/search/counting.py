"""Counting what could be found, choice by choice, without asking the database each time.

What this process changes is counted at once, what others change within half a minute.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from foundation.database import Session
from foundation.search import freshness
from foundation.search.queries import newest_ids_of_each
from foundation.search.rules import Groups
from foundation.search.tables import SearchChange, SearchEntry
from foundation.search.tally import Tally

READ_AGAIN_SECONDS = 30.0
ALL_AGAIN_SECONDS = 600.0
READ_TWICE = 2000
"""Changes noted before the last one are looked at again: one may have been begun earlier and kept later."""
PIECE = 5000
Change = tuple[int, datetime]
"""Number and moment of a change: once a backup was put back, numbers are given a second time."""
MOST_HITS = 1000
"""Of the entries that have some words, no more than the newest so many are counted by choice."""


@dataclass(frozen=True)
class Hits:
    """The entries that answer a question, as bits; `whole` is False where there are more than MOST_HITS."""

    bits: int
    whole: bool


@dataclass
class Counted:
    """A tally, and how far it has come."""

    community_id: int
    kind: str
    tally: Tally = field(default_factory=Tally)
    seen: set[Change] = field(default_factory=set)
    last: Change | None = None
    version: int = -1
    read_at: float = 0.0
    all_read_at: float = float("-inf")
    lock: threading.Lock = field(default_factory=threading.Lock)


_counted: dict[tuple[str, int, str], Counted] = {}


def tally_of(session: Session, community_id: int, kind: str) -> Tally:
    """The tally of a kind of things in a community, half a minute old at most."""
    key = (freshness.place(session), community_id, kind)
    counted = _counted.setdefault(key, Counted(community_id, kind))
    version = freshness.version(*key)
    if counted.version != version or time.monotonic() - counted.read_at > READ_AGAIN_SECONDS:
        with counted.lock:
            if counted.version != version or time.monotonic() - counted.read_at > READ_AGAIN_SECONDS:
                _bring_up_to_date(session, counted)
                counted.version = version
    return counted.tally


def hits(session: Session, tally: Tally, kind: str, community_id: int, words: Groups) -> Hits:
    """The entries of a kind that have one term of each group, words being among them."""
    return hits_of_each(session, tally, kind, community_id, [words])[0]


def hits_of_each(session: Session, tally: Tally, kind: str, community_id: int, some: Sequence[Groups]) -> list[Hits]:
    """The same for several questions at once."""
    keys = [("hits", tuple(tuple(group) for group in words)) for words in some]
    kept: list[Hits | None] = [tally.kept.get(key) for key in keys]
    new = [number for number, one in enumerate(kept) if one is None]
    asked = newest_ids_of_each(session, kind, community_id, [some[number] for number in new], MOST_HITS + 1)
    for number, ids in zip(new, asked, strict=True):
        one = kept[number] = Hits(tally.of_ids(ids[:MOST_HITS]), len(ids) <= MOST_HITS)
        tally.keep(keys[number], one)
    return [one for one in kept if one is not None]


def forget() -> None:
    """Count everything anew: for a database that was put in the place of another."""
    _counted.clear()


def all_counted() -> list[Counted]:
    """Whatever this process counts."""
    return list(_counted.values())


def _bring_up_to_date(session: Session, counted: Counted) -> None:
    at = time.monotonic()
    if at - counted.all_read_at > ALL_AGAIN_SECONDS or counted.tally.is_worn or not _take_changes(session, counted):
        _read_all(session, counted)
        counted.all_read_at = at
    counted.read_at = at


def _take_changes(session: Session, counted: Counted) -> bool:
    """Whether what changed since the last time could be taken; False where everything has to be read."""
    statement = (
        select(SearchChange.id, SearchChange.at)
        .add_columns(col(SearchChange.entry_id), col(SearchEntry.party_id), col(SearchEntry.marks))
        .outerjoin(SearchEntry, col(SearchEntry.id) == col(SearchChange.entry_id))
        .where(
            col(SearchChange.community_id) == counted.community_id,
            col(SearchChange.kind) == counted.kind,
            col(SearchChange.id) > (counted.last[0] if counted.last else 0) - READ_TWICE,
        )
    )
    noted = {(row[0], row[1]): row[2:] for row in session.execute(statement)}
    if counted.last is not None and counted.last not in noted:
        return False
    new = {change: row for change, row in noted.items() if change not in counted.seen}
    if any(not entry_id for entry_id, _party, _marks in new.values()):
        return False
    counted.tally.change(
        {entry_id: None if marks is None else (party, marks) for entry_id, party, marks in new.values()}
    )
    _remember(counted, counted.seen | new.keys())
    return True


def _read_all(session: Session, counted: Counted) -> None:
    of_kind = (SearchEntry.community_id == counted.community_id, SearchEntry.kind == counted.kind)
    noted = select(SearchChange.id, SearchChange.at).where(
        SearchChange.community_id == counted.community_id, SearchChange.kind == counted.kind
    )
    # What is noted is asked before the entries: a change between the two is then taken a second time, not missed.
    changes = {
        (row[0], row[1]) for row in session.execute(noted.order_by(col(SearchChange.id).desc()).limit(READ_TWICE))
    }
    counted.tally.forget_kept()  # the room is used for the new one, while others still read the old
    counted.tally = Tally(_entries(session, *of_kind))
    _remember(counted, changes)


def _entries(session: Session, *conditions: Any) -> Iterator[tuple[int, int | None, str]]:
    """Piece by piece, the smallest id first: all rows at once would take more room than what is made of them."""
    columns = select(SearchEntry.id, SearchEntry.party_id, SearchEntry.marks).where(*conditions)
    in_order = columns.order_by(col(SearchEntry.id)).limit(PIECE)
    rows = session.execute(in_order).all()
    while rows:
        yield from ((entry_id, party_id, marks) for entry_id, party_id, marks in rows)
        rows = session.execute(in_order.where(col(SearchEntry.id) > rows[-1][0])).all()


def _remember(counted: Counted, changes: set[Change]) -> None:
    counted.last = max(changes, default=None)
    counted.seen = {each for each in changes if counted.last and each[0] > counted.last[0] - READ_TWICE}
