"""A calendar file: what stands in it, and that a file fetched later replaces the one before."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from foundation import clock
from foundation.calendar import CANCELLED, Entry, calendar_file

TEN = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
"""Half past one in Rome, half an hour before the clocks go forward."""


def entry(**more) -> Entry:
    told = {
        "uid": "agreement-1@example.org", "version": 3, "title": "Reciproca: con Marta, forse; sì", "starts_at": TEN,
        "minutes": 90, "zone": "Europe/Rome", "url": "https://example.org/c/cremona/agreements/1",
    }  # fmt: skip
    return Entry(**{**told, **more})


def test_what_a_calendar_reads() -> None:
    with clock.at(datetime(2027, 1, 1, tzinfo=UTC)):
        data = calendar_file([entry()])
    calendar = Calendar.from_ical(data)
    assert calendar["method"] == "PUBLISH"
    [event] = calendar.walk("VEVENT")
    assert str(event["uid"]) == "agreement-1@example.org"
    assert event["sequence"] == 2
    assert str(event["status"]) == "CONFIRMED"
    assert str(event["summary"]) == "Reciproca: con Marta, forse; sì"
    assert event["dtstart"].params["TZID"] == "Europe/Rome"
    assert b"DTSTART;TZID=Europe/Rome:20270328T013000" in data
    assert b"DTEND;TZID=Europe/Rome:20270328T040000" in data, "an hour and a half later the clocks say four"
    assert len(calendar.walk("VTIMEZONE")) == 1


def test_in_the_doubled_hour_no_calendar_has_to_guess() -> None:
    one = datetime(2027, 10, 30, 23, 0, tzinfo=UTC)  # one in Rome; at three the clocks go back to two
    data = calendar_file([entry(starts_at=one, minutes=120)])
    assert b"DTSTART;TZID=Europe/Rome:20271031T010000" in data
    assert b"DTEND:20271031T010000Z" in data, "the second two o'clock"
    data = calendar_file([entry(starts_at=one + timedelta(minutes=90), minutes=90)])
    assert b"DTSTART:20271031T003000Z" in data, "the first half past two"
    assert b"DTEND;TZID=Europe/Rome:20271031T030000" in data


def test_lines_are_those_of_the_rule() -> None:
    data = calendar_file([entry(title="à" * 200)])
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.endswith(b"END:VCALENDAR\r\n")


def test_called_off_and_of_unknown_length() -> None:
    [event] = Calendar.from_ical(calendar_file([entry(status=CANCELLED, minutes=0)])).walk("VEVENT")
    assert str(event["status"]) == "CANCELLED"
    assert str(event["transp"]) == "TRANSPARENT"
    assert event.end - event.start == timedelta(hours=1) or event.duration


def test_each_zone_once() -> None:
    calendar = Calendar.from_ical(
        calendar_file([entry(), entry(uid="b@example.org"), entry(uid="c@example.org", zone="Europe/London")])
    )
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London", "Europe/Rome"]
