"""What the record says of places: that somebody enrolled, left or came, never a word about why."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.deeds import of_center
from civic_centers.enrolling.tables import DoorCode, EnrolRequest, Qualification
from community.deeds.policies import is_myself, is_own_party, through
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_


def _of_request(actor: Actor, request_id: Any) -> ColumnElement[bool]:
    return exists().where(
        col(EnrolRequest.id) == request_id,
        col(Activity.id) == col(EnrolRequest.activity_id),
        of_center(actor, col(Activity.center_id)),
    )


def _of_qualification(actor: Actor, qualification_id: Any) -> ColumnElement[bool]:
    return exists().where(
        col(Qualification.id) == qualification_id,
        col(ActivitySession.id) == col(Qualification.session_id),
        of_center(actor, col(ActivitySession.center_id)),
    )


def _of_date(actor: Actor, session_id: Any) -> ColumnElement[bool]:
    return exists().where(col(ActivitySession.id) == session_id, of_center(actor, col(ActivitySession.center_id)))


DEEDS = (
    DeedKind(
        kind="list_of_a_date",
        words=N_("List of who is at a date"),
        verbs={"closed": N_("Noted how many were missing")},
        read_by=_of_date,
    ),
    DeedKind(
        kind="enrolment",
        words=N_("Places at an activity"),
        verbs={
            "enrolled": N_("Enrolled in an activity"),
            "waits": N_("Waits for a place at an activity"),
            "accepted": N_("Offered place accepted"),
            "declined": N_("Offered place not wanted"),
            "lapsed": N_("Offered place went to who waits next"),
            "left": N_("Place at an activity given up"),
            "cannot_come": N_("Said they cannot come"),
            "comes": N_("Comes after all"),
            "swapped": N_("Somebody else of the household comes"),
            "lost": N_("Place at an activity ended with something else"),
            "stepped_back": N_("Waits again, because there are fewer places"),
            "restored": N_("Takes place after all"),
            "came": N_("Written down as there"),
            "not_come": N_("Taken off the list of who is there"),
            "went_home": N_("Written down as gone home"),
        },
        read_by=_of_request,
        concerning=through(EnrolRequest.id, is_own_party, EnrolRequest.party_id),
        told=("enrolled", "waits", "accepted", "declined", "left", "cannot_come", "swapped", "lost", "came"),
    ),
    DeedKind(
        kind="door_code",
        words=N_("Code for the door"),
        verbs={"renewed": N_("Code for the door made anew")},
        concerning=through(DoorCode.id, is_myself, DoorCode.person_id),
        told=("renewed",),
    ),
    DeedKind(
        kind="qualification",
        words=N_("What somebody has from a training"),
        verbs={"given": N_("Given after a training"), "taken_back": N_("Taken back: it was a mistake")},
        read_by=_of_qualification,
        concerning=through(Qualification.id, is_myself, Qualification.person_id),
        told=("given", "taken_back"),
    ),
)
