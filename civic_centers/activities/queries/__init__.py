"""Activities and their sessions as somebody may see them."""

from civic_centers.activities.policies import may_run
from civic_centers.activities.tables import Activity, ActivitySession
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def activity_visible_to(session: Session, actor: Actor, activity_id: int) -> Activity:
    """An activity of the community; a draft only for who runs it. Raises Missing."""
    activity = session.get(Activity, activity_id)
    if activity is None or activity.community_id != actor.community_id:
        raise Missing()
    if activity.state == "draft" and not may_run(session, actor, activity_id):
        raise Missing()
    return activity


def session_visible_to(session: Session, actor: Actor, session_id: int) -> tuple[ActivitySession, Activity]:
    """One date of an activity that the actor may see. Raises Missing."""
    one = session.get(ActivitySession, session_id)
    if one is None:
        raise Missing()
    return one, activity_visible_to(session, actor, one.activity_id)
