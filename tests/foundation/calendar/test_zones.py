"""Zones as calendars read them: by another reader than the one who wrote them, compared with the tz database."""

import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from foundation import clock
from foundation.calendar import zone_rules

ZONES = (
    *("Europe/Rome", "Europe/London", "Europe/Bucharest", "Africa/Dakar", "Asia/Karachi", "Asia/Kolkata"),
    *("America/New_York", "America/Santiago", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Easter"),
    *("Asia/Jerusalem", "Asia/Gaza", "America/Nuuk", "Europe/Dublin", "Africa/Casablanca", "Africa/Cairo", "UTC"),
)


@pytest.mark.parametrize("name", ZONES)
def test_clocks_change_when_the_tz_database_says(name: str) -> None:
    with clock.at(datetime(2027, 1, 11, tzinfo=UTC)):  # a zone without a rule is told from then on
        written = zone_rules(name).to_ical().decode().replace("\r\n", "\n")
    read = tzical(io.StringIO(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{written}END:VCALENDAR\n")).get()
    wall = datetime(2027, 1, 1, 0, 30)  # noqa: DTZ001
    wrong = []
    while wall.year < 2030:
        offset = wall.replace(tzinfo=ZoneInfo(name)).utcoffset()
        plain = offset == wall.replace(tzinfo=ZoneInfo(name), fold=1).utcoffset()  # neither lost nor doubled
        if plain and wall.replace(tzinfo=read).utcoffset() != offset:
            wrong.append((wall, offset, wall.replace(tzinfo=read).utcoffset()))
        wall += timedelta(hours=1) if wall.month in (2, 3, 4, 9, 10, 11) else timedelta(days=1)
    assert not wrong


@pytest.mark.parametrize("name", ["Africa/Cairo", "Africa/Casablanca", "America/Nuuk", "Asia/Jerusalem"])
def test_rules_are_such_that_every_calendar_understands_them(name: str) -> None:
    lines = zone_rules(name).to_ical().decode().replace("\r\n ", "").split("\r\n")
    days = [
        day for line in lines if "BYMONTHDAY=" in line for day in line.split("BYMONTHDAY=")[1].split(";")[0].split(",")
    ]
    assert all(1 <= int(day) <= 31 for day in days)
    assert not [line for line in lines if line.startswith("RDATE") and "," in line]


def test_every_change_of_a_zone_without_a_rule_is_named() -> None:
    with clock.at(datetime(2027, 1, 11, tzinfo=UTC)):
        lines = zone_rules("Africa/Casablanca").to_ical().decode().split("\r\n")
    assert "RDATE:20270207T030000" in lines
    assert "RDATE:20270314T020000" in lines


def test_rome_is_short_and_says_its_rules() -> None:
    lines = zone_rules("Europe/Rome").to_ical().decode().split("\r\n")
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in lines
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in lines
    assert "DTSTART:19700329T020000" in lines
    assert "DTSTART:19701025T030000" in lines
    assert len(lines) < 22


@pytest.mark.parametrize("name", ["Europe/Nowhere", "../../etc/passwd", ""])
def test_no_such_zone(name: str) -> None:
    with pytest.raises((ValueError, KeyError, OSError)):
        zone_rules(name)


def test_the_last_line_of_the_file_is_what_holds_now() -> None:
    rome = ZoneInfo("Europe/Rome")
    assert datetime(2027, 7, 1, tzinfo=UTC).astimezone(rome).utcoffset() == timedelta(hours=2)
