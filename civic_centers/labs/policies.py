"""Who opens and runs labs, who works in them, and who reads what is not for everybody."""

from typing import Any

from sqlalchemy import ColumnElement, exists, false, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from civic_centers.labs.tables import Lab, LabMember
from community.moderation.policies import own_ids
from community.moderation.queries import blocked_with
from community.parties.policies import acting
from community.parties.tables import PartyMember
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import Missing

TAKE_PART = Permission(
    "member:lab:take_part", ("member", "maker", "administrator"), "Propose community labs, and work in them"
)
OPEN = Permission("zone:lab:open", ("maker", "administrator"), "Open community labs in the zone, and run every one")


def is_member(actor: Actor, lab_id: Any, *states: str) -> ColumnElement[bool]:
    """The condition that the actor's row in a lab, by its id also in a column, is in one of these states."""
    # Under a name of its own, for what is asked may itself be of members; so below.
    mine = aliased(LabMember)
    return exists().where(
        col(mine.lab_id) == lab_id, col(mine.person_id) == actor.person_id, col(mine.state).in_(states)
    )


def of_zones(actor: Actor) -> ColumnElement[bool]:
    """The condition on Lab that the actor makes its zone. Never in another's place."""
    if actor.is_on_behalf or not actor.may(OPEN):
        return false()
    zones = actor.zones_for(OPEN)
    here = col(Lab.community_id) == actor.community_id
    return here if zones is None else here & col(Lab.zone_id).in_(zones)


def run_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on Lab that the actor runs it: its keepers, and the makers of its zone."""
    if actor.person_id is None or actor.is_on_behalf or not actor.may(TAKE_PART):
        return false()
    mine = aliased(LabMember)
    keeps = exists().where(col(mine.lab_id) == col(Lab.id), col(mine.person_id) == actor.person_id, col(mine.is_keeper))
    return (col(Lab.community_id) == actor.community_id) & or_(of_zones(actor), keeps)


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on Lab that the actor may look at its page."""
    here = col(Lab.community_id) == actor.community_id
    shown = col(Lab.opened_at).is_not(None) & col(Lab.hidden_at).is_(None)
    if actor.person_id is None or not actor.may(TAKE_PART):
        return here & shown & col(Lab.is_public)
    return here & or_(shown, of_zones(actor), is_member(actor, col(Lab.id), "in"))


def may_run(session: Session, actor: Actor, lab: Lab) -> bool:
    """Whether the actor runs a lab: its keepers, makers of its zone, administrators. Never in another's place."""
    return session.scalar(select(col(Lab.id)).where(col(Lab.id) == lab.id, run_by(actor))) is not None


def must_run(session: Session, actor: Actor, lab: Lab) -> None:
    """Raises Missing for everybody else."""
    if not may_run(session, actor, lab):
        raise Missing()


def must_open(actor: Actor, lab: Lab) -> None:
    """Raises Missing unless the actor makes the zone of a lab."""
    if lab.community_id != actor.community_id or actor.is_on_behalf or not actor.may(OPEN, lab.zone_id):
        raise Missing()


def parties_inside(session: Session, lab_id: int) -> set[int]:
    """Every party of the people who are in a lab: the one they are there for, and all others they act for."""
    people = select(col(LabMember.person_id)).where(col(LabMember.lab_id) == lab_id, col(LabMember.state) == "in")
    theirs = select(col(PartyMember.party_id)).where(col(PartyMember.person_id).in_(people), *acting())
    there = select(col(LabMember.party_id)).where(
        col(LabMember.lab_id) == lab_id, col(LabMember.state) == "in", col(LabMember.party_id).is_not(None)
    )
    return {party_id for party_id in session.scalars(there.union(theirs)) if party_id is not None}


def parties_of_person(session: Session, person_id: int) -> set[int]:
    """Every party somebody acts for."""
    return set(
        session.scalars(select(col(PartyMember.party_id)).where(col(PartyMember.person_id) == person_id, *acting()))
    )


def is_apart(session: Session, party_ids: set[int], lab_id: int) -> bool:
    """Whether a block stands, whoever set it, between these parties and somebody in a lab; never among one's own."""
    return bool(blocked_with(session, party_ids) & (parties_inside(session, lab_id) - party_ids))


def all_of(actor: Actor) -> set[int]:
    """Every party of the actor."""
    return own_ids(actor)
