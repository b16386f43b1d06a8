"""A rhythm laid out: from its rule, on the wall clock, to moments. Always for a stretch of time, never without end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import rrule, rrulestr

from foundation import clock
from foundation.recurrence.moments import Shift, told
from foundation.recurrence.rules import checked

LONGEST_WINDOW = timedelta(days=2 * 366)
MOST_ASKED = 100
_DAYS_OF_A_JUMP = timedelta(days=2)
"""A day on the wall and the same day in UTC are never further apart than this."""


@dataclass(frozen=True)
class Rhythm:
    """A rule (RRULE), from a first day on, at a time on the wall of a zone, until its last day or until it is ended.

    Raises BadRule for a rule that is not understood, ValueError for a last day before the first.
    """

    rule: str
    first_day: date
    at: time
    zone: str
    last_day: date | None = None

    def __post_init__(self) -> None:
        checked(self.rule)
        if self.last_day is not None and self.last_day < self.first_day:
            raise ValueError("the last day comes before the first")


@dataclass(frozen=True)
class Occurrence:
    """One time it happens: the day and time the rule says, and the moment (UTC) that this is.

    `shift` says when the two differ: the clocks jumped over that time, or it happens twice that night.
    """

    day: date
    at: time
    starts_at: datetime
    shift: Shift = Shift.NONE


def occurrences(rhythm: Rhythm, since: datetime, until: datetime) -> list[Occurrence]:
    """Those that begin from `since` on and before `until`, in order. Raises ValueError for a window too long."""
    if until - since > LONGEST_WINDOW:
        raise ValueError(f"a window is at most {LONGEST_WINDOW.days} days long, since a rhythm may have no end")
    if until <= since:
        return []
    last = clock.local(until, rhythm.zone).date()
    first = clock.local(since, rhythm.zone).date()
    laid_out = (_occurrence(day, rhythm) for day in _days(rhythm, first, last))
    return [one for one in laid_out if since <= one.starts_at < until]


def next_ones(rhythm: Rhythm, since: datetime, count: int, *, within: timedelta = LONGEST_WINDOW) -> list[Occurrence]:
    """The first `count` that begin from `since` on, as far as they come `within` so long."""
    if not 0 <= count <= MOST_ASKED or within > LONGEST_WINDOW:
        raise ValueError(f"at most {MOST_ASKED}, within {LONGEST_WINDOW.days} days")
    first = clock.local(since, rhythm.zone).date()
    last = clock.local(since + within, rhythm.zone).date()
    laid_out = (_occurrence(day, rhythm) for day in _days(rhythm, first, last))
    return list(islice((one for one in laid_out if since <= one.starts_at < since + within), count))


def _days(rhythm: Rhythm, first: date, last: date) -> Iterator[date]:
    """The days of the rule from shortly before `first` to shortly after `last`.

    A little more at both ends, because a zone may jump over a whole day; who asked keeps what lies in the window.
    """
    ends = last + _DAYS_OF_A_JUMP
    if rhythm.last_day is not None:
        ends = min(ends, rhythm.last_day)
    begins = max(first - _DAYS_OF_A_JUMP, rhythm.first_day)
    for moment in _rule(rhythm, ends).xafter(_midnight(begins), inc=True):
        yield moment.date()


def _rule(rhythm: Rhythm, ends: date) -> rrule:
    parsed = rrulestr(rhythm.rule, dtstart=_midnight(rhythm.first_day))
    if not isinstance(parsed, rrule):
        raise TypeError(f"{rhythm.rule!r} is more than one rule")
    return parsed.replace(until=_midnight(ends))


def _occurrence(day: date, rhythm: Rhythm) -> Occurrence:
    found = told(datetime.combine(day, rhythm.at.replace(tzinfo=None)), rhythm.zone)
    return Occurrence(day, rhythm.at, found.moment.astimezone(UTC), found.shift)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
