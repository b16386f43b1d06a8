"""Who runs activities: the keepers of the center they are held in. Everybody may look at what is open."""

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select

from civic_centers.activities.tables import Activity
from civic_centers.centers.policies import kept, may_keep
from civic_centers.centers.tables import Center
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def run_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on Activity that the actor keeps its center."""
    # On its own, for what is asked may join the centers itself.
    return col(Activity.center_id).in_(select(col(Center.id)).where(kept(actor)).correlate(None))


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on Activity that the actor may look at it: what was published, and drafts of who runs them."""
    here = col(Activity.community_id) == actor.community_id
    return here & or_(col(Activity.published_at).is_not(None), run_by(actor))


def may_run(session: Session, actor: Actor, activity_id: int) -> bool:
    """Whether the actor changes an activity, enrols others and sees who comes. Never in another's place."""
    found = select(col(Activity.center_id)).where(col(Activity.id) == activity_id)
    center_id = session.scalar(found)
    return center_id is not None and may_keep(session, actor, center_id)


def must_run(session: Session, actor: Actor, activity_id: int) -> None:
    """Raises Missing for everybody else."""
    if not may_run(session, actor, activity_id):
        raise Missing()
