"""Finding activities by their words."""

from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import col, select

from civic_centers.activities.policies import seen_by
from civic_centers.activities.queries.single import KIND
from civic_centers.activities.tables import Activity
from civic_centers.centers.tables import Center
from foundation.access import Actor
from foundation.database import Session
from foundation.search import EVERYBODY, Entry


def entries_of(activities: Iterable[Activity]) -> list[Entry]:
    """What the search index says of activities that are on."""
    return [
        Entry(
            kind=KIND,
            object_id=activity.id or 0,
            community_id=activity.community_id,
            moment=activity.published_at or activity.created_at,
            title=activity.title,
            body=f"{activity.words} {activity.qualification}",
            audiences=[EVERYBODY],
        )
        for activity in activities
        if activity.state == "open"
    ]


def entries_after(session: Session, after: int, limit: int) -> list[Entry]:
    """The entries of the next activities in the order of their ids: for rebuilding the index."""
    wanted = select(Activity).where(col(Activity.id) > after, col(Activity.state) == "open")
    return entries_of(session.exec(wanted.order_by(col(Activity.id)).limit(limit)))


def among(_actor: Actor) -> Mapping[str, Sequence[str]]:
    """Everybody finds activities."""
    return {KIND: [EVERYBODY]}


def found_by(session: Session, actor: Actor, ids: Sequence[int], limit: int) -> list[tuple[Activity, Center]]:
    """Of the activities, with their centers, that the index found those that the actor may see."""
    if not ids:
        return []
    there = select(Activity, Center).join(Center, col(Center.id) == col(Activity.center_id))
    rows = session.execute(there.where(col(Activity.id).in_(ids), seen_by(actor)))
    found = {activity.id or 0: (activity, center) for activity, center in rows}
    return [found[one] for one in ids if one in found][:limit]
