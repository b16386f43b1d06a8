"""The shifts of a center week by week, since one role comes again for months."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from civic_centers.volunteering.queries.lists import Line, coming_slots, slots_of_center
from civic_centers.volunteering.tables import Slot
from community.communities.queries import community_of
from foundation import clock
from foundation.access import Actor
from foundation.database import Session

AT_ONCE = 2
"""How many weeks are open on one page."""
MOST_COUNTED = 3000
MOST_SHOWN = 200
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """A week with shifts: how many, and how many people are missing in all."""

    monday: date
    number: int
    missing: int


@dataclass(frozen=True)
class OpenWeek:
    """A week with its shifts, those with people missing first."""

    week: Week
    lines: Sequence[Line]


def weeks_of_center(session: Session, actor: Actor, center_id: int) -> list[Week]:
    """The weeks to come in which volunteers are looked for at a center, in order."""
    statement = coming_slots(select(col(Slot.starts_at), col(Slot.taken), col(Slot.least)).select_from(Slot), actor)
    statement = statement.where(col(Slot.center_id) == center_id).order_by(col(Slot.starts_at)).limit(MOST_COUNTED)
    zone = community_of(session, actor.community_id).time_zone
    found: dict[date, list[int]] = defaultdict(list)
    for starts_at, taken, least in session.execute(statement):
        found[monday_of(clock.local(starts_at, zone).date())].append(max(least - taken, 0))
    return [Week(monday, len(missing), sum(missing)) for monday, missing in found.items()]


def open_weeks(session: Session, actor: Actor, center_id: int, weeks: Sequence[Week]) -> list[OpenWeek]:
    """Some weeks on end with their shifts."""
    if not weeks:
        return []
    zone = community_of(session, actor.community_id).time_zone
    since = clock.start_of_day(weeks[0].monday, zone)
    until = clock.start_of_day(weeks[-1].monday + WEEK, zone)
    lines = slots_of_center(session, actor, center_id, limit=MOST_SHOWN, between=(since, until))
    found: dict[date, list[Line]] = defaultdict(list)
    for line in lines:
        found[monday_of(clock.local(line.slot.starts_at, zone).date())].append(line)
    return [OpenWeek(week, sorted(found[week.monday], key=_is_manned)) for week in weeks]


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def _is_manned(line: Line) -> bool:
    return line.slot.taken >= line.slot.least
