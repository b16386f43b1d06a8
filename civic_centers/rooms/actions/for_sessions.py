"""Rooms held for the sessions of activities: they belong to the center and to nobody; their feature tells of them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col

from civic_centers.rooms import rules
from civic_centers.rooms.actions.booking import keep_booking, must_be_open_by_then
from civic_centers.rooms.queries import room_visible_to
from civic_centers.rooms.tables import Booking
from foundation import clock
from foundation.access import Actor
from foundation.database import Session


def keep_for_session(
    session: Session,
    actor: Actor,
    room_id: int,
    starts_at: datetime,
    ends_at: datetime,
    title: str,
    *,
    session_id: int,
) -> int:
    """Hold a room for a session; the number of the booking. Whether the actor may is for the feature to say.

    Who holds several in one transaction calls `hold_rooms` first. Raises Missing for a room out of use, Invalid for a
    time that cannot be, Taken (by what) where the room has something else.
    """
    room = room_visible_to(session, actor, room_id)
    rules.check_time(starts_at, ends_at, clock.now())
    must_be_open_by_then(session, actor, room, ends_at)
    booking = Booking(
        community_id=room.community_id,
        center_id=room.center_id,
        room_id=room_id,
        starts_at=starts_at,
        ends_at=ends_at,
        busy_until=ends_at + timedelta(minutes=room.changeover_minutes),
        title=rules.check_title(title),
        state="held",
        session_id=session_id,
    )
    keep_booking(session, booking, reader=actor)
    return booking.id or 0


def free_for_sessions(session: Session, booking_ids: Collection[int]) -> None:
    """Let the rooms of sessions go again, without telling anybody; those that are free already stay so."""
    session.exec(
        update(Booking)
        .where(col(Booking.id).in_(booking_ids), col(Booking.session_id).is_not(None), col(Booking.state) == "held")
        .values(state="cancelled", decided_at=clock.now(), version=col(Booking.version) + 1)
        .execution_options(synchronize_session="fetch")
    )
