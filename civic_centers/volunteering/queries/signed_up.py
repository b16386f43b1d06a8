"""Who is signed up for the shifts of an activity, so that makers may write to all of them."""

from typing import Any

from sqlalchemy import Select, select
from sqlmodel import col

from civic_centers.activities.tables import ActivitySession
from civic_centers.volunteering.queries.single import STANDING
from civic_centers.volunteering.tables import SignUp, Slot
from foundation import clock
from foundation.access import Actor
from foundation.database import Session


def who_serves(_session: Session, actor: Actor, activity_id: int) -> Select[Any]:
    """The ids of who has, waits for or was offered a place of its slots to come."""
    found: Select[Any] = select(col(SignUp.person_id).label("person_id"))
    return (
        found.join(Slot, col(Slot.id) == col(SignUp.slot_id))
        .join(ActivitySession, col(ActivitySession.id) == col(Slot.session_id))
        .where(
            col(SignUp.community_id) == actor.community_id,
            col(SignUp.state).in_(STANDING),
            col(Slot.state) == "open",
            col(Slot.ends_at) > clock.now(),
            col(ActivitySession.activity_id) == activity_id,
        )
        .distinct()
    )
