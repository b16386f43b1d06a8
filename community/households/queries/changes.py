"""What households are about to change, and who decides on it."""

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from community.households.tables import HouseholdChange
from foundation.access import Actor
from foundation.database import Session, number_of
from foundation.errors import Missing
from foundation.feature import registry


def changes_of(session: Session, actor: Actor) -> list[HouseholdChange]:
    """What is proposed and concerns a household of the actor, whoever is to decide; newest first."""
    statement = select(HouseholdChange).where(
        col(HouseholdChange.community_id) == actor.community_id,
        col(HouseholdChange.state) == "proposed",
        _concerns(actor),
    )
    return list(session.exec(statement.order_by(col(HouseholdChange.id).desc())))


def change_for(session: Session, actor: Actor, change_id: int, *, lock: bool = False) -> HouseholdChange:
    """A change that concerns a household of the actor. Raises Missing for anybody else's, and one that is over."""
    statement = select(HouseholdChange).where(
        col(HouseholdChange.id) == change_id,
        col(HouseholdChange.community_id) == actor.community_id,
        col(HouseholdChange.state) == "proposed",
        _concerns(actor),
    )
    if lock:
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = session.exec(statement).one_or_none()
    if found is None:
        raise Missing()
    return found


def may_decide(actor: Actor, change: HouseholdChange) -> bool:
    """Whether the actor is of the side that says yes or no: another adult, or somebody of the other household."""
    if change.kind == "join":
        return change.into_party_id in actor.party_ids and change.proposed_by_id != actor.person_id
    return change.party_id in actor.party_ids and change.proposed_by_id != actor.person_id


def to_decide(session: Session, actor: Actor) -> list[HouseholdChange]:
    """The changes that wait for the actor's yes or no, oldest first."""
    return list(session.exec(select(HouseholdChange).where(_waits_for(actor)).order_by(col(HouseholdChange.id))))


def number_to_decide(actor: Actor) -> ColumnElement[int] | None:
    """How many these are, as an expression."""
    return number_of(select(col(HouseholdChange.id)).where(_waits_for(actor))) if actor.party_ids else None


def hours_of(session: Session, party_id: int) -> int:
    """The balance of a party in minutes, as the feature that keeps accounts says; 0 where none does."""
    return sum(hook(session, party_id) for hook in registry.hooks("hours_of"))


def is_awaited(session: Session, party_id: int) -> bool:
    """Whether something of a party is still open with others: proposed, agreed, or waiting for a yes."""
    return any(hook(session, party_id) for hook in registry.hooks("party_awaited"))


def _concerns(actor: Actor) -> ColumnElement[bool]:
    ours = actor.party_ids
    return or_(col(HouseholdChange.party_id).in_(ours), col(HouseholdChange.into_party_id).in_(ours))


def _waits_for(actor: Actor) -> ColumnElement[bool]:
    ours = actor.party_ids
    return and_(
        col(HouseholdChange.community_id) == actor.community_id,
        col(HouseholdChange.state) == "proposed",
        col(HouseholdChange.proposed_by_id) != actor.person_id,
        or_(
            and_(col(HouseholdChange.kind) == "divide", col(HouseholdChange.party_id).in_(ours)),
            and_(col(HouseholdChange.kind) == "join", col(HouseholdChange.into_party_id).in_(ours)),
        ),
    )
