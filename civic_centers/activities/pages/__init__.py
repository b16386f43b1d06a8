"""The pages of activities: for everybody, and for who keeps their center."""

from civic_centers.activities.pages import changing, dating, planning, showing
from civic_centers.activities.pages.blueprint import activities

__all__ = ["activities", "changing", "dating", "planning", "showing"]
