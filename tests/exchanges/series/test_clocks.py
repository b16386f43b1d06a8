"""The meetings keep their time on the wall right across the nights when the clocks are moved."""

from datetime import UTC, date, datetime, timedelta

import pytest

from community.communities.tables import Community
from exchanges.agreements import actions as agreements
from exchanges.series import actions
from exchanges.series.queries.mine import my_series
from foundation import clock
from tests.exchanges.series.stage import SeriesStage, weekly

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


MIDNIGHTS = [
    (ROME, date(2027, 1, 19), datetime(2027, 1, 18, 23, tzinfo=UTC)),
    (ROME, date(2027, 3, 28), datetime(2027, 3, 27, 23, tzinfo=UTC)),
    (ROME, date(2027, 3, 29), datetime(2027, 3, 28, 22, tzinfo=UTC)),
    (ROME, date(2027, 10, 31), datetime(2027, 10, 30, 22, tzinfo=UTC)),
    (ROME, date(2027, 11, 1), datetime(2027, 10, 31, 23, tzinfo=UTC)),
    (NEW_YORK, date(2027, 11, 7), datetime(2027, 11, 7, 4, tzinfo=UTC)),
    (NEW_YORK, date(2027, 11, 8), datetime(2027, 11, 8, 5, tzinfo=UTC)),
]
"""Days, and when they begin: in winter, and around the nights when the clocks are moved."""
A_MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(("zone", "day", "midnight"), MIDNIGHTS)
def test_other_terms_hold_from_midnight_on(stage: SeriesStage, zone: str, day: date, midnight: datetime) -> None:
    bashir, first = stage.cast.bashir, day - timedelta(days=14)
    series_id = begun(stage, zone, first, weekdays=(first.isoweekday(),))
    with clock.at(midnight - timedelta(days=2)):
        terms = weekly(weekdays=(day.isoweekday(),), first_day=day, minutes=90)
        stage.do(actions.suggest, bashir, series_id, None, terms)
        stage.do(actions.accept, stage.cast.anna, series_id, None)
    shown = []
    for moment in (midnight - A_MINUTE, midnight + A_MINUTE):
        with clock.at(moment), stage.database.reading() as session:
            shown.append(my_series(session, bashir.actor)[0].terms.minutes)
    assert shown == [60, 90]


@pytest.mark.parametrize(("zone", "day", "midnight"), MIDNIGHTS)
def test_several_meetings_of_a_day_are_told_together(
    stage: SeriesStage, zone: str, day: date, midnight: datetime
) -> None:
    anna, bashir, first = stage.cast.anna, stage.cast.bashir, day - timedelta(days=14)
    series_id = begun(stage, zone, first, weekdays=(first.isoweekday(), first.isoweekday() % 7 + 1))
    meetings, told = stage.all_meetings(series_id)[:3], []
    with clock.at(midnight - timedelta(days=2)):
        for meeting in meetings:
            stage.do(agreements.deliver, anna, meeting.id, None, 60)
    next_midnight = clock.from_local(datetime.combine(day + timedelta(days=1), datetime.min.time()), zone)
    moments = (midnight - A_MINUTE, midnight + A_MINUTE, next_midnight - A_MINUTE)
    for meeting, moment in zip(meetings, moments, strict=True):
        with clock.at(moment):
            stage.do(agreements.confirm, bashir, meeting.id, None)
        told.append(stage.mails(anna).count("agreements:confirmed"))
    assert told == [1, 2, 2]
