"""Where dates go when one of them, those after it or all are changed: worked out before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from civic_centers.activities.rules import NotNow
from civic_centers.activities.tables import ActivitySession
from foundation import clock
from foundation.database import Session
from foundation.recurrence import told


@dataclass(frozen=True)
class Change:
    """What a date is to be. `starts_at` and `ends_at` of that date; for several the day and the time it has there.

    `words` and `places` are for it alone; `reason` is read by who loses a place.
    """

    starts_at: datetime
    ends_at: datetime
    room_id: int | None
    words: str = ""
    places: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Plan:
    """Where each date of a change goes: its day in the rhythm, and its times."""

    one: ActivitySession
    day: date
    starts_at: datetime
    ends_at: datetime


def sessions_where(
    session: Session, activity_id: int, *demands: ColumnElement[bool], lock: bool = False
) -> list[ActivitySession]:
    """Those dates of an activity that answer some conditions, in the order of their numbers; held if wanted."""
    statement = (
        select(ActivitySession)
        .where(col(ActivitySession.activity_id) == activity_id, *demands)
        .order_by(col(ActivitySession.id))
    )
    if lock:
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    return list(session.exec(statement))


def dates_of(session: Session, one: ActivitySession, scope: str, *, lock: bool = False) -> list[ActivitySession]:
    """The dates a change is for, called off and changed ones too. Raises NotNow for a date that has begun."""
    if one.state != "planned" or one.starts_at <= clock.now():
        raise NotNow()
    table = ActivitySession
    coming = col(table.starts_at) > clock.now()
    if one.rhythm_id is None:
        since = one.starts_at if scope == "following" else clock.now()
        own = (col(table.rhythm_id).is_(None), col(table.starts_at) >= since)
        return sessions_where(session, one.activity_id, *own, coming, lock=lock)
    of_rhythm = col(table.rhythm_id) == one.rhythm_id
    first = one.day
    if scope != "following":
        first = min(other.day for other in sessions_where(session, one.activity_id, of_rhythm, coming))
    # By their days in the rhythm: one that was moved to an earlier day, or is over, keeps its place in it.
    return sessions_where(session, one.activity_id, of_rhythm, col(table.day) >= first, lock=lock)


def plans_for(affected: Sequence[ActivitySession], one: ActivitySession, change: Change, zone: str) -> list[Plan]:
    """Where those of the dates go that follow the change; the others are left alone."""
    wall = clock.local(change.starts_at, zone)
    delta, lasts = wall.date() - one.day, lasting(one, change, zone)
    plans = []
    for other in affected:
        is_it = other.id == one.id
        if other.state != "planned" or other.starts_at <= clock.now() or (other.changed and not is_it):
            continue
        follows = is_it or (one.rhythm_id is not None and other.day.isoweekday() == one.day.isoweekday())
        day = other.day + (delta if follows else timedelta())
        starts_at = change.starts_at if is_it else told(datetime.combine(day, at_of(wall)), zone).moment
        plans.append(Plan(other, day, starts_at, change.ends_at if is_it else starts_at + lasts))
    return plans


def lasting(one: ActivitySession, change: Change, zone: str) -> timedelta:
    """How long the other dates last that follow the change: what was typed is meant as the clocks on the wall tell it.

    Where nothing was typed, as on a night when the clocks change, they last as long as before.
    """
    if (one.starts_at, one.ends_at) == (change.starts_at, change.ends_at):
        return one.ends_at - one.starts_at
    starts, ends = (clock.local(moment, zone).replace(tzinfo=None) for moment in (change.starts_at, change.ends_at))
    return ends - starts


def at_of(wall: datetime) -> time:
    """The time of the day on a wall."""
    return wall.time().replace(tzinfo=None)
