"""The rooms of dates: held, looked at, and told of where they are not free."""

from collections.abc import Sequence

from civic_centers.activities.actions.telling import tell_keepers
from civic_centers.activities.notices import NO_ROOM
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.tables import Center
from civic_centers.rooms.actions import keep_for_session
from civic_centers.rooms.queries import room_visible_to
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing


def hold_room_for(session: Session, actor: Actor, activity: Activity, one: ActivitySession) -> None:
    """Hold the room a date wants. Raises Taken, Missing for a room out of use, Invalid."""
    if one.room_id is None:
        return
    one.booking_id = keep_for_session(
        session, actor, one.room_id, one.starts_at, one.ends_at, activity.title, session_id=one.id or 0
    )
    session.add(one)
    session.flush()


def check_room(session: Session, actor: Actor, activity: Activity, room_id: int | None) -> None:
    """Raises Invalid for a room of another center, or out of use."""
    if room_id is None:
        return
    try:
        room = room_visible_to(session, actor, room_id)
    except Missing:
        room = None
    if room is None or room.center_id != activity.center_id:
        raise Invalid(N_("Choose a room of this center."), field="room_id")


def tell_of_rooms(
    session: Session,
    actor: Actor | None,
    activity: Activity,
    center: Center,
    without: Sequence[ActivitySession],
    *,
    key: str,
) -> None:
    """Tell the keepers of dates without a room, but for who did it."""
    said = {"center": center.name, "activity": activity.title, "number": len(without)}
    first = min(one.starts_at for one in without)
    tell_keepers(session, actor, activity, center, NO_ROOM, {**said, "starts_at": first}, key=key)
