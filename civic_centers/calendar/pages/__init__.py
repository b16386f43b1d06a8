"""The pages of the calendar, and its feeds."""

from civic_centers.calendar.pages import feeds, files, own, showing
from civic_centers.calendar.pages.blueprint import calendar

__all__ = ["calendar", "feeds", "files", "own", "showing"]
