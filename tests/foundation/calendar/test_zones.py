"""Zones as calendars read them: by another reader than the one who wrote them, compared with the tz database."""

import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from foundation.calendar import zone_rules

ZONES = (
    *("Europe/Rome", "Europe/London", "Europe/Bucharest", "Africa/Dakar", "Asia/Karachi", "Asia/Kolkata"),
    *("America/New_York", "America/Santiago", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Easter"),
    *("Asia/Jerusalem", "Asia/Gaza", "America/Nuuk", "Europe/Dublin", "Africa/Casablanca", "UTC"),
)


@pytest.mark.parametrize("name", ZONES)
def test_clocks_change_when_the_tz_database_says(name: str) -> None:
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
