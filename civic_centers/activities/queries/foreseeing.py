"""What dates would be, before they stand: which days are left out, where the room has something else already."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from civic_centers.activities.rules import Beat, horizon, left_out, rhythm_of
from civic_centers.centers.queries import timetable_of
from civic_centers.centers.rules import Day, Warned, day_of, warnings_of
from civic_centers.centers.tables import Center
from civic_centers.rooms.queries import Clash, clashes
from civic_centers.rooms.tables import Room
from foundation import clock
from foundation.database import Session
from foundation.recurrence import Occurrence, Shift, occurrences


@dataclass(frozen=True)
class Span:
    """A date that would be: its day in the rhythm, and from when to when."""

    day: date
    starts_at: datetime
    ends_at: datetime
    shift: Shift = Shift.NONE


@dataclass(frozen=True)
class Foreseen:
    """`spans` would be laid out; `skipped` are days left out; the rest is what one should know before going on."""

    spans: Sequence[Span] = ()
    skipped: Sequence[Day] = ()
    clashing: Sequence[Clash] = ()
    warned: Sequence[Warned] = ()
    shifted: Sequence[Span] = field(default=())
    """Where the clocks change at that hour: a little later, or the first of two."""


def days_to_lay(
    session: Session, center: Center, beat: Beat, since: date | None, known: Collection[date] = ()
) -> tuple[list[Span], list[Day]]:
    """The dates of a rhythm from a day on (None: its first), as far as they are to stand now; and the days left out."""
    table = timetable_of(session, center)
    zone = table.time_zone
    today = clock.today(zone)
    last = horizon(beat.first_on, beat.last_on, today)
    if center.closed_on is not None:
        last = min(last, center.closed_on)
    first = max(beat.first_on, since or beat.first_on, today)
    begins = max(clock.start_of_day(first, zone), clock.now())
    ends = clock.start_of_day(last + timedelta(days=1), zone)
    spans: list[Span] = []
    skipped: list[Day] = []
    for one in occurrences(rhythm_of(beat, zone), begins, ends):
        if one.day in known or one.starts_at <= clock.now():
            continue
        day = day_of(table, one.day)
        if left_out(day, skip_holidays=beat.skip_holidays) or one.day < center.opened_on:
            skipped.append(day)
        else:
            spans.append(_span(one, beat.minutes))
    return spans, skipped


def foresee(session: Session, center: Center, room: Room | None, beat: Beat) -> Foreseen:
    """What a new rhythm would be."""
    spans, skipped = days_to_lay(session, center, beat, None)
    return seen_before(session, center, room, spans, skipped)


def seen_before(
    session: Session,
    center: Center,
    room: Room | None,
    spans: Sequence[Span],
    skipped: Sequence[Day] = (),
    but: Collection[int] = (),
) -> Foreseen:
    """What speaks against some dates; `but` are bookings of their own that they give up."""
    table = timetable_of(session, center)
    warned: dict[str, Warned] = {}
    for span in spans:
        for one in warnings_of(table, span.starts_at, span.ends_at):
            # That it is outside the hours is said once, however many dates there are.
            warned.setdefault(one.kind if one.kind == "hours" else f"{one.kind} {span.day}", one)
    times = [(span.starts_at, span.ends_at) for span in spans]
    taken = clashes(session, room, times, but) if room is not None else []
    return Foreseen(spans, skipped, taken, list(warned.values()), [span for span in spans if span.shift])


def _span(one: Occurrence, minutes: int) -> Span:
    return Span(one.day, one.starts_at, one.starts_at + timedelta(minutes=minutes), one.shift)
