"""What waits for keepers: activities with dates that have no room."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.policies import kept
from civic_centers.centers.tables import Center
from foundation import clock
from foundation.access import Actor
from foundation.database import Session

PAGE = 60


def without_room() -> tuple[ColumnElement[bool], ...]:
    """The conditions that a session is to come and wants a room that is not held for it."""
    return (
        col(ActivitySession.state) == "planned",
        col(ActivitySession.starts_at) > clock.now(),
        col(ActivitySession.room_id).is_not(None),
        col(ActivitySession.booking_id).is_(None),
    )


def number_without_room(actor: Actor) -> ColumnElement[int] | None:
    """How many activities that the actor runs have such dates, as an expression."""
    if actor.person_id is None or actor.is_on_behalf:
        return None
    return (
        select(func.count(func.distinct(col(Activity.id))))
        .select_from(ActivitySession)
        .join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .join(Center, col(Center.id) == col(Activity.center_id))
        .where(kept(actor), col(Activity.state) == "open", *without_room())
        .scalar_subquery()
    )


def activities_without_room(session: Session, actor: Actor) -> list[tuple[Activity, Center, int, datetime]]:
    """These activities, how many such dates each has, and the first of them."""
    first = func.min(col(ActivitySession.starts_at))
    statement = (
        select(Activity, Center, func.count(col(ActivitySession.id)), first)
        .join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .join(Center, col(Center.id) == col(Activity.center_id))
        .where(kept(actor), col(Activity.state) == "open", *without_room())
        .group_by(col(Activity.id), col(Center.id))
        .order_by(first, col(Activity.id))
        .limit(PAGE)
    )
    return [(activity, center, number, moment) for activity, center, number, moment in session.execute(statement)]
