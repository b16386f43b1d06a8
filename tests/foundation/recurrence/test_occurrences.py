"""A rhythm keeps its time on the wall through the year, right across the nights when the clocks are moved."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation import clock
from foundation.recurrence import (
    LONGEST_WINDOW,
    BadRule,
    Occurrence,
    Rhythm,
    Shift,
    daily,
    monthly_on_day,
    monthly_on_weekday,
    next_ones,
    occurrences,
    told,
    weekly,
    yearly,
)

ROME, NEW_YORK = "Europe/Rome", "America/New_York"
ZONES = (ROME, NEW_YORK, "Australia/Lord_Howe", "America/Santiago", "Pacific/Apia", "Africa/Casablanca", "UTC")
HALF_PAST_TWO = time(2, 30)
SUNDAY = 7


def laid_out(rhythm: Rhythm, first: date, last: date) -> list[Occurrence]:
    """What happens from the beginning of one day to the end of another."""
    since, until = (told(datetime.combine(day, time()), rhythm.zone).moment for day in (first, last + timedelta(1)))
    return occurrences(rhythm, since, until)


def on_the_wall(one: Occurrence, zone: str) -> str:
    return f"{clock.local(one.starts_at, zone):%d/%m %H:%M %z}"


@pytest.mark.parametrize(
    ("zone", "first_day", "around"),
    [
        (ROME, date(2027, 3, 16), ["16/03 16:30 +0100", "23/03 16:30 +0100", "30/03 16:30 +0200", "06/04 16:30 +0200"]),
        (ROME, date(2027, 10, 19), ["19/10 16:30 +0200", "26/10 16:30 +0200", "02/11 16:30 +0100"]),
        (NEW_YORK, date(2027, 3, 9), ["09/03 16:30 -0500", "16/03 16:30 -0400", "23/03 16:30 -0400"]),
        (NEW_YORK, date(2027, 11, 2), ["02/11 16:30 -0400", "09/11 16:30 -0500"]),
    ],
)
def test_an_afternoon_stays_that_afternoon_when_the_clocks_move(zone: str, first_day: date, around: list[str]) -> None:
    found = laid_out(Rhythm(weekly([2]), first_day, time(16, 30), zone), first_day, first_day + timedelta(days=27))
    assert [on_the_wall(one, zone) for one in found][: len(around)] == around
    assert {one.shift for one in found} == {Shift.NONE}


@pytest.mark.parametrize(
    ("zone", "night", "at", "moment"),
    [
        (ROME, date(2027, 3, 28), HALF_PAST_TWO, datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (ROME, date(2027, 3, 28), time(2, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (NEW_YORK, date(2027, 3, 14), HALF_PAST_TWO, datetime(2027, 3, 14, 7, 0, tzinfo=UTC)),
        ("America/Santiago", date(2027, 9, 5), time(0, 15), datetime(2027, 9, 5, 4, 0, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2027, 10, 3), time(2, 15), datetime(2027, 10, 2, 15, 30, tzinfo=UTC)),
    ],
)
def test_the_hour_that_is_lost_becomes_the_first_moment_there_is(
    zone: str, night: date, at: time, moment: datetime
) -> None:
    before, the_night, after = laid_out(
        Rhythm(daily(), night - timedelta(9), at, zone), night - timedelta(1), night + timedelta(1)
    )
    assert (before.shift, the_night.shift, after.shift) == (Shift.NONE, Shift.LOST, Shift.NONE)
    assert the_night.starts_at == moment
    assert (the_night.day, the_night.at) == (night, at)
    assert clock.local(after.starts_at, zone).time() == at


@pytest.mark.parametrize(
    ("zone", "night", "moment"),
    [
        (ROME, date(2027, 10, 31), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (NEW_YORK, date(2027, 11, 7), datetime(2027, 11, 7, 5, 30, tzinfo=UTC)),
    ],
)
def test_of_the_hour_that_comes_twice_it_is_the_first(zone: str, night: date, moment: datetime) -> None:
    at = HALF_PAST_TWO if zone == ROME else time(1, 30)
    (found,) = laid_out(Rhythm(weekly([SUNDAY]), night, at, zone), night, night)
    assert (found.starts_at, found.shift) == (moment, Shift.DOUBLED)


def test_every_second_week_is_counted_from_the_week_of_the_first_day() -> None:
    # A Thursday: Tuesday of that week has passed, so the next Tuesday is the one after the week between.
    found = laid_out(
        Rhythm(weekly([2, 4], every=2), date(2026, 12, 31), time(9), ROME), date(2026, 12, 28), date(2027, 2, 1)
    )
    assert [one.day for one in found] == [
        date(2026, 12, 31), date(2027, 1, 12), date(2027, 1, 14), date(2027, 1, 26), date(2027, 1, 28),
    ]  # fmt: skip


def test_29_february() -> None:
    day = date(2028, 2, 29)
    assert [one.day for one in laid_out(Rhythm(weekly([2]), date(2028, 2, 22), time(9), ROME), day, day)] == [day]
    every_year = Rhythm(yearly(2, 29), day, time(9), ROME)
    found = [
        one.day for year in range(2028, 2033) for one in laid_out(every_year, date(year, 1, 1), date(year, 12, 31))
    ]
    assert found == [day, date(2029, 2, 28), date(2030, 2, 28), date(2031, 2, 28), date(2032, 2, 29)]


def test_the_31st_is_the_last_day_where_there_is_none() -> None:
    found = laid_out(Rhythm(monthly_on_day(31), date(2027, 1, 31), time(9), ROME), date(2027, 1, 1), date(2027, 5, 1))
    assert [one.day for one in found] == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


def test_the_last_friday_of_each_month() -> None:
    found = next_ones(
        Rhythm(monthly_on_weekday(-1, 5), date(2027, 1, 1), time(9), ROME), datetime(2027, 1, 1, tzinfo=UTC), 3
    )
    assert [one.day for one in found] == [date(2027, 1, 29), date(2027, 2, 26), date(2027, 3, 26)]


def test_the_last_day_belongs_to_it_and_nothing_comes_after() -> None:
    rhythm = Rhythm(weekly([1]), date(2027, 1, 4), time(23, 59), ROME, last_day=date(2027, 1, 18))
    assert [one.day.day for one in laid_out(rhythm, date(2027, 1, 1), date(2027, 12, 31))] == [4, 11, 18]


def test_it_is_never_asked_without_an_end() -> None:
    rhythm = Rhythm(weekly([1]), date(2027, 1, 4), time(9), ROME)
    since = datetime(2027, 1, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="a window"):
        occurrences(rhythm, since, since + LONGEST_WINDOW + timedelta(seconds=1))
    with pytest.raises(ValueError, match="at most"):
        next_ones(rhythm, since, 101)
    assert occurrences(rhythm, since, since) == []
    assert len(next_ones(rhythm, since, 100, within=timedelta(days=14))) == 2


def test_a_last_day_before_the_first_is_none() -> None:
    with pytest.raises(ValueError, match="before the first"):
        Rhythm(weekly([1]), date(2027, 1, 4), time(9), ROME, last_day=date(2027, 1, 3))


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ=HOURLY",
        "FREQ=SECONDLY;INTERVAL=1",
        "FREQ=WEEKLY;COUNT=3",
        "FREQ=WEEKLY;UNTIL=20270101",
        "FREQ=WEEKLY;BYHOUR=3",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=999",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYDAY=MO;BYDAY=TU",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "BYDAY=MO",
        "FREQ=WEEKLY\nDTSTART:20270101",
        "freq=weekly",
    ],
)
def test_rules_that_are_not_understood_or_never_come_true(rule: str) -> None:
    with pytest.raises(BadRule):
        Rhythm(rule, date(2027, 1, 1), time(9), ROME)


@pytest.mark.parametrize("days", [[], [0], [8], [1, 9]])
def test_days_that_no_week_has(days: list[int]) -> None:
    with pytest.raises(BadRule):
        weekly(days)


# ---------------------------------------------------------------- properties

zones = st.sampled_from(ZONES)
days = st.dates(date(2010, 1, 1), date(2037, 12, 31))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
rules = st.one_of(
    st.builds(weekly, st.sets(st.integers(1, 7), min_size=1), st.integers(1, 4)),
    st.builds(daily, st.integers(1, 9)),
    st.builds(monthly_on_day, st.integers(1, 31)),
    st.builds(monthly_on_weekday, st.sampled_from((1, 2, 3, 4, -1)), st.integers(1, 7)),
    st.just(yearly(2, 29)),
)
rhythms = st.builds(Rhythm, rules, days, times, zones)


walls = st.builds(datetime.combine, days, st.times())


@given(walls, zones)
def test_every_time_on_the_wall_means_one_moment(wall: datetime, zone: str) -> None:
    found = told(wall, zone)
    shown = found.moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if found.shift is Shift.LOST:
        just_before = (found.moment - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert just_before < wall < shown or wall == just_before + timedelta(microseconds=1)
        with pytest.raises(ValueError, match="does not exist"):
            clock.from_local(wall, zone)
    else:
        assert shown == wall
        assert found.moment == clock.from_local(wall, zone)


@given(rhythms, st.integers(0, 500), st.integers(1, 400), st.integers(0, 400))
def test_two_windows_side_by_side_give_what_one_gives(rhythm: Rhythm, start: int, length: int, cut: int) -> None:
    since = datetime.combine(rhythm.first_day, time(11), UTC) + timedelta(days=start - 100)
    until = since + timedelta(days=length)
    middle = min(since + timedelta(days=cut, hours=7), until)
    whole = occurrences(rhythm, since, until)
    assert whole == occurrences(rhythm, since, middle) + occurrences(rhythm, middle, until)
    assert all(since <= one.starts_at < until and one.day >= rhythm.first_day for one in whole)
    assert [one.starts_at for one in whole] == sorted(one.starts_at for one in whole)
    assert whole[:5] == next_ones(rhythm, since, 5, within=until - since)


@given(days, times, zones, st.sets(st.integers(1, 7), min_size=1), st.integers(1, 4), st.integers(0, 200))
def test_a_weekly_rhythm_is_what_a_calendar_says(
    first_day: date, at: time, zone: str, weekdays: set[int], every: int, length: int
) -> None:
    last_day = first_day + timedelta(days=length)
    rhythm = Rhythm(weekly(weekdays, every), first_day, at, zone, last_day)
    monday = first_day - timedelta(days=first_day.weekday())
    expected = [
        day
        for day in (first_day + timedelta(days=number) for number in range(length + 1))
        if day.isoweekday() in weekdays and (day - monday).days // 7 % every == 0
    ]
    found = laid_out(rhythm, first_day - timedelta(days=3), last_day + timedelta(days=3))
    assert [one.day for one in found] == expected
    for one in found:
        shown = clock.local(one.starts_at, zone).replace(tzinfo=None)
        assert (shown == datetime.combine(one.day, at)) is (one.shift is not Shift.LOST)
