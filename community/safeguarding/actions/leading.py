"""An administrator names who hears of concerns, at least a lead and a stand-in."""

from sqlalchemy import func
from sqlmodel import col, select

from community.changes.actions import note_change
from community.members.queries import membership_of
from community.safeguarding.policies import must_require
from community.safeguarding.rules import FEWEST_LEADS
from community.safeguarding.tables import SafeguardingLead
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused


def name_lead(session: Session, actor: Actor, person_id: int) -> None:
    """Name a member as safeguarding lead; naming one twice changes nothing. Raises Missing."""
    must_require(actor)
    membership = membership_of(session, actor.community_id, person_id)
    if membership is None or membership.state != "approved":
        raise Missing()
    if _standing(session, actor.community_id, person_id) is None:
        session.add(SafeguardingLead(community_id=actor.community_id, person_id=person_id))
        session.flush()
        audit.record(session, actor, "named", "safeguarding_lead", person_id)
        note_change(session, actor, "lead", person_id, "", {"in_use": False}, {"in_use": True})


def end_lead(session: Session, actor: Actor, person_id: int) -> None:
    """Somebody is no lead any more. Raises Missing; Refused where fewer than a lead and a stand-in would be left."""
    must_require(actor)
    lead = _standing(session, actor.community_id, person_id)
    if lead is None:
        raise Missing()
    count = session.scalar(
        select(func.count()).where(
            col(SafeguardingLead.community_id) == actor.community_id, col(SafeguardingLead.until).is_(None)
        )
    )
    if (count or 0) <= FEWEST_LEADS:
        raise Refused(
            N_("There must be a lead and a stand-in."), advice=N_("Name somebody else first, then end this one.")
        )
    lead.until = clock.now()
    audit.record(session, actor, "ended", "safeguarding_lead", person_id)
    note_change(session, actor, "lead", person_id, "", {"in_use": True}, {"in_use": False})


def _standing(session: Session, community_id: int, person_id: int) -> SafeguardingLead | None:
    return session.scalars(
        select(SafeguardingLead)
        .where(
            col(SafeguardingLead.community_id) == community_id,
            col(SafeguardingLead.person_id) == person_id,
            col(SafeguardingLead.until).is_(None),
        )
        .with_for_update()
    ).first()
