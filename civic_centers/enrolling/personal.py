"""What is kept of who came to activities, of who may fetch whom, and of what trainings gave."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func
from sqlmodel import col, or_, select

from civic_centers.activities.tables import ActivitySession
from civic_centers.enrolling.tables import DoorCode, Enrolment, EnrolRequest, PickUp, Qualification
from community.households.tables import Dependant
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row

KIND = "enrolments"
NOBODY = {
    "person_id": None,
    "dependant_id": None,
    "party_id": None,
    "noted_by_id": None,
    "left_with": None,
    "late": False,
}


def _enrolments(session: Session, whose: Whose) -> Iterator[Row]:
    """One's own places, and those of who one looks after; not what was noted of the other adults."""
    ours: Select[Any] = select(col(Dependant.id)).where(col(Dependant.party_id).in_(whose.household_ids))
    mine = or_(col(Enrolment.person_id) == whose.person_id, col(Enrolment.dependant_id).in_(ours))
    here = col(Enrolment.community_id) == whose.community_id
    yield from rows_of(session, Enrolment, here, mine, without=("noted_by_id", "left_with"))
    asked = (col(EnrolRequest.community_id) == whose.community_id, col(EnrolRequest.asked_by_id) == whose.person_id)
    yield from rows_of(session, EnrolRequest, *asked)


def _pick_ups(session: Session, whose: Whose) -> Iterator[Row]:
    """What one has said oneself: who excluded whom is nobody else's to read."""
    return rows_of(session, PickUp, col(PickUp.said_by_id) == whose.person_id)


def _codes(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(DoorCode.community_id) == whose.community_id, col(DoorCode.person_id) == whose.person_id)
    return rows_of(session, DoorCode, *mine, without=("secret", "secret_hash"))


def _qualifications(session: Session, whose: Whose) -> Iterator[Row]:
    here = (col(Qualification.community_id) == whose.community_id, col(Qualification.person_id) == whose.person_id)
    return rows_of(session, Qualification, *here, without=("given_by_id",))


def _clear(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    """Two years after the date: that somebody came stays as a number."""
    ended = select(col(ActivitySession.ends_at)).where(col(ActivitySession.id) == col(Enrolment.session_id))
    community_id = col(Enrolment.community_id)
    somebody = or_(col(Enrolment.person_id).is_not(None), col(Enrolment.dependant_id).is_not(None))
    due = cutoff.passed(ended.scalar_subquery(), community_id) & somebody
    return let_go_of(session, Enrolment, due, limit, community_id=community_id, blank=NOBODY)


def _clear_requests(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    last = (
        select(func.max(col(ActivitySession.ends_at)))
        .join(Enrolment, col(Enrolment.session_id) == col(ActivitySession.id))
        .where(col(Enrolment.request_id) == col(EnrolRequest.id))
        .correlate(EnrolRequest)
    )
    community_id = col(EnrolRequest.community_id)
    somebody = or_(col(EnrolRequest.asked_by_id).is_not(None), col(EnrolRequest.party_id).is_not(None))
    due = cutoff.passed(last.scalar_subquery(), community_id) & somebody
    nobody = {"asked_by_id": None, "party_id": None}
    return let_go_of(session, EnrolRequest, due, limit, community_id=community_id, blank=nobody)


PERSONAL = (
    PersonalData(
        kind=KIND,
        words=N_("The activities you and your people enrolled in, whether you came, and what you gave up late"),
        purpose=N_("So that places go round fairly, and the people of the center know who is there"),
        basis="agreement",
        keeping=N_("Two years after that date; then only that somebody came"),
        rows=_enrolments,
        tables=(Enrolment, EnrolRequest),
    ),
    PersonalData(
        kind="pick_ups",
        words=N_("Who you said may fetch your people, and who may not. Sealed"),
        purpose=N_("So that nobody goes home with the wrong person"),
        basis="vital",
        keeping=N_("Until you take it away, or they are taken off the list"),
        bound="wish",
        rows=_pick_ups,
        tables=(PickUp,),
        on_paper=False,
    ),
    PersonalData(
        kind="door_codes",
        words=N_("The code you show at the door. Sealed"),
        purpose=N_("So that one look is enough to let you and your people in"),
        basis="agreement",
        keeping=N_("Until you make it anew, or leave"),
        rows=_codes,
        tables=(DoorCode,),
    ),
    PersonalData(
        kind="qualifications",
        words=N_("What you have from trainings you attended, and until when"),
        purpose=N_("So that you are asked for what you learnt to do"),
        basis="agreement",
        keeping=N_("Until you leave"),
        rows=_qualifications,
        tables=(Qualification,),
    ),
)
RETENTIONS = (
    Retention(
        name="enrolling.places",
        words=N_("Who came to an activity, and who did not"),
        after=timedelta(days=730),
        clear=_clear,
        kind=KIND,
    ),
    Retention(
        name="enrolling.requests",
        words=N_("Who had enrolled their household"),
        after=timedelta(days=730),
        clear=_clear_requests,
        kind=KIND,
    ),
)
