"""The pages of care circles."""

from civic_centers.circles.pages import balancing, family, keeping, making, notes, showing, taking, turning
from civic_centers.circles.pages.blueprint import circles

__all__ = ["balancing", "circles", "family", "keeping", "making", "notes", "showing", "taking", "turning"]
