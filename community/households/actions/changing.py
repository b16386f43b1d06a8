"""The yes and the no to what one adult proposed for a household."""

from community.households.actions.dividing import divide
from community.households.actions.joining import join
from community.households.actions.telling import adults, tell
from community.households.notices import DONE, NOT_NOW
from community.households.queries.changes import change_for, may_decide
from community.households.tables import HouseholdChange
from community.parties.queries import hold_parties
from community.parties.tables import Party
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def decide_change(session: Session, actor: Actor, change_id: int, *, yes: bool) -> HouseholdChange:
    """Say yes or no to what was proposed: another adult, or somebody of the household that is joined.

    Raises Missing for anybody else and for what is over, Refused when it is no longer possible.
    """
    seen = change_for(session, actor, change_id)
    hold_parties(session, [one for one in (seen.party_id, seen.into_party_id) if one is not None], alone=True)
    change = change_for(session, actor, change_id, lock=True)
    if not may_decide(actor, change):
        raise Missing()
    party = session.get_one(Party, change.party_id)
    concerned = adults(session, change.party_id, actor.person_id) | adults(
        session, change.into_party_id, actor.person_id
    )
    if yes:
        divide(session, change) if change.kind == "divide" else join(session, actor, change)
    _close(session, actor, change, "done" if yes else "declined")
    tell(session, change, concerned, DONE if yes else NOT_NOW, party, "households.show")
    return change


def withdraw_change(session: Session, actor: Actor, change_id: int) -> None:
    """Take back what was proposed: any adult of the household it is about. Raises Missing."""
    change = change_for(session, actor, change_id, lock=True)
    if change.party_id not in actor.party_ids:
        raise Missing()
    _close(session, actor, change, "withdrawn")


def _close(session: Session, actor: Actor, change: HouseholdChange, state: str) -> None:
    change.state, change.decided_at, change.decided_by_id = state, clock.now(), actor.person_id
    session.add(change)
    session.flush()
    audit.record(session, actor, state, "household_change", change.id)
