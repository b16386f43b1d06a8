"""What there is in a center, and the dates of an activity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from civic_centers.activities.policies import seen_by
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.rooms.tables import Room
from foundation import clock
from foundation.access import Actor
from foundation.database import Session

PAGE = 60
PAST_PAGE = 20


@dataclass(frozen=True)
class Card:
    """An activity in a list, with the next of its dates: None where none is to come."""

    activity: Activity
    next_one: ActivitySession | None


@dataclass(frozen=True)
class Dated:
    """A date of an activity in a list. `room` is None where none is held for it."""

    one: ActivitySession
    room: str | None

    @property
    def is_planned(self) -> bool:
        return self.one.state == "planned"

    @property
    def lacks_room(self) -> bool:
        """Whether it wants a room that is not held for it."""
        return self.is_planned and self.one.room_id is not None and self.one.booking_id is None


def to_come() -> tuple[ColumnElement[bool], ...]:
    """The conditions that a session is planned and not over."""
    return col(ActivitySession.state) == "planned", col(ActivitySession.ends_at) > clock.now()


def after_day(last_day: date, zone: str) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a session is planned, has not begun, and goes on after a day."""
    after = clock.start_of_day(last_day + timedelta(days=1), zone)
    return (
        col(ActivitySession.state) == "planned",
        col(ActivitySession.ends_at) > after,
        col(ActivitySession.starts_at) > clock.now(),
    )


def activities_at(session: Session, actor: Actor, center_id: int, *, limit: int = PAGE) -> list[Card]:
    """What goes on in a center, the next first; then what has no date to come, the newest first."""
    next_at = (
        select(func.min(col(ActivitySession.starts_at)))
        .where(col(ActivitySession.activity_id) == col(Activity.id), *to_come())
        .correlate(Activity)
        .scalar_subquery()
    )
    there = (col(Activity.center_id) == center_id, col(Activity.state).in_(("draft", "open")), seen_by(actor))
    statement = (
        select(Activity, next_at)
        .where(*there)
        .order_by(next_at.is_(None), next_at, col(Activity.id).desc())
        .limit(limit)
    )
    rows = list(session.execute(statement))
    nearest = _first_of(session, [activity.id or 0 for activity, moment in rows if moment is not None])
    return [Card(activity, nearest.get(activity.id or 0)) for activity, _moment in rows]


def past_activities_at(session: Session, actor: Actor, center_id: int) -> list[Activity]:
    """What is over, or was called off, the newest first."""
    there = (col(Activity.center_id) == center_id, col(Activity.state).in_(("ended", "cancelled")), seen_by(actor))
    return list(session.exec(select(Activity).where(*there).order_by(col(Activity.id).desc()).limit(PAST_PAGE)))


def sessions_of(
    session: Session, activity_id: int, *, past: bool = False, limit: int = PAGE, since: datetime | None = None
) -> list[Dated]:
    """The dates of an activity that are not over, called off ones too, the next first; or those that are."""
    now = since or clock.now()
    ends_at, starts_at = col(ActivitySession.ends_at), col(ActivitySession.starts_at)
    statement = (
        select(ActivitySession, col(Room.name))
        .outerjoin(Room, (col(Room.id) == col(ActivitySession.room_id)) & col(ActivitySession.booking_id).is_not(None))
        .where(col(ActivitySession.activity_id) == activity_id, ends_at <= now if past else ends_at > now)
        .order_by(starts_at.desc() if past else starts_at, col(ActivitySession.id))
        .limit(limit)
    )
    return [Dated(one, room) for one, room in session.execute(statement)]


def next_at_center(session: Session, center_id: int, limit: int) -> list[tuple[ActivitySession, Activity]]:
    """What comes next in a center."""
    statement = (
        select(ActivitySession, Activity)
        .join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .where(col(ActivitySession.center_id) == center_id, col(Activity.state) == "open", *to_come())
        .order_by(col(ActivitySession.starts_at), col(ActivitySession.id))
        .limit(limit)
    )
    return [(one, activity) for one, activity in session.execute(statement)]


def _first_of(session: Session, activity_ids: Sequence[int]) -> dict[int, ActivitySession]:
    """The next date of each of these activities."""
    place = func.row_number().over(
        partition_by=col(ActivitySession.activity_id),
        order_by=(col(ActivitySession.starts_at), col(ActivitySession.id)),
    )
    ranked = (
        select(col(ActivitySession.id), place.label("place"))
        .where(col(ActivitySession.activity_id).in_(activity_ids), *to_come())
        .subquery()
    )
    wanted = select(ActivitySession).where(col(ActivitySession.id).in_(select(ranked.c.id).where(ranked.c.place == 1)))
    return {one.activity_id: one for one in session.exec(wanted)}
