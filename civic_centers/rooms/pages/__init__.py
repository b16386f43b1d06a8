"""The pages of rooms and of what is booked."""

from civic_centers.rooms.pages import answering, booking, keeping, showing
from civic_centers.rooms.pages.blueprint import rooms

__all__ = ["answering", "booking", "keeping", "rooms", "showing"]
