"""Lists of cycles: what is open, what comes, what was; and one's own orders."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, func, select
from sqlmodel import col

from civic_centers.purchasing.policies import in_sight, keeps_cycle
from civic_centers.purchasing.tables import CycleProduct, OrderCycle, OrderLine, PurchaseOrder
from civic_centers.suppliers.policies import SEE
from civic_centers.suppliers.tables import Supplier
from foundation import clock
from foundation.access import Actor
from foundation.database import Session

A_FEW = 20


def cycles_of(
    session: Session, actor: Actor, states: Sequence[str], *, newest: bool = False
) -> list[tuple[OrderCycle, Supplier]]:
    """The cycles of the community in these states with their suppliers; who closes first, first."""
    if not actor.may(SEE):
        return []
    order = col(OrderCycle.closes_at).desc() if newest else col(OrderCycle.closes_at)
    statement = (
        select(OrderCycle, Supplier)
        .join(Supplier, col(Supplier.id) == col(OrderCycle.supplier_id))
        .where(col(OrderCycle.community_id) == actor.community_id, col(OrderCycle.state).in_(states))
        .where(in_sight(actor))
        .order_by(order, col(OrderCycle.id))
        .limit(A_FEW)
    )
    return [(cycle, supplier) for cycle, supplier in session.execute(statement)]


def ordered_in(session: Session, actor: Actor, cycle_ids: Sequence[int]) -> dict[int, int]:
    """By cycle what the party acted for has ordered, in cents with costs; those without an order are left out."""
    if actor.party_id is None or not cycle_ids:
        return {}
    statement = (
        select(col(PurchaseOrder.cycle_id), func.sum(col(PurchaseOrder.goods_cents) + col(PurchaseOrder.extra_cents)))
        .where(
            col(PurchaseOrder.party_id) == actor.party_id,
            col(PurchaseOrder.cycle_id).in_(cycle_ids),
            col(PurchaseOrder.state) == "standing",
        )
        .group_by(col(PurchaseOrder.cycle_id))
    )
    return {cycle_id: int(cents) for cycle_id, cents in session.execute(statement)}


def to_decide(session: Session, actor: Actor) -> list[OrderCycle]:
    """What waits for a person in charge: a door that is shut, or a price that changed."""
    return list(session.scalars(select(OrderCycle).where(*_awaiting(actor)).order_by(col(OrderCycle.id))))


def number_to_decide(actor: Actor) -> ColumnElement[int] | None:
    """How many such lines there are."""
    if actor.person_id is None or actor.is_on_behalf or not actor.may(SEE):
        return None
    return select(func.count()).select_from(OrderCycle).where(*_awaiting(actor)).scalar_subquery()


def _awaiting(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    priced = select(col(CycleProduct.cycle_id)).where(col(CycleProduct.new_price).is_not(None))
    waits = (col(OrderCycle.state) == "closing") | (
        col(OrderCycle.state).in_(("open", "closed")) & col(OrderCycle.id).in_(priced)
    )
    return (col(OrderCycle.state).in_(("open", "closing", "closed")), waits, keeps_cycle(actor))


def to_answer(session: Session, actor: Actor) -> list[tuple[OrderCycle, CycleProduct]]:
    """What became dearer after the party acted for ordered it, and may still be taken out."""
    statement = (
        select(OrderCycle, CycleProduct)
        .join(CycleProduct, col(CycleProduct.cycle_id) == col(OrderCycle.id))
        .where(*_dearer(actor))
        .order_by(col(CycleProduct.id))
    )
    return [(cycle, product) for cycle, product in session.execute(statement)]


def number_to_answer(actor: Actor) -> ColumnElement[int] | None:
    """How many such lines there are."""
    if actor.party_id is None or not actor.may(SEE):
        return None
    joined = select(func.count()).select_from(CycleProduct)
    return (
        joined.join(OrderCycle, col(OrderCycle.id) == col(CycleProduct.cycle_id))
        .where(*_dearer(actor))
        .scalar_subquery()
    )


def _dearer(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    mine = exists().where(
        col(OrderLine.product_id) == col(CycleProduct.id),
        func.coalesce(col(OrderLine.confirmed), col(OrderLine.ordered)) > 0,
        col(PurchaseOrder.id) == col(OrderLine.order_id),
        col(PurchaseOrder.party_id) == actor.party_id,
        col(PurchaseOrder.state) == "standing",
    )
    return (
        col(OrderCycle.community_id) == actor.community_id,
        col(OrderCycle.state).in_(("open", "closing", "closed")),
        col(CycleProduct.drop_until) > clock.now(),
        mine,
    )
