"""Who orders, and who keeps a cycle: whoever keeps the purchasing of its zone, and the persons in charge of it."""

from typing import Any

from sqlalchemy import ColumnElement, exists, false, or_
from sqlmodel import col

from civic_centers.purchasing.tables import CycleKeeper, OrderCycle, PurchaseOrder
from civic_centers.suppliers.policies import KEEP, keeps_zone
from foundation.access import Actor, Permission
from foundation.errors import Missing

ORDER = Permission("member:order:place", ("member",), "Order for one's household, or for a friend, in a shared order")


def keeps_cycle(actor: Actor) -> ColumnElement[bool]:
    """The condition on OrderCycle that the actor keeps it. Never in another's place."""
    if actor.is_on_behalf or not actor.may(KEEP):
        return false()
    here = col(OrderCycle.community_id) == actor.community_id
    return here & or_(keeps_zone(actor, col(OrderCycle.zone_id)), in_charge(actor.person_id))


def in_charge(person_id: Any) -> ColumnElement[bool]:
    """The condition on OrderCycle that a person was put in charge of it."""
    return exists().where(col(CycleKeeper.cycle_id) == col(OrderCycle.id), col(CycleKeeper.person_id) == person_id)


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """The condition on OrderCycle that no maker took it out of the actor's sight.

    Who keeps it and the households whose order stands in it go on seeing it: they have to give it out, and pay it.
    """
    shown = or_(col(OrderCycle.hidden_at).is_(None), keeps_cycle(actor))
    if actor.party_id is None:
        return shown
    theirs = exists().where(
        col(PurchaseOrder.cycle_id) == col(OrderCycle.id),
        col(PurchaseOrder.party_id) == actor.party_id,
        col(PurchaseOrder.state) == "standing",
    )
    return or_(shown, theirs)


def must_order(actor: Actor) -> int:
    """The party acted for. Raises Missing for who orders nothing."""
    if not actor.may(ORDER):
        raise Missing()
    return actor.must_be_party()
