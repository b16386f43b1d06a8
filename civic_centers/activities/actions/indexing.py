"""Letting an activity be found by what it says."""

from civic_centers.activities.queries.finding import entries_of
from civic_centers.activities.queries.single import KIND
from civic_centers.activities.tables import Activity
from foundation.database import Session
from foundation.search import index, unindex


def put_in_index(session: Session, activity: Activity) -> None:
    """By what it says now; not while it is a draft, nor when it is over."""
    session.flush()
    entries = entries_of([activity])
    if entries:
        index(session, entries[0])
    else:
        unindex(session, KIND, activity.id or 0)
