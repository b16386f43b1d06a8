"""Where one comes, and where one brings whom one looks after, in the calendar one subscribes to."""

from datetime import datetime

from civic_centers.calendar.pages.entries import own_entry
from civic_centers.enrolling.queries import places_for_feed
from foundation.access import Actor
from foundation.calendar import CANCELLED, Entry
from foundation.database import Session


def feed_entries(session: Session, actor: Actor, since: datetime) -> list[Entry]:
    """One entry a date, whoever of the household comes to it (hook `feed_entries`): nobody is named in it."""
    return [
        own_entry(
            found.one, found.activity, found.center, status="" if found.comes else CANCELLED, version=found.changes
        )
        for found in places_for_feed(session, actor, since)
    ]
