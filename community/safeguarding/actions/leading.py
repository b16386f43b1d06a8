"""An administrator names who hears of concerns: a lead and a stand-in at least. Who is stopped or leaves is none."""

from collections.abc import Sequence

from sqlmodel import col, select

from community.changes.actions import note_change
from community.members.queries import administrators_of, membership_of
from community.moderation.policies import is_stopped
from community.notifications.actions import notify
from community.safeguarding.notices import FEW_LEADS
from community.safeguarding.policies import must_require
from community.safeguarding.queries import leads_of
from community.safeguarding.rules import FEWEST_LEADS
from community.safeguarding.tables import SafeguardingLead
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Missing, Refused


def name_lead(session: Session, actor: Actor, person_id: int) -> None:
    """Name a member as safeguarding lead; naming one twice changes nothing.

    Raises Missing for who is no member, or is paused or excluded.
    """
    must_require(actor)
    membership = membership_of(session, actor.community_id, person_id)
    stopped = session.scalar(select(is_stopped(actor.community_id, person_id)))
    if membership is None or membership.state != "approved" or stopped:
        raise Missing()
    values = {"community_id": actor.community_id, "person_id": person_id, "since": clock.now()}
    standing = col(SafeguardingLead.until).is_(None)
    if insert_if_absent(session, SafeguardingLead, values, ["community_id", "person_id"], where=standing):
        audit.record(session, actor, "named", "safeguarding_lead", person_id)
        note_change(session, actor, "lead", person_id, "", {"in_use": False}, {"in_use": True})


def end_lead(session: Session, actor: Actor, person_id: int) -> None:
    """Somebody is no lead any more. Raises Missing; Refused where fewer than a lead and a stand-in would be left."""
    must_require(actor)
    standing = _standing(session, actor.community_id)
    lead = next((one for one in standing if one.person_id == person_id), None)
    if lead is None:
        raise Missing()
    if len(standing) <= FEWEST_LEADS:
        raise Refused(
            N_("There must be a lead and a stand-in."), advice=N_("Name somebody else first, then end this one.")
        )
    lead.until = clock.now()
    audit.record(session, actor, "ended", "safeguarding_lead", person_id)
    note_change(session, actor, "lead", person_id, "", {"in_use": True}, {"in_use": False})


def end_lead_with(session: Session, actor: Actor, person_id: int) -> None:
    """Somebody leaves, or is paused or excluded: from now on they hear of nothing, however few leads are left.

    Whoever runs the community is told when these are too few. Coming back they are no lead until they are named anew.
    """
    lead = next((one for one in _standing(session, actor.community_id) if one.person_id == person_id), None)
    if lead is None:
        return
    lead.until = clock.now()
    session.add(lead)
    session.flush()
    audit.record(session, actor, "ended", "safeguarding_lead", person_id)
    if len(leads_of(session, actor.community_id)) >= FEWEST_LEADS:
        return
    for administrator in administrators_of(session, actor.community_id):
        if administrator.id is not None and administrator.id != person_id:
            notify(
                session, person_id=administrator.id, community_id=actor.community_id, notice=FEW_LEADS, params={},
                endpoint="safeguarding.leads", key=f"few-{lead.id}",
            )  # fmt: skip


def _standing(session: Session, community_id: int) -> Sequence[SafeguardingLead]:
    """All leads of a community, held: who ends another at the same moment waits here, and counts anew."""
    return session.scalars(
        select(SafeguardingLead)
        .where(col(SafeguardingLead.community_id) == community_id, col(SafeguardingLead.until).is_(None))
        .order_by(col(SafeguardingLead.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
