"""Households that may be added to an order after it closed."""

from sqlalchemy import exists
from sqlmodel import col, select

from civic_centers.purchasing.tables import PurchaseOrder
from community.members.queries import members_list
from community.parties.policies import is_awake, not_blocked
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

FEW = 20


def has_ordered(session: Session, cycle_id: int, party_id: int) -> bool:
    """Whether an order of the household for itself stands."""
    mine = (
        col(PurchaseOrder.cycle_id) == cycle_id,
        col(PurchaseOrder.party_id) == party_id,
        col(PurchaseOrder.number) == 0,
        col(PurchaseOrder.state) == "standing",
    )
    return bool(session.scalar(select(exists().where(*mine))))


def households_named(session: Session, actor: Actor, words: str) -> tuple[list[Party], bool]:
    """A few called like this, the actor's own among them, and whether there are more. Raises Missing for no member."""
    if not words.strip():
        return [], False
    found = members_list(session, actor, words=words, kind="household", limit=FEW)
    return [one.party for one in found.members], found.next_after is not None


def household_to_add(session: Session, actor: Actor, party_id: int) -> Party:
    """A household of the community that the actor may find by name. Raises Missing."""
    statement = select(Party).where(
        col(Party.id) == party_id,
        col(Party.community_id) == actor.community_id,
        col(Party.kind) == "household",
        col(Party.closed_at).is_(None),
        not_blocked(actor, col(Party.id)),
        is_awake(actor.community_id, col(Party.id)),
    )
    party = session.exec(statement.execution_options(populate_existing=True)).one_or_none()
    if party is None:
        raise Missing()
    return party
