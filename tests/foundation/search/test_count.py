"""Counting choice by choice: the same as asking the database, however things came, changed and went."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, delete, func, select, update

from foundation.database import Database, Session
from foundation.search import Entry, counting, fill, index, question, unindex
from foundation.search.counting import hits, tally_of
from foundation.search.queries import fits
from foundation.search.tables import SearchChange, SearchEntry

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    counting.forget()
    yield
    counting.forget()


def entry(number: int, category: int, zone: int, party: int = 1, title: str = "Orto") -> Entry:
    marks = (f"=c{category}", f"=z{zone}", f"=c{category}z{zone}")
    return Entry("post", number, 7, NOON + timedelta(seconds=number % 3), title, marks=marks, party_id=party)


def counted(session: Session, *groups: tuple[str, ...]) -> int:
    return tally_of(session, 7, "post").having(groups).bit_count()


def asked(session: Session, *groups: tuple[str, ...]) -> int:
    statement = select(func.count(col(SearchEntry.id))).where(SearchEntry.community_id == 7)
    return session.scalar(statement.where(fits(groups)) if groups else statement)


def test_as_the_database_says_after_any_changes(database: Database) -> None:
    chance = random.Random(7)
    with database.writing() as session:
        fill(session, [entry(number, number % 5, number % 3) for number in range(100)])
    for _round in range(8):
        with database.writing() as session:
            for _change in range(30):
                number = chance.randrange(130)
                if chance.random() < 0.3:
                    unindex(session, "post", number)
                else:
                    index(session, entry(number, chance.randrange(5), chance.randrange(3)))
        with database.reading() as session:
            assert counted(session) == asked(session)
            for groups in [(("=c3",),), (("=c1", "=c2"), ("=z0",)), (("=c4z2",),), (("=c9",),), (("=post7m",),)]:
                assert counted(session, *groups) == asked(session, *groups)


def test_parties_and_ids(database: Database) -> None:
    with database.writing() as session:
        fill(session, [entry(number, 1, 1, party=number % 4) for number in range(20)])
    with database.reading() as session:
        tally = tally_of(session, 7, "post")
        assert (tally.alive & ~tally.of_parties([1, 3])).bit_count() == 10
        ids = list(session.scalars(select(SearchEntry.id).where(col(SearchEntry.party_id).in_([1, 3]))))
        assert tally.of_ids([*ids, 5]) == tally.of_parties([1, 3])
        assert tally_of(session, 8, "post").size == tally_of(session, 7, "member").size == 0


def test_words_are_counted_up_to_a_limit(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_HITS", 10)
    with database.writing() as session:
        fill(session, [entry(number, 1, 1, title="Orto e lavatrice" if number < 9 else "Orto") for number in range(30)])
    with database.reading() as session:
        tally = tally_of(session, 7, "post")
        few = hits(session, tally, "post", 7, question("lavatrici").demands)
        many = hits(session, tally, "post", 7, question("orti").demands)
        assert (few.bits.bit_count(), few.whole) == (9, True)
        assert (many.bits.bit_count(), many.whole) == (10, False)


def test_what_others_change_is_noticed_in_time(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process leaves a note in the database, but cannot tell this one."""
    moment = 1000.0
    monkeypatch.setattr(counting.time, "monotonic", lambda: moment)
    monkeypatch.setattr("foundation.search.freshness.touch", lambda *_: None)
    with database.writing() as session:
        index(session, entry(1, 1, 1))
    with database.reading() as session:
        assert counted(session) == 1
    with database.writing() as session:
        index(session, entry(2, 1, 1))
        unindex(session, "post", 1)
        index(session, entry(3, 2, 1))
    with database.reading() as session:
        moment += 29
        assert counted(session) == 1
        moment += 2
        assert counted(session) == 2
        assert counted(session, ("=c2",)) == 1


def test_a_change_kept_late_is_not_missed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was noted before the last one read, in a transaction that ended after it."""
    with database.writing() as session:
        for number in range(5):
            index(session, entry(number, 1, 1))
        late = session.exec(select(SearchChange).where(col(SearchChange.entry_id) != 0).limit(1)).one()
        values = late.model_dump()
        gone = session.get(SearchEntry, late.entry_id)
        kept = gone.model_dump()
        session.delete(gone)
        session.delete(late)
    with database.reading() as session:
        assert counted(session) == 4
    with database.writing() as session:
        session.add(SearchEntry(**kept))
        session.add(SearchChange(**values))
    next(iter(counting._counted.values())).read_at = float("-inf")
    with database.reading() as session:
        assert counted(session) == 5


def test_numbers_given_a_second_time_are_not_taken_for_known_ones(database: Database) -> None:
    """A backup was put back while this process went on counting."""
    with database.writing() as session:
        for number in range(3):
            index(session, entry(number, 1, 1))
    with database.reading() as session:
        assert counted(session) == 3
        first = session.scalars(select(SearchChange.id).order_by(col(SearchChange.id)).limit(1)).one()
    with database.writing() as session:
        session.execute(delete(SearchChange))
    with database.writing() as session:
        index(session, entry(3, 1, 1))
        session.execute(update(SearchChange).values(id=first))
    next(iter(counting._counted.values())).read_at = float("-inf")
    with database.reading() as session:
        assert counted(session) == 4


def test_many_changes_wear_it_out(database: Database) -> None:
    with database.writing() as session:
        index(session, entry(1, 1, 1))
    with database.reading() as session:
        before = tally_of(session, 7, "post")
    for turn in range(1200):
        before.change({1: (1, f" =c{turn} ")})
    assert before.is_worn
    with database.writing() as session:
        index(session, entry(1, 2, 1))
    with database.reading() as session:
        after = tally_of(session, 7, "post")
        assert after is not before
        assert (after.size, counted(session, ("=c2",))) == (1, 1)
