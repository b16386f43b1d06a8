"""From a time on the wall to a moment, on the two nights of the year when that is not plain."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

_SMALLEST = timedelta(microseconds=1)


class Shift(StrEnum):
    """Whether the clocks were moved over a time on the wall: it was `lost`, or it happens twice."""

    NONE = ""
    LOST = "lost"
    DOUBLED = "doubled"


@dataclass(frozen=True)
class Told:
    """The moment (UTC) that a time on the wall means, and what the clocks did to it."""

    moment: datetime
    shift: Shift


def told(wall: datetime, zone: str) -> Told:
    """The moment that a naive time on the wall of `zone` means.

    A time that the clocks jump over means the first moment that exists after it: half past two, where two becomes
    three, is three o'clock. A time that happens twice means the first of the two. Raises ValueError for an aware time.
    """
    if wall.tzinfo is not None:
        raise ValueError("a time on the wall knows no zone of its own")
    place = ZoneInfo(zone)
    early, late = (wall.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early == late:
        return Told(early, Shift.NONE)
    if early.astimezone(place).replace(tzinfo=None) == wall:
        return Told(early, Shift.DOUBLED)
    # In a gap the offset before the jump tells a moment after it, and the other way round.
    return Told(jump_between(late, early, place), Shift.LOST)


def jump_between(before: datetime, after: datetime, place: ZoneInfo) -> datetime:
    """The first moment of the new offset; the clocks jump once between the two moments."""
    offset = before.astimezone(place).utcoffset()
    while after - before > _SMALLEST:
        middle = before + (after - before) / 2
        if middle.astimezone(place).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
