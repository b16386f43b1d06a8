"""A calendar file (RFC 5545): entries with an id that stays, so that a file fetched again changes what is there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vDuration, vUri

from foundation import clock
from foundation.calendar.zones import zone_rules

CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"
MAKER = "-//Reciproca//Reciproca//IT"
AGAIN_AFTER = timedelta(hours=6)
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
    place: str = ""
    """Of what everybody may know alone."""
    is_public: bool = False
    changed_at: datetime | None = None
    """When what is written here changed last, where that is known."""


@dataclass(frozen=True)
class Feed:
    """What is said of a file that calendars fetch again and again."""

    name: str
    zone: str
    """Told even while there is nothing in it: a calendar is never quite empty."""
    stamp: datetime
    """As of when what does not say when it changed is told: the same file has the same bytes until then is another."""
    again_after: timedelta = AGAIN_AFTER


def calendar_file(entries: Iterable[Entry], feed: Feed | None = None) -> bytes:
    """The entries as a file, the rules of their zones before them; the same entries of a feed are the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    listed = list(entries)
    zones = {entry.zone for entry in listed}
    if feed is not None:
        zones.add(feed.zone)
        _say_of(calendar, feed)
    for zone in sorted(zones):
        calendar.add_component(zone_rules(zone))
    for entry in listed:
        calendar.add_component(_event(entry, feed))
    return bytes(calendar.to_ical())


def _say_of(calendar: Calendar, feed: Feed) -> None:
    """Its name and how often to ask, in the words of RFC 7986 and in those that came before it."""
    for name in ("name", "x-wr-calname"):
        calendar.add(name, feed.name)
    calendar.add("x-wr-timezone", feed.zone)
    calendar.add("refresh-interval", vDuration(feed.again_after), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(feed.again_after))


def _event(entry: Entry, feed: Feed | None = None) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", max(entry.version - 1, 0))
    event.add("dtstamp", entry.changed_at or (feed.stamp if feed else clock.now()))
    if entry.changed_at:
        event.add("last-modified", entry.changed_at)
    event.add("status", entry.status)
    event.add("transp", "TRANSPARENT" if entry.status == CANCELLED else "OPAQUE")
    event.add("summary", entry.title)
    ends_at = entry.starts_at + timedelta(minutes=entry.minutes or LONG_ENOUGH)
    # The length is counted in moments and not on the wall: an hour stays one on the nights when the clocks change.
    event.add("dtstart", _told(entry.starts_at, entry.zone))
    event.add("dtend", _told(ends_at, entry.zone))
    if entry.words:
        event.add("description", entry.words)
    if entry.url:
        event.add("url", vUri(entry.url))
    if entry.place:
        event.add("location", entry.place)
    event.add("class", "PUBLIC" if entry.is_public else "PRIVATE")
    return event


def _told(moment: datetime, zone: str) -> datetime:
    """A moment on the wall of its zone; in the hour that happens twice in UTC.

    RFC 5545 says that such an hour is the first of the two, but half of the calendars take it for the second.
    """
    wall = clock.local(moment, zone)
    happens_twice = wall.utcoffset() != wall.replace(fold=1 - wall.fold).utcoffset()
    return moment.astimezone(UTC) if happens_twice else wall
