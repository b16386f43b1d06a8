"""The monthly sheets of who has no e-mail: all of a zone at once, and makers reminded on the first."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from exchanges.ledger.actions.reminding import remind_of_sheets
from exchanges.ledger.queries.sheets import sheets_of
from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage
from tests.questions import noted

ZONE = "Europe/Rome"
BEGIN, END = (clock.from_local(datetime(2026, month, 1), ZONE) for month in (10, 11))  # noqa: DTZ001 - a wall clock


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


def test_a_month_begins_and_ends_where_the_hours_stood(stage: Stage) -> None:
    rosa, cast = stage.offline("rosa"), stage.cast
    for moment in (BEGIN - timedelta(days=3), BEGIN + timedelta(days=3), END + timedelta(days=3)):
        with clock.at(moment):
            stage.settled(cast.anna, rosa, starts_at=None)
    with clock.at(END + timedelta(days=4)):
        tomorrow = clock.now() + timedelta(days=1)
        stage.accepted(cast.anna, rosa, starts_at=tomorrow)
        with stage.database.reading() as session:
            [sheet] = sheets_of(session, cast.maker.actor, BEGIN, END, None)
            assert (sheet.before, sheet.after, [one.minutes for one in sheet.movements]) == (-60, -120, [-60])
            assert [one.with_parties for one in sheet.movements] == [("Anna e famiglia",)]
            assert [(one.at, one.other) for one in sheet.coming] == [(tomorrow, "Anna e famiglia")]
            assert sheets_of(session, cast.other_maker.actor, BEGIN, END, None) == []
            assert sheets_of(session, cast.maker.actor, BEGIN, END, cast.zones["po"].id) == []


def test_many_sheets_are_no_more_to_ask(stage: Stage) -> None:
    asked = []
    for name in ("rosa", "ida", "pina"):
        home = stage.offline(name)
        stage.settled(stage.cast.anna, home, starts_at=None)
        with stage.database.reading() as session, noted() as sent:
            sheets_of(session, stage.cast.maker.actor, clock.now() - timedelta(days=1), clock.now(), None)
        asked.append(len(sent))
    assert asked[1] == asked[2]


def test_makers_are_reminded_once_in_the_first_week(stage: Stage) -> None:
    stage.offline("rosa")
    later = clock.from_local(datetime(2027, 3, 1), ZONE)  # noqa: DTZ001 - a wall clock
    with clock.at(later + timedelta(days=8)), stage.database.writing() as session:
        remind_of_sheets(session)
    assert "ledger:sheets" not in stage.mails(stage.cast.maker)
    for moment in (later + timedelta(days=1), later + timedelta(days=2)):
        with clock.at(moment), stage.database.writing() as session:
            remind_of_sheets(session)
    assert stage.mails(stage.cast.maker).count("ledger:sheets") == 1
    assert "ledger:sheets" not in stage.mails(stage.cast.other_maker)


@on_sqlite
def test_on_paper(stage: Stage, client_for: Callable[..., Browser]) -> None:
    rosa = stage.offline("rosa")
    stage.settled(stage.cast.anna, rosa, starts_at=None)
    month = clock.today(ZONE).strftime("%Y-%m")
    maker = client_for(stage.cast.maker, language="en")
    page = maker.look(maker.look("/c/cremona/offline/").link("Monthly sheets"))
    page = maker.look(f"/c/cremona/time/sheets?month={month}")
    assert page.says("1 sheet")
    paper = maker.look(page.link("Open them for printing"))
    assert paper.says("Rosa e famiglia")
    assert paper.says("written by Rosa Prova")
    assert paper.says("At the end of the month")
    assert maker.look("/c/cremona/time/sheets?month=nonsense").status == 200
    client_for(stage.cast.anna).look("/c/cremona/time/sheets", status=404)
