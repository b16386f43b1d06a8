"""What happens by itself: offers end, lines are served, people are reminded and keepers warned. One run for each."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.enrolling.actions import (
    dates_soon,
    dates_to_follow,
    dates_to_warn_of,
    due_offers,
    end_with,
    expire_offer,
    follow,
    lines_with_room,
    look_at_consent,
    remind,
    remind_ending,
    serve_line,
    warn,
)
from civic_centers.enrolling.actions.following import REMIND_BEFORE
from civic_centers.enrolling.actions.line import OFFER_ENDS
from civic_centers.enrolling.rules import LIVE
from civic_centers.enrolling.tables import Enrolment
from community.households.tables import Dependant
from community.leaving.rules import Going
from foundation import clock
from foundation.database import Session
from foundation.jobs import Job, enqueue, enqueue_each

CONSENT, SERVE, FOLLOW, REMIND, WARN = (
    "enrolling.consent",
    "enrolling.serve",
    "enrolling.follow",
    "enrolling.remind",
    "enrolling.warn",
)


def consent_changed(session: Session, _community_id: int, dependant_id: int) -> None:
    """Queue a look at the places of somebody for whom a yes may be absent now."""
    enqueue(session, CONSENT, {"dependant": dependant_id}, key=f"{dependant_id}:{clock.now().isoformat()}")


def person_ended(session: Session, community_id: int, party_id: int, _person_id: int) -> None:
    """Queue a look at everybody a household looks after: one adult fewer may fetch them."""
    kept = select(col(Dependant.id)).where(col(Dependant.party_id) == party_id, col(Dependant.removed_at).is_(None))
    for dependant_id in session.scalars(kept.order_by(col(Dependant.id))).all():
        consent_changed(session, community_id, dependant_id or 0)


def somebody_leaves(session: Session, going: Going) -> None:
    """Who leaves comes no more; those whom a household goes on looking after without them are looked at again."""
    end_with(session, going)
    for party_id in going.staying:
        person_ended(session, going.community_id, party_id, going.person_id)


def children_stay_alone(session: Session, activity: Activity) -> None:
    """Queue a look at everybody enrolled there: more is asked of them now than when they enrolled."""
    there = (
        select(col(Enrolment.dependant_id))
        .join(ActivitySession, col(ActivitySession.id) == col(Enrolment.session_id))
        .where(
            col(ActivitySession.activity_id) == activity.id,
            col(ActivitySession.starts_at) > clock.now(),
            col(Enrolment.state).in_(LIVE),
            col(Enrolment.dependant_id).is_not(None),
        )
    )
    for dependant_id in sorted({number for number in session.scalars(there) if number is not None}):
        consent_changed(session, activity.community_id, dependant_id)


def run_consent(session: Session, payload: Mapping[str, Any]) -> None:
    look_at_consent(session, payload["dependant"])


def run_offer(session: Session, payload: Mapping[str, Any]) -> None:
    expire_offer(session, payload["request"])


def run_serve(session: Session, payload: Mapping[str, Any]) -> None:
    serve_line(session, payload["date"])


def run_follow(session: Session, payload: Mapping[str, Any]) -> None:
    follow(session, payload["date"])


def run_remind(session: Session, payload: Mapping[str, Any]) -> None:
    remind(session, payload["date"])


def run_warn(session: Session, payload: Mapping[str, Any]) -> None:
    warn(session, payload["date"])


def run_look(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue a run for everything that is due: each date's trouble is its own."""
    moment = f"{clock.now():%Y-%m-%dT%H:%M}"
    enqueue_each(session, OFFER_ENDS, "request", ((one, f"{version}-late") for one, version in due_offers(session)))
    enqueue_each(session, FOLLOW, "date", ((one, moment) for one in dates_to_follow(session)))
    enqueue_each(session, SERVE, "date", ((one, moment) for one in lines_with_room(session)))
    enqueue_each(session, REMIND, "date", dates_soon(session, REMIND_BEFORE))
    enqueue_each(session, WARN, "date", dates_to_warn_of(session))


def run_qualifications(session: Session, _payload: Mapping[str, Any]) -> None:
    remind_ending(session)


JOBS = (
    Job("enrolling.look", run_look, timedelta(minutes=10), "Offers that end, places that came free, reminders"),
    Job(OFFER_ENDS, run_offer, words="Give an offered place to who waits next"),
    Job(SERVE, run_serve, words="Offer places that came free"),
    Job(FOLLOW, run_follow, words="Put who enrolled for all on the list of a new date"),
    Job(REMIND, run_remind, words="Remind families of a date"),
    Job(WARN, run_warn, words="Tell keepers what is wanting at a date"),
    Job(CONSENT, run_consent, words="Look again at the places of somebody for whom a yes is absent"),
    Job("enrolling.qualifications", run_qualifications, timedelta(hours=12), "Tell people what ends soon"),
)
