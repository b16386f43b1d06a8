"""Moments and days by the clock on the wall."""

from datetime import UTC, date, datetime, timedelta

from foundation import clock


def test_a_day_begins_at_midnight_where_people_are() -> None:
    assert clock.start_of_day(date(2027, 3, 28), "Europe/Rome") == datetime(2027, 3, 27, 23, tzinfo=UTC)
    assert clock.start_of_day(date(2027, 3, 29), "Europe/Rome") == datetime(2027, 3, 28, 22, tzinfo=UTC)


def test_a_day_that_has_no_midnight_begins_an_hour_later() -> None:
    # In Beirut the clocks go forward at midnight.
    assert clock.start_of_day(date(2027, 3, 28), "Asia/Beirut") == datetime(2027, 3, 27, 22, tzinfo=UTC)


def test_noon_is_noon_on_both_sides_of_the_night_when_the_clocks_change() -> None:
    assert clock.noon(date(2027, 3, 27), "Europe/Rome") == datetime(2027, 3, 27, 11, tzinfo=UTC)
    assert clock.noon(date(2027, 3, 28), "Europe/Rome") == datetime(2027, 3, 28, 10, tzinfo=UTC)


def test_what_ends_at_midnight_holds_until_the_evening_before() -> None:
    for day in (date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 30), date(2027, 10, 31)):
        end = clock.start_of_day(day + timedelta(days=1), "Europe/Rome")
        assert clock.last_day(end, "Europe/Rome") == day
        assert clock.last_day(end + timedelta(minutes=1), "Europe/Rome") == day + timedelta(days=1)
