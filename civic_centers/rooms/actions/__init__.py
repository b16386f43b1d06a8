"""What is done with rooms: described, booked, asked for, answered, moved, given up."""

from civic_centers.rooms.actions.booking import (
    Wish,
    accept_request,
    book_room,
    cancel_booking,
    decline_request,
    free_room,
    hold_rooms,
    move_booking,
    request_room,
)
from civic_centers.rooms.actions.ending import cancel_those, end_with, forget_bookings, move_to_party
from civic_centers.rooms.actions.for_sessions import free_for_sessions, keep_for_session
from civic_centers.rooms.actions.keeping import AboutRoom, add_room, change_room, retire_room

__all__ = [
    "AboutRoom",
    "Wish",
    "accept_request",
    "add_room",
    "book_room",
    "cancel_booking",
    "cancel_those",
    "change_room",
    "decline_request",
    "end_with",
    "forget_bookings",
    "free_for_sessions",
    "free_room",
    "hold_rooms",
    "keep_for_session",
    "move_booking",
    "move_to_party",
    "request_room",
    "retire_room",
]
