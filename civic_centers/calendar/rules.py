"""Which days a view of the calendar shows, for which ages something is, and how far feeds reach. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from foundation import clock

LIST, WEEK, MONTH = "list", "week", "month"
VIEWS = (LIST, WEEK, MONTH)
A_WEEK = timedelta(days=7)
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)
"""Beyond them an address is a mistake or a game."""

AGES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "0-2": (0, 2),
        "3-5": (3, 5),
        "6-10": (6, 10),
        "11-13": (11, 13),
        "14-17": (14, 17),
        "adult": (18, 64),
        "elder": (65, 120),
    }
)
"""Years, both included, by the names that households use for the ages of those they look after."""

MEANT_FOR: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "afternoon": (0, 13),
        "adolescents": (11, 17),
        "homework": (6, 17),
        "evening": (18, 120),
        "elders": (65, 120),
        "training": (16, 120),
    }
)
"""For whom an activity is by its kind, where it says no ages of its own."""

FEED_BEHIND, FEED_AHEAD = timedelta(days=14), timedelta(days=400)
"""What is over, and what was cancelled, stays in feeds for a while: calendars that ask seldom hear of it too."""
MOST_IN_FEED = 4000


def kinds_not_for(age: str) -> tuple[str, ...]:
    """The kinds of activities that are for other ages, where they say none of their own."""
    youngest, oldest = AGES[age]
    return tuple(kind for kind, (first, last) in MEANT_FOR.items() if last < youngest or first > oldest)


@dataclass(frozen=True)
class Span:
    """The days that a view shows, `first` included and `end` not."""

    first: date
    end: date

    def days(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range((self.end - self.first).days)]

    def moments(self, zone: str) -> tuple[datetime, datetime]:
        """From when until when, on the wall of `zone`."""
        return clock.start_of_day(self.first, zone), clock.start_of_day(self.end, zone)


def week_of(day: date) -> Span:
    """From Monday to Sunday."""
    monday = day - timedelta(days=day.isoweekday() - 1)
    return Span(monday, monday + A_WEEK)


def month_of(day: date) -> Span:
    """A month, with the days before and after that fill its weeks."""
    first = day.replace(day=1)
    return Span(week_of(first).first, week_of(next_month(first) - timedelta(days=1)).end)


def next_month(day: date) -> date:
    """The first of the month after that of a day."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_before(day: date) -> date:
    """The first of the month before that of a day."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def sane_day(text: str) -> date | None:
    """A day as an address says it; None for what is none, or lies beyond all calendars."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def feed_span(zone: str) -> tuple[datetime, datetime]:
    """From when until when feeds reach: the same all day long, so that they do not change by themselves."""
    today = clock.today(zone)
    return clock.start_of_day(today - FEED_BEHIND, zone), clock.start_of_day(today + FEED_AHEAD, zone)
