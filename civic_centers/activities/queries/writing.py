"""Who may write to the people of an activity together: features that know who they are declare the audiences."""

from sqlmodel import col, select

from civic_centers.activities.tables import Activity
from civic_centers.centers.tables import Center
from community.broadcasts.policies import WRITE
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def may_write_to_them(session: Session, actor: Actor, activity_id: int) -> bool:
    """Whether the actor looks after the zone of the center, and it is before everybody."""
    found = _with_zone(session, actor, activity_id)
    return found is not None and found[0].is_public and actor.may(WRITE, found[1])


def activity_written_about(session: Session, actor: Actor, activity_id: int) -> tuple[str, int | None]:
    """What it is called, and the zone of its center. Raises Missing for who may not write about it."""
    found = _with_zone(session, actor, activity_id)
    if found is None or not may_write_to_them(session, actor, activity_id):
        raise Missing()
    return found[0].title, found[1]


def _with_zone(session: Session, actor: Actor, activity_id: int) -> tuple[Activity, int] | None:
    statement = (
        select(Activity, col(Center.zone_id))
        .join(Center, col(Center.id) == col(Activity.center_id))
        .where(col(Activity.id) == activity_id, col(Activity.community_id) == actor.community_id)
    )
    found = session.execute(statement).one_or_none()
    return None if found is None else (found[0], found[1])
