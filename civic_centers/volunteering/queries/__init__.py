"""Slots, shifts, hours and the register as somebody may read them."""

from civic_centers.volunteering.queries.single import insured_on, slot_visible_to, standing_of, view_of
from civic_centers.volunteering.queries.suiting import (
    clash_of,
    close_by,
    demands_care,
    lacking,
    may_care,
    suitable_people,
)

__all__ = [
    "clash_of",
    "close_by",
    "demands_care",
    "insured_on",
    "lacking",
    "may_care",
    "slot_visible_to",
    "standing_of",
    "suitable_people",
    "view_of",
]
