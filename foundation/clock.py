"""The one source of time: always aware, in UTC; shown in a community's zone only at the very end.

Nothing else in the project asks the operating system for the time, so a test or the demo can set it back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC, to the microsecond."""
    return _set_to.get() or datetime.now(UTC)


def local(moment: datetime, zone: str) -> datetime:
    """The same moment as a clock on the wall in `zone` (an IANA name such as Europe/Rome) shows it."""
    return moment.astimezone(ZoneInfo(zone))


def today(zone: str) -> date:
    """The date it is now in `zone`."""
    return local(now(), zone).date()


def from_local(wall: datetime, zone: str) -> datetime:
    """The UTC moment of a naive wall-clock time in `zone`.

    Raises ValueError when that time does not exist, as between 2 and 3 on the night when summer time begins.
    A time that happens twice (the night when it ends) means the first of the two.
    """
    moment = wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    if local(moment, zone).replace(tzinfo=None) != wall:
        raise ValueError(f"{wall} does not exist in {zone}")
    return moment


def start_of_day(day: date, zone: str) -> datetime:
    """The first moment of a day in `zone`: midnight, or an hour later where the clocks go forward at midnight."""
    midnight = datetime.combine(day, time())
    try:
        return from_local(midnight, zone)
    except ValueError:
        return from_local(midnight + timedelta(hours=1), zone)


def last_day(end: datetime, zone: str) -> date:
    """The last whole day before something ends: what ends at midnight holds until the evening before."""
    return local(end - timedelta(microseconds=1), zone).date()


def noon(day: date, zone: str) -> datetime:
    """The middle of a day in `zone`, for what is known by its day only."""
    return from_local(datetime.combine(day, time(12)), zone)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Set the clock to `moment` for the block: for tests, and for the demo's year of history."""
    if moment.tzinfo is None:
        raise ValueError("the clock takes aware moments only")
    token = _set_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)
