"""A proposal waits through the whole of its last day, and any number of days may be left out."""

from datetime import date, datetime, timedelta

import pytest

from exchanges.agreements.actions.arranging import leave_out
from exchanges.series import actions
from exchanges.series.actions.laying import meeting_of
from exchanges.series.pages.story import story_of
from exchanges.series.queries.single import agreed_terms, terms_of, view_of
from exchanges.series.rules import meetings_to_come
from exchanges.series.tables import Series
from foundation import clock
from tests.exchanges.series.stage import MONDAY, ROME, TUESDAY, SeriesStage, weekly

DAILY = (1, 2, 3, 4, 5, 6, 7)
SHORT_DAY, LONG_DAY = date(2027, 3, 28), date(2027, 10, 31)
"""The Sundays of 23 and of 25 hours."""


def wall(day: date, hour: int, minute: int = 0) -> datetime:
    return clock.from_local(datetime(day.year, day.month, day.day, hour, minute), ROME)  # noqa: DTZ001 - made aware here


def look_at(stage: SeriesStage, moment: datetime, series_id: int) -> str:
    with clock.at(moment), stage.database.writing() as session:
        actions.lapse(session, series_id)
    return stage.series_state(series_id)


@pytest.mark.parametrize("last_day", [TUESDAY, SHORT_DAY, LONG_DAY])
def test_a_proposal_waits_until_its_last_day_is_over(stage: SeriesStage, last_day: date) -> None:
    with clock.at(wall(last_day - timedelta(days=1), 9)):
        series_id = stage.series_proposed(
            stage.cast.anna, stage.cast.bashir, weekdays=DAILY, at="23:30", first_day=last_day, last_day=last_day
        )
    for moment in (wall(last_day, 0, 1), wall(last_day, 12), wall(last_day, 23, 59)):
        assert look_at(stage, moment, series_id) == "proposed"
    assert look_at(stage, wall(last_day + timedelta(days=1), 0), series_id) == "declined"


def test_a_proposal_for_today_only_is_not_declined_by_the_first_look(stage: SeriesStage) -> None:
    today = MONDAY.date()
    series_id = stage.series_proposed(
        stage.cast.anna, stage.cast.bashir, weekdays=(1,), first_day=today, last_day=today
    )
    stage.look()
    assert stage.series_state(series_id) == "proposed"
    stage.do(actions.accept, stage.cast.anna, series_id, None)
    assert stage.states(series_id) == [("11/01", "accepted")]


def test_a_change_waits_until_its_last_day_is_over(stage: SeriesStage) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    stage.do(actions.suggest, stage.cast.bashir, series_id, None, weekly(at="23:00", last_day=TUESDAY))
    assert look_at(stage, wall(TUESDAY, 22), series_id) == "changing"
    assert look_at(stage, wall(TUESDAY + timedelta(days=1), 0), series_id) == "open"


def daily_with_left_out(stage: SeriesStage, count: int, last_day: date | None) -> int:
    """A daily series, the first `count` days of which have been left out, from tomorrow on."""
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir, weekdays=DAILY, minutes=1, last_day=last_day)
    near = len(stage.all_meetings(series_id))
    for number in range(min(near, count)):
        stage.do(actions.skip, stage.cast.bashir, series_id, TUESDAY + timedelta(days=number))
    with stage.database.writing() as session:
        series, row = session.get(Series, series_id), agreed_terms(session, series_id)[0]
        for one in meetings_to_come([terms_of(row)], ROME, clock.now(), 100)[near:count]:
            leave_out(session, stage.cast.bashir.actor, meeting_of(series, row, one), "")
    return series_id


def test_the_hundredth_day_is_left_out_like_any_other(stage: SeriesStage) -> None:
    last_day = TUESDAY + timedelta(days=102)
    series_id = daily_with_left_out(stage, 99, last_day)
    for number in range(99, 102):
        stage.do(actions.skip, stage.cast.bashir, series_id, TUESDAY + timedelta(days=number))
    assert stage.series_state(series_id) == "open"
    with stage.database.reading() as session:
        assert story_of(session, view_of(session, stage.cast.bashir.actor, series_id), ROME)
    stage.do(actions.skip, stage.cast.bashir, series_id, last_day)
    assert stage.series_state(series_id) == "ended", "the very last one"


def test_a_series_without_a_last_day_goes_on_however_many_days_are_left_out(stage: SeriesStage) -> None:
    series_id = daily_with_left_out(stage, 99, None)
    stage.do(actions.skip, stage.cast.bashir, series_id, TUESDAY + timedelta(days=99))
    assert stage.series_state(series_id) == "open"


@pytest.mark.parametrize("count", [0, 1, 100, 101, 250, 5000])
def test_the_next_meetings_however_many(count: int) -> None:
    found = meetings_to_come([weekly(weekdays=DAILY)], ROME, MONDAY, count)
    assert [one.day for one in found] == [TUESDAY + timedelta(days=number) for number in range(min(count, 731))]
