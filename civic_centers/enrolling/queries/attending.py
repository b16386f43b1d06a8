"""Who comes to an activity, so that makers may write to all of them; no child among them, and no child's name."""

from typing import Any

from sqlalchemy import Select, exists, union
from sqlalchemy import select as columns
from sqlmodel import col

from civic_centers.activities.tables import ActivitySession
from civic_centers.enrolling.rules import LIVE
from civic_centers.enrolling.tables import Enrolment, EnrolRequest
from community.parties.policies import acting
from community.parties.tables import PartyMember
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, table_of


def who_comes(_session: Session, actor: Actor, activity_id: int) -> Select[Any]:
    """The ids of the adults who come or wait, and of who enrolled others; once they are gone, of their household."""
    rows = (
        (col(Enrolment.community_id) == actor.community_id)
        & (col(ActivitySession.activity_id) == activity_id)
        & (col(ActivitySession.state) == "planned")
        & (col(ActivitySession.ends_at) > clock.now())
        & col(Enrolment.state).in_(LIVE)
    )
    own: Select[Any] = columns(col(Enrolment.person_id).label("person_id")).join(
        ActivitySession, col(ActivitySession.id) == col(Enrolment.session_id)
    )
    asked = (
        columns(col(EnrolRequest.id))
        .join(Enrolment, col(Enrolment.request_id) == col(EnrolRequest.id))
        .join(ActivitySession, col(ActivitySession.id) == col(Enrolment.session_id))
        .where(rows)
    )
    beside = table_of(PartyMember).alias()
    still_there = exists().where(
        beside.c.party_id == col(EnrolRequest.party_id), beside.c.person_id == col(EnrolRequest.asked_by_id)
    )
    behind: Select[Any] = (
        columns(col(PartyMember.person_id).label("person_id"))
        .join(EnrolRequest, col(EnrolRequest.party_id) == col(PartyMember.party_id))
        .where(
            col(EnrolRequest.id).in_(asked),
            (col(PartyMember.person_id) == col(EnrolRequest.asked_by_id)) | ~still_there,
            *acting(),
        )
    )
    found = union(own.where(rows, col(Enrolment.person_id).is_not(None)), behind).subquery()
    return columns(found.c.person_id)
