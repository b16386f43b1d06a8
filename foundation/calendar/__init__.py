"""What people put into the calendars they use elsewhere: entries and zones as RFC 5545 writes them."""

from foundation.calendar.entries import CANCELLED, CONFIRMED, TENTATIVE, Entry, Feed, calendar_file
from foundation.calendar.zones import zone_rules

__all__ = ["CANCELLED", "CONFIRMED", "TENTATIVE", "Entry", "Feed", "calendar_file", "zone_rules"]
