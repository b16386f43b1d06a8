"""What members read every day is found by an index of theirs, however much others have: as SQLite says it would."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from community.conversations.queries import conversations
from exchanges.agreements.queries import count_exchanges, count_gifts, latest_gifts, waiting_for
from exchanges.agreements.queries import number_waiting as agreements_waiting
from exchanges.agreements.queries.lists import lines_for_makers
from exchanges.groups.queries.lists import number_waiting as groups_waiting
from exchanges.groups.queries.lists import waiting_for_me
from exchanges.matching.queries.asked import number_asked
from exchanges.posts.queries import number_entrusted, open_posts_of
from exchanges.series.queries.meetings import days_taken, meeting_on, open_meetings, past_meetings
from exchanges.series.queries.mine import my_series
from foundation import clock
from foundation.access import Actor
from foundation.database import Database, Session
from tests.cast import Cast
from tests.client import on_sqlite
from tests.exchanges.series.stage import MONDAY, SeriesStage

MANY = "agreement|party|post|group_exchange|group_place|message|membership"
WALKED = re.compile(rf"SCAN ({MANY})\b|INDEX ix_(agreement_due|post_board|party_community_zone \(community_id=\?\))")
"""Ways that lead over everybody's: a table from end to end, or an index of what is theirs as well as mine."""

READ = {
    "conversations": lambda session, actor: conversations(session, actor),
    "gifts": lambda session, actor: (
        count_gifts(session, actor.party_id),
        latest_gifts(session, actor.party_id, 9),
        count_exchanges(session, actor.party_id),
    ),
    "waiting": lambda session, actor: (waiting_for(session, actor), waiting_for_me(session, actor)),
    "series": lambda session, actor: (
        my_series(session, actor),
        open_meetings(session, 1),
        past_meetings(session, 1),
        meeting_on(session, 1, MONDAY.date()),
        days_taken(session, 1, MONDAY.date()),
    ),
    "profile": lambda session, actor: open_posts_of(session, actor, actor.party_id),
    "bell": lambda session, actor: session.execute(
        select(agreements_waiting(actor), groups_waiting(actor), number_asked(actor))
    ),
}


@on_sqlite
@pytest.mark.parametrize("what", READ)
def test_members(database: Database, cast: Cast, what: str) -> None:
    with clock.at(MONDAY):
        stage = SeriesStage(database, cast)
        stage.series_open(cast.anna, cast.bashir)
        stage.proposed(cast.bashir, cast.anna)
    assert not _walks(database, cast.anna.actor, READ[what])


@on_sqlite
def test_makers(database: Database, cast: Cast) -> None:
    """On every page of theirs."""

    def bell(session: Session, actor: Actor) -> None:
        session.execute(select(number_entrusted(actor), lines_for_makers(actor)))

    walks = _walks(database, cast.maker.actor, bell)
    # What is disputed or unanswered in a community is little, and is gone through.
    assert [one for one in walks if "ix_agreement_due" not in one] == []


def _walks(database: Database, actor: Actor, read: Any) -> list[str]:
    with database.reading() as session:
        with _sent() as statements:
            read(session, actor)
        assert statements
        plans = [
            row[3]
            for statement, values in statements
            for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    return [line for line in plans if WALKED.search(line)]


@contextmanager
def _sent() -> Iterator[list[tuple[str, Any]]]:
    sent: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_more: object) -> None:
        sent.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)
