"""A year without names, and without numbers so small that somebody could be found in them."""

from datetime import UTC, datetime, timedelta

import pytest

from community.moderation.queries import year_of
from community.moderation.rules import about
from community.moderation.tables import Case, Decision
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, on_sqlite


@pytest.mark.parametrize(
    ("count", "shown"), [(0, None), (1, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (100, 100)]
)
def test_small_numbers_are_not_told_and_others_are_rounded(count: int, shown: int | None) -> None:
    assert about(count) == shown


def test_a_year_begins_and_ends_where_the_community_is(database: Database, cast: Cast) -> None:
    new_year = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    with database.writing() as session:
        for number in range(12):
            moment = new_year if number < 6 else new_year - timedelta(hours=1)
            case = Case(
                community_id=cast.community.id, kind="person", object_id=number, opened_at=moment,
                due_at=moment + timedelta(hours=72), closed_at=moment,
            )  # fmt: skip
            session.add(case)
            session.flush()
            session.add(
                Decision(community_id=cast.community.id, case_id=case.id, outcome="warn", reason="x", decided_at=moment)
            )
    with database.reading() as session:
        for year in (2025, 2026):
            found = year_of(session, cast.community.id, year, "Europe/Rome")
            assert (found.reported, found.in_time, found.decisions) == (5, 5, {"warn": 5})
            assert (found.noticed, found.appeals, found.overturned) == (None, None, None)
        assert year_of(session, cast.other_community.id, 2026, "Europe/Rome").reported is None


@on_sqlite
def test_everybody_reads_it(visitor: Browser, cast: Cast) -> None:
    page = visitor.look("/c/cremona/makers-year")
    assert page.says("meno di 5")
    assert visitor.look(page.link("Che cosa hanno fatto le maker")).title == page.title
    assert visitor.look("/c/cremona/makers-year?year=1").says("2020")
