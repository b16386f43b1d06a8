"""A calendar file (RFC 5545): entries with an id that stays, so that a file fetched again changes what is there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event, vUri

from foundation import clock
from foundation.calendar.zones import zone_rules

CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"
MAKER = "-//Reciproca//Reciproca//IT"
LONG_ENOUGH = 60
"""Minutes in the calendar where nobody said how long it takes."""


@dataclass(frozen=True)
class Entry:
    """One thing in a calendar. It will lie with companies we know nothing of: no address, no child, no hardship in it.

    `uid` stays the same for good; `version` begins at 1 and is raised by every change, so that the newest holds.
    """

    uid: str
    version: int
    title: str
    starts_at: datetime
    minutes: int
    zone: str
    """The IANA name of the zone on whose wall the time was agreed."""
    status: str = CONFIRMED
    words: str = ""
    url: str = ""


def calendar_file(entries: Iterable[Entry]) -> bytes:
    """The entries as a file, with the rules of their zones before them."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    listed = list(entries)
    for zone in sorted({entry.zone for entry in listed}):
        calendar.add_component(zone_rules(zone))
    for entry in listed:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", max(entry.version - 1, 0))
    event.add("dtstamp", clock.now())
    event.add("status", entry.status)
    event.add("transp", "TRANSPARENT" if entry.status == CANCELLED else "OPAQUE")
    event.add("summary", entry.title)
    ends_at = entry.starts_at + timedelta(minutes=entry.minutes or LONG_ENOUGH)
    # The length is counted in moments and not on the wall: an hour stays one on the nights when the clocks change.
    event.add("dtstart", clock.local(entry.starts_at, entry.zone))
    event.add("dtend", clock.local(ends_at, entry.zone))
    if entry.words:
        event.add("description", entry.words)
    if entry.url:
        event.add("url", vUri(entry.url))
    event.add("class", "PRIVATE")
    return event
