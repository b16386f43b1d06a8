"""What who attended a training has from then on."""

from collections.abc import Collection
from datetime import timedelta

from sqlmodel import col, select

from civic_centers.activities.policies import must_run
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.enrolling.notices import ENDS_SOON
from civic_centers.enrolling.rules import valid_until
from civic_centers.enrolling.tables import Enrolment, Qualification
from community.communities.queries import community_of, open_communities
from community.notifications.actions import notify
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_new
from foundation.errors import N_, Invalid, Missing

KIND = "qualification"
REMIND_BEFORE = timedelta(days=30)


def give_qualification(session: Session, actor: Actor, session_id: int, enrolment_ids: Collection[int]) -> int:
    """Give what the training gives to adults who came on its last day; who has it from then already keeps it.

    How many have it anew. Raises Missing, Invalid for nobody or for somebody who did not come.
    """
    one = session.get(ActivitySession, session_id)
    if one is None or one.community_id != actor.community_id:
        raise Missing()
    must_run(session, actor, one.activity_id)
    activity = session.get_one(Activity, one.activity_id)
    if not activity.qualification:
        raise Missing()
    statement = select(Enrolment).where(col(Enrolment.session_id) == session_id, col(Enrolment.id).in_(enrolment_ids))
    rows = list(session.exec(statement.order_by(col(Enrolment.id)))) if enrolment_ids else []
    if not rows or any(row.came_at is None or row.person_id is None for row in rows):
        raise Invalid(N_("Choose among the adults who came."), field="who")
    from_on = clock.local(one.starts_at, community_of(session, one.community_id).time_zone).date()
    given = 0
    for row in rows:
        values = {
            "community_id": one.community_id,
            "person_id": row.person_id,
            "name": activity.qualification,
            "session_id": session_id,
            "from_on": from_on,
            "until_on": valid_until(from_on, activity.valid_months),
            "given_by_id": actor.recorder_id,
            "given_at": clock.now(),
        }
        made = insert_new(session, Qualification, values, conflict=["session_id", "person_id"])
        if made is not None:
            given += 1
            audit.record(session, actor, "given", KIND, made, person=row.person_id)
    return given


def take_back_qualification(session: Session, actor: Actor, qualification_id: int) -> None:
    """It was a mistake. Raises Missing."""
    found = session.get(Qualification, qualification_id)
    if found is None or found.community_id != actor.community_id:
        raise Missing()
    one = session.get_one(ActivitySession, found.session_id)
    must_run(session, actor, one.activity_id)
    session.delete(found)
    session.flush()
    audit.record(session, actor, "taken_back", KIND, qualification_id, person=found.person_id)


def remind_ending(session: Session) -> int:
    """Tell whose qualification ends within a month, once, where they have no later one. How many were told."""
    told = 0
    for community in open_communities(session):
        today = clock.today(community.time_zone)
        near = col(Qualification.until_on).between(today, today + REMIND_BEFORE)
        statement = select(Qualification).where(col(Qualification.community_id) == community.id, near)
        for one in session.exec(statement.order_by(col(Qualification.id))).all():
            later = select(col(Qualification.id)).where(
                col(Qualification.person_id) == one.person_id,
                col(Qualification.community_id) == community.id,
                col(Qualification.name) == one.name,
                col(Qualification.until_on).is_(None) | (col(Qualification.until_on) > one.until_on),
            )
            if session.scalar(later.limit(1)) is not None:
                continue
            told += notify(
                session,
                person_id=one.person_id,
                community_id=community.id,
                notice=ENDS_SOON,
                params={"training": one.name, "until_on": one.until_on},
                endpoint="enrolling.mine",
                key=f"{one.id}",
            )
    return told
