"""What the record says of rooms and bookings."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from civic_centers.centers.deeds import of_center
from civic_centers.rooms.tables import Booking, Room
from community.deeds.policies import is_myself, through
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_


def _of_room(actor: Actor, room_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Room.id) == room_id, of_center(actor, col(Room.center_id)))


def _of_booking(actor: Actor, booking_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Booking.id) == booking_id, of_center(actor, col(Booking.center_id)))


DEEDS = (
    DeedKind(
        kind="room",
        words=N_("Room"),
        verbs={
            "added": N_("Room of a civic center added"),
            "changed": N_("Room of a civic center changed"),
            "retired": N_("Room of a civic center taken out of use"),
        },
        read_by=_of_room,
    ),
    DeedKind(
        kind="booking",
        words=N_("Booking of a room"),
        verbs={
            "booked": N_("Room booked"),
            "asked": N_("Room asked for"),
            "accepted": N_("Room given to who asked for it"),
            "declined": N_("Room not given to who asked for it"),
            "cancelled": N_("Booking of a room cancelled"),
            "moved": N_("Booking of a room moved"),
        },
        read_by=_of_booking,
        concerning=through(Booking.id, is_myself, Booking.person_id),
        told=("booked", "asked", "accepted", "declined", "cancelled", "moved"),
        endpoint="rooms.show_booking",
        parameter="booking_id",
    ),
)
