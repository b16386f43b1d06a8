"""The meetings keep their time on the wall right across the nights when the clocks are moved."""

from datetime import UTC, date, datetime, timedelta

import pytest

from community.communities.tables import Community
from exchanges.series import actions
from foundation import clock
from tests.exchanges.series.stage import SeriesStage

ROME, NEW_YORK = "Europe/Rome", "America/New_York"


def begun(stage: SeriesStage, zone: str, day: date, **terms) -> int:
    """A series of two in a community of `zone`, agreed upon at nine of the day before."""
    with stage.database.writing() as session:
        session.get(Community, stage.cast.community.id).time_zone = zone
    with clock.at(clock.from_local(datetime.combine(day, datetime.min.time()) - timedelta(hours=15), zone)):
        return stage.series_open(stage.cast.anna, stage.cast.bashir, first_day=day, **terms)


@pytest.mark.parametrize(
    ("zone", "first", "moments"),
    [
        (ROME, date(2027, 3, 23), ["23 15:30", "30 14:30", "06 14:30"]),
        (ROME, date(2027, 10, 26), ["26 14:30", "02 15:30", "09 15:30"]),
        (NEW_YORK, date(2027, 3, 9), ["09 21:30", "16 20:30", "23 20:30"]),
        (NEW_YORK, date(2027, 11, 2), ["02 20:30", "09 21:30", "16 21:30"]),
    ],
)
def test_half_past_four_stays_half_past_four(stage: SeriesStage, zone: str, first: date, moments: list[str]) -> None:
    series_id = begun(stage, zone, first)
    found = stage.all_meetings(series_id)
    assert [f"{one.starts_at.astimezone(UTC):%d %H:%M}" for one in found] == moments
    assert {f"{clock.local(one.starts_at, zone):%H:%M}" for one in found} == {"16:30"}


@pytest.mark.parametrize(
    ("zone", "night", "at", "moment"),
    [
        (ROME, date(2027, 3, 28), "02:30", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (ROME, date(2027, 10, 31), "02:30", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (NEW_YORK, date(2027, 3, 14), "02:30", datetime(2027, 3, 14, 7, 0, tzinfo=UTC)),
        (NEW_YORK, date(2027, 11, 7), "01:30", datetime(2027, 11, 7, 5, 30, tzinfo=UTC)),
    ],
)
def test_the_lost_and_the_doubled_hour(stage: SeriesStage, zone: str, night: date, at: str, moment: datetime) -> None:
    series_id = begun(stage, zone, night - timedelta(days=7), weekdays=(7,), at=at)
    meetings = stage.all_meetings(series_id)
    assert [one.series_day for one in meetings] == [night + timedelta(days=7 * week) for week in (-1, 0, 1)]
    assert meetings[1].starts_at == moment
    assert {f"{clock.local(one.starts_at, zone):%H:%M}" for one in (meetings[0], meetings[2])} == {at}


def test_the_job_at_every_hour_of_the_night_lays_out_each_day_once(stage: SeriesStage) -> None:
    series_id = begun(stage, ROME, date(2027, 3, 9), weekdays=(6, 7), at="02:30")
    for hour in range(0, 30, 3):
        stage.roll(series_id, datetime(2027, 3, 27, 20, tzinfo=UTC) + timedelta(hours=hour))
    days = [one.series_day for one in stage.all_meetings(series_id)]
    assert days == sorted(set(days))
    assert days[-1] == date(2027, 4, 18)


def test_a_leap_day_is_a_day_like_others(stage: SeriesStage) -> None:
    series_id = begun(stage, ROME, date(2028, 2, 22))
    assert date(2028, 2, 29) in [one.series_day for one in stage.all_meetings(series_id)]


def test_a_meeting_of_the_lost_hour_is_skipped_by_its_own_day(stage: SeriesStage) -> None:
    night = date(2027, 3, 28)
    series_id = begun(stage, ROME, night - timedelta(days=40), weekdays=(7,), at="02:30")
    with clock.at(datetime(2027, 2, 20, tzinfo=UTC)):
        stage.do(actions.skip, stage.cast.bashir, series_id, night)
    stage.roll(series_id, datetime(2027, 3, 20, tzinfo=UTC))
    assert [one.state for one in stage.all_meetings(series_id) if one.series_day == night] == ["cancelled"]
