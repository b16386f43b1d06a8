"""The parts of a day and the days of a week: one definition for availability, for the board's filter, for proposals.

Every time here is a time on the wall of the community: minutes after its midnight, never a moment in UTC.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foundation.errors import N_, Invalid

WEEKDAYS = range(1, 8)
"""Monday is 1, Sunday 7, as in a post's `weekdays` and in `date.isoweekday()`."""
STEP = 30
"""Exact hours are said by the half hour."""


@dataclass(frozen=True)
class Part:
    """A part of the day, from `starts` up to (not including) `ends`, in minutes after midnight.

    `usual` is the time proposed where nobody said more than "in the afternoon".
    """

    key: str
    words: str
    starts: int
    ends: int
    usual: int


PARTS = (
    Part("morning", N_("morning"), 6 * 60, 12 * 60, 9 * 60),
    Part("afternoon", N_("afternoon"), 12 * 60, 18 * 60, 16 * 60),
    Part("evening", N_("evening"), 18 * 60, 24 * 60, 20 * 60),
)
PART = {part.key: part for part in PARTS}


def part_at(minute: int) -> Part | None:
    """The part of the day that a time on the wall falls in; None from midnight to six."""
    return next((part for part in PARTS if part.starts <= minute < part.ends), None)


@dataclass(frozen=True, order=True)
class Slot:
    """A part of one weekday in which somebody can, wholly or from `starts` to `ends` (minutes after midnight)."""

    weekday: int
    starts: int
    ends: int
    part: str

    @property
    def is_whole(self) -> bool:
        return (self.starts, self.ends) == (PART[self.part].starts, PART[self.part].ends)


def whole(weekday: int, part: str) -> Slot:
    """A whole part of a day. Raises Invalid for a day or a part that does not exist."""
    if weekday not in WEEKDAYS or part not in PART:
        raise Invalid(N_("Choose among the days of the week."), field="slots")
    return Slot(weekday, PART[part].starts, PART[part].ends, part)


def narrowed(slot: Slot, starts: int, ends: int) -> Slot:
    """The same part of the day between two half hours. Raises Invalid outside the part, or back to front."""
    part = PART[slot.part]
    if starts % STEP or ends % STEP or not part.starts <= starts < ends <= part.ends:
        raise Invalid(N_("Choose an hour to begin and a later one to end."), field="slots")
    return Slot(slot.weekday, starts, ends, slot.part)


@dataclass(frozen=True)
class Stretch:
    """Time without a break on one weekday, in minutes after midnight."""

    weekday: int
    starts: int
    ends: int


def stretches(slots: Iterable[Slot]) -> list[Stretch]:
    """Slots that touch, joined: an afternoon and the evening after it are one stretch."""
    joined: list[Stretch] = []
    for slot in sorted(slots):
        last = joined[-1] if joined else None
        if last and last.weekday == slot.weekday and last.ends >= slot.starts:
            joined[-1] = Stretch(last.weekday, last.starts, max(last.ends, slot.ends))
        else:
            joined.append(Stretch(slot.weekday, slot.starts, slot.ends))
    return joined


def common(ours: Iterable[Slot], theirs: Sequence[Slot]) -> list[Stretch]:
    """When both can."""
    other = stretches(theirs)
    return [
        Stretch(mine.weekday, max(mine.starts, its.starts), min(mine.ends, its.ends))
        for mine in stretches(ours)
        for its in other
        if mine.weekday == its.weekday and max(mine.starts, its.starts) < min(mine.ends, its.ends)
    ]


@dataclass(frozen=True, order=True)
class Start:
    """A weekday and a time on the wall at which something may begin."""

    weekday: int
    minute: int


def starts_within(together: Iterable[Stretch], lasts: int) -> list[Start]:
    """At most one start for each part of a day in which `lasts` minutes fit: the usual hour, or the nearest to it."""
    found = []
    for stretch in together:
        latest = stretch.ends - lasts
        for part in PARTS:
            first, last = max(stretch.starts, part.starts), min(latest, part.ends - STEP)
            if first <= last:
                found.append(Start(stretch.weekday, min(max(part.usual, first), last - last % STEP)))
    return sorted(set(found))
