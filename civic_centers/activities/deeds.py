"""What the record says of activities and their dates."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from civic_centers.activities.queries.single import KIND, SESSION
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.deeds import of_center
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_


def of_activity(actor: Actor, activity_id: Any) -> ColumnElement[bool]:
    """The condition that an activity is held at a center whose record the actor reads."""
    return exists().where(col(Activity.id) == activity_id, of_center(actor, col(Activity.center_id)))


def of_session(actor: Actor, session_id: Any) -> ColumnElement[bool]:
    """The same of one of its dates."""
    return exists().where(col(ActivitySession.id) == session_id, of_center(actor, col(ActivitySession.center_id)))


DEEDS = (
    DeedKind(
        kind=KIND,
        words=N_("Activity"),
        verbs={
            "made": N_("Activity of a civic center begun"),
            "changed": N_("Activity of a civic center changed"),
            "published": N_("Activity of a civic center published"),
            "added_dates": N_("Dates of an activity added"),
            "added_rhythm": N_("Rhythm of an activity begun"),
            "laid_out": N_("Dates of an activity laid out by themselves"),
            "changed_dates": N_("Several dates of an activity changed"),
            "ended_rhythm": N_("Rhythm of an activity ended"),
            "cancelled": N_("Activity of a civic center called off"),
            "ended": N_("Activity of a civic center is over"),
        },
        read_by=of_activity,
        endpoint="activities.show",
        parameter="activity_id",
    ),
    DeedKind(
        kind=SESSION,
        words=N_("Date of an activity"),
        verbs={
            "changed": N_("Date of an activity changed"),
            "cancelled": N_("Date of an activity called off"),
            "restored": N_("Date of an activity that was called off takes place after all"),
            "lost_room": N_("Date of an activity lost its room"),
        },
        read_by=of_session,
    ),
)
