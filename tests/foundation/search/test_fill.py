"""Filling the index at one stroke: everything has a place of its own, whatever moments things have."""

from datetime import UTC, datetime, timedelta

from sqlmodel import col, select

from foundation.database import Database
from foundation.search import Entry, fill, index, take_out
from foundation.search.actions import EVERYTHING
from foundation.search.tables import SearchChange, SearchEntry

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
A_MICROSECOND = timedelta(microseconds=1)


def test_the_same_moment_and_the_next_one(database: Database) -> None:
    """Two of one moment push the one of the next; what is there already stays where it is."""
    with database.writing() as session:
        index(session, Entry("post", 100, 7, NOON, "Prima"))
    moments = [NOON, NOON, NOON + A_MICROSECOND, NOON + 2 * A_MICROSECOND, NOON - A_MICROSECOND, NOON]
    with database.writing() as session:
        fill(session, [Entry("post", number, 7, moment, "Poi") for number, moment in enumerate(moments)])
        fill(session, [])
    with database.writing() as session:
        fill(session, [Entry("post", 50 + number, 7, NOON, "Dopo") for number in range(3)])
    with database.reading() as session:
        rows = session.exec(select(SearchEntry.object_id, SearchEntry.id).order_by(col(SearchEntry.id))).all()
    assert len({entry_id for _, entry_id in rows}) == len(rows) == 10
    assert [number for number, _ in rows][:2] == [4, 100]
    assert [number for number, _ in rows][-3:] == [50, 51, 52]


def test_many_are_taken_out_at_one_stroke(database: Database) -> None:
    with database.writing() as session:
        fill(session, [Entry("post", number, 7, NOON, "Orli e cerniere") for number in range(4)])
        index(session, Entry("household", 1, 7, NOON, "Orli"))
    with database.writing() as session:
        take_out(session, "post", [1, 2, 99])
        take_out(session, "post", [])
    with database.reading() as session:
        left = session.exec(select(SearchEntry.kind, SearchEntry.object_id)).all()
        noted = session.exec(select(SearchChange.kind, SearchChange.entry_id)).all()
    assert sorted(left) == [("household", 1), ("post", 0), ("post", 3)]
    assert noted[-1] == ("post", EVERYTHING), "who counts begins anew"
