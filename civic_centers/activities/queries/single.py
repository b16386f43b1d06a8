"""One activity, and one of its dates."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam
from sqlmodel import col, select

from civic_centers.activities.policies import may_run
from civic_centers.activities.tables import Activity, ActivityRhythm, ActivitySession
from civic_centers.centers.tables import Center
from civic_centers.rooms.tables import Room
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

KIND = "activity"
SESSION = "activity_session"
_DATE = (
    select(ActivitySession, Activity)
    .join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
    .where(col(ActivitySession.id) == bindparam("date"))
)


@dataclass(frozen=True)
class ActivityView:
    """An activity with what its page says. `room` is where it usually is, `host` the organisation that holds it."""

    activity: Activity
    center: Center
    room: Room | None
    host: Party | None
    rhythms: Sequence[ActivityRhythm]
    runs: bool


def activity_visible_to(session: Session, actor: Actor, activity_id: int) -> Activity:
    """An activity of the community; a draft only for who runs it. Raises Missing."""
    activity = session.get(Activity, activity_id)
    if activity is None:
        raise Missing()
    _must_see(session, actor, activity)
    return activity


def _must_see(session: Session, actor: Actor, activity: Activity) -> None:
    theirs = activity.community_id != actor.community_id
    if theirs or not (activity.is_public or may_run(session, actor, activity.id or 0)):
        raise Missing()


def activity_to_run(session: Session, actor: Actor, activity_id: int) -> Activity:
    """The same for the keepers of its center. Raises Missing for everybody else."""
    activity = activity_visible_to(session, actor, activity_id)
    if not may_run(session, actor, activity_id):
        raise Missing()
    return activity


def session_visible_to(session: Session, actor: Actor, session_id: int) -> tuple[ActivitySession, Activity]:
    """One date of an activity that the actor may see. Raises Missing."""
    found = session.execute(_DATE, {"date": session_id}).one_or_none()
    if found is None:
        raise Missing()
    one, activity = found
    _must_see(session, actor, activity)
    return one, activity


def session_of(session: Session, actor: Actor, activity_id: int, session_id: int) -> tuple[ActivitySession, Activity]:
    """The same, of this activity and of no other. Raises Missing."""
    one, activity = session_visible_to(session, actor, session_id)
    if one.activity_id != activity_id:
        raise Missing()
    return one, activity


def room_of(one: ActivitySession) -> int | None:
    """The room that a date has: one that it only wishes for is not its own."""
    return one.room_id if one.booking_id is not None else None


def place_of(session: Session, one: ActivitySession) -> str:
    """Where a date takes place, as people are told: its room where it has one, and the center."""
    center = session.get_one(Center, one.center_id)
    room = session.get(Room, room_of(one) or 0)
    return f"{room.name}, {center.name}" if room is not None else center.name


def view_of(session: Session, actor: Actor, activity_id: int) -> ActivityView:
    """An activity with its center, room, host and rhythms. Raises Missing."""
    activity = activity_visible_to(session, actor, activity_id)
    center = session.get_one(Center, activity.center_id)
    host = session.get(Party, activity.party_id) if activity.party_id is not None else None
    return ActivityView(
        activity,
        center,
        session.get(Room, activity.room_id) if activity.room_id is not None else None,
        host if host is not None and host.closed_at is None else None,
        rhythms_of(session, activity_id),
        may_run(session, actor, activity_id),
    )


def rhythms_of(session: Session, activity_id: int) -> list[ActivityRhythm]:
    """The rhythms of an activity, the first begun first."""
    there = select(ActivityRhythm).where(col(ActivityRhythm.activity_id) == activity_id)
    return list(session.exec(there.order_by(col(ActivityRhythm.first_on), col(ActivityRhythm.id))))
