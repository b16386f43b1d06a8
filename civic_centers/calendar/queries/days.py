"""The day of a moment on the wall of a zone, worked out by the database: so that days are counted there."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, String, case, cast, func, literal

from foundation import clock
from foundation.database import Session


def local_day(session: Session, moment: Any, zone: str, first: date, end: date) -> ColumnElement[Any]:
    """The day, as text like `2027-01-12`, of moments between the days `first` and `end` (not included).

    PostgreSQL knows zones. SQLite does not: it is told how far the clocks are ahead, and when they change.
    """
    if session.get_bind().dialect.name == "postgresql":
        return cast(cast(func.timezone(zone, moment), Date), String)
    *changes, last = _offsets(zone, clock.start_of_day(first, zone), clock.start_of_day(end, zone))
    ahead: Any = literal(f"{last[1]} seconds")
    if changes:
        ahead = case(*((moment < until, f"{seconds} seconds") for until, seconds in changes), else_=ahead)
    return func.date(moment, ahead)


def _offsets(zone: str, since: datetime, until: datetime) -> Iterator[tuple[datetime, int]]:
    """How many seconds the clocks are ahead, and until which moment, one after the other."""
    place = ZoneInfo(zone)

    def seconds(moment: datetime) -> int:
        return int((moment.astimezone(place).utcoffset() or timedelta()).total_seconds())

    moment = since
    while moment < until:
        after = min(moment + timedelta(days=1), until)
        if seconds(after) != seconds(moment):
            low, high = moment, after
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                low, high = (middle, high) if seconds(middle) == seconds(moment) else (low, middle)
            # Clocks change on whole quarters of an hour.
            yield high.replace(minute=high.minute // 15 * 15, second=0, microsecond=0), seconds(moment)
        moment = after
    yield until, seconds(until - timedelta(microseconds=1))
