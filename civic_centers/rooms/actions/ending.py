"""Bookings that end with something else: a room, a center, somebody's place in the community."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlmodel import col, select

from civic_centers.rooms.actions.telling import tell_booker
from civic_centers.rooms.notices import CANCELLED
from civic_centers.rooms.tables import Booking, Room
from community.leaving.actions.names import names_out
from community.leaving.rules import Going
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import registry

KIND = "booking"
NO_TITLE = "…"
"""What a booking was for of whose people nothing is kept any more."""


def cancel_those(session: Session, actor: Actor, bookings: Sequence[Booking], reason: str) -> None:
    """Cancel bookings because the room or the center is there no more, and tell who booked.

    The feature of a session that was to take place there hears of it by the hook `room_lost(session, actor, booking)`.
    """
    for booking in bookings:
        room = session.get_one(Room, booking.room_id)
        booking.state, booking.reason = "cancelled", reason
        booking.decided_at, booking.decided_by_id = clock.now(), actor.recorder_id
        booking.version += 1
        session.add(booking)
        session.flush()
        audit.record(session, actor, "cancelled", KIND, booking.id)
        tell_booker(session, actor, booking, room, CANCELLED, key=f"{booking.id}")
        for hook in registry.hooks("room_lost") if booking.session_id is not None else ():
            hook(session, actor, booking)


def end_with(session: Session, going: Going) -> None:
    """Who leaves needs no room any more, unless others go on acting for the party it is for."""
    theirs = (col(Booking.person_id) == going.person_id) & (
        col(Booking.party_id).is_(None) | col(Booking.party_id).not_in(going.staying)
    )
    coming = (
        col(Booking.community_id) == going.community_id,
        col(Booking.state).in_(("requested", "held")),
        col(Booking.session_id).is_(None),
        col(Booking.starts_at) > clock.now(),
    )
    session.exec(
        update(Booking)
        .where(*coming, theirs | col(Booking.party_id).in_(going.closing))
        .values(state="cancelled", decided_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def forget_bookings(session: Session, going: Going) -> None:
    """What a room was for of who has left goes; that it was taken stays."""
    here = col(Booking.community_id) == going.community_id
    theirs = here & ((col(Booking.person_id) == going.person_id) | col(Booking.party_id).in_(going.closing))
    session.exec(
        update(Booking).where(theirs).values(title=NO_TITLE, reason="").execution_options(synchronize_session=False)
    )
    decided = here & (col(Booking.decided_by_id) == going.person_id)
    names_out(session, going, Booking, ("title", "reason"), decided)


def move_to_party(session: Session, party_id: int, into_party_id: int) -> None:
    """The bookings of a household that becomes a part of another are the other's from now on."""
    for booking in session.exec(select(Booking).where(col(Booking.party_id) == party_id).with_for_update()).all():
        booking.party_id = into_party_id
        session.add(booking)
