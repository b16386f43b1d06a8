"""One cycle, found and allowed in one call; its products, places, costs and orders."""

from collections.abc import Sequence

from sqlmodel import col, select

from civic_centers.purchasing.policies import in_sight, keeps_cycle
from civic_centers.purchasing.tables import (
    CycleKeeper,
    CyclePlace,
    CycleProduct,
    ExtraCost,
    OrderCycle,
    OrderLine,
    PurchaseOrder,
)
from civic_centers.suppliers.policies import SEE
from civic_centers.suppliers.tables import Supplier
from community.communities.queries import community_of
from community.members.tables import Person
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def cycle_visible_to(session: Session, actor: Actor, cycle_id: int) -> OrderCycle:
    """A cycle of the community, for its members, unless it was taken out of their sight. Raises Missing."""
    here = (col(OrderCycle.id) == cycle_id, col(OrderCycle.community_id) == actor.community_id)
    cycle = session.exec(select(OrderCycle).where(*here, in_sight(actor))).one_or_none()
    if cycle is None or not actor.may(SEE):
        raise Missing()
    return cycle


def cycle_seen(session: Session, actor: Actor, cycle_id: int) -> tuple[OrderCycle, Supplier, bool]:
    """The same with its supplier, and whether the actor keeps it, in one question. Raises Missing."""
    statement = (
        select(OrderCycle, Supplier, keeps_cycle(actor))
        .join(Supplier, col(Supplier.id) == col(OrderCycle.supplier_id))
        .where(col(OrderCycle.id) == cycle_id, col(OrderCycle.community_id) == actor.community_id)
    )
    found = session.execute(statement).one_or_none()
    if found is None or not actor.may(SEE):
        raise Missing()
    cycle, supplier, keeps = found
    if cycle.hidden_at is not None and not keeps:
        cycle_visible_to(session, actor, cycle_id)  # hardly ever: asking for it each time would cost every page
    return cycle, supplier, bool(keeps)


def may_keep(session: Session, actor: Actor, cycle_id: int) -> bool:
    """Whether the actor keeps a cycle."""
    return (
        session.scalar(select(col(OrderCycle.id)).where(col(OrderCycle.id) == cycle_id, keeps_cycle(actor))) is not None
    )


def cycle_to_keep(session: Session, actor: Actor, cycle_id: int) -> OrderCycle:
    """The same for who keeps it. Raises Missing."""
    found = session.exec(select(OrderCycle).where(col(OrderCycle.id) == cycle_id, keeps_cycle(actor))).one_or_none()
    if found is None:
        raise Missing()
    return found


def products_of(session: Session, cycle_id: int) -> list[CycleProduct]:
    """What is offered in a cycle, or was, by category and name."""
    statement = select(CycleProduct).where(col(CycleProduct.cycle_id) == cycle_id)
    return list(
        session.exec(statement.order_by(col(CycleProduct.category), col(CycleProduct.name), col(CycleProduct.id)))
    )


def product_of(session: Session, cycle_id: int, product_id: int) -> CycleProduct:
    """One of them by its own number. Raises Missing."""
    found = session.get(CycleProduct, product_id)
    if found is None or found.cycle_id != cycle_id:
        raise Missing()
    return found


def places_of(session: Session, cycle_id: int) -> list[CyclePlace]:
    """Where it is fetched, in order of time."""
    statement = select(CyclePlace).where(col(CyclePlace.cycle_id) == cycle_id)
    return list(session.exec(statement.order_by(col(CyclePlace.starts_at), col(CyclePlace.id))))


def costs_of(session: Session, cycle_id: int) -> list[ExtraCost]:
    """The extra costs, in the order they were written down."""
    return list(session.exec(select(ExtraCost).where(col(ExtraCost.cycle_id) == cycle_id).order_by(col(ExtraCost.id))))


def keepers_of(session: Session, cycle_id: int) -> list[Person]:
    """The persons in charge, in the order they were named."""
    statement = (
        select(Person)
        .join(CycleKeeper, col(CycleKeeper.person_id) == col(Person.id))
        .where(col(CycleKeeper.cycle_id) == cycle_id)
        .order_by(col(CycleKeeper.since), col(Person.id))
    )
    return list(session.exec(statement))


def orders_of(session: Session, cycle_id: int, *, standing: bool = True) -> list[PurchaseOrder]:
    """The orders of a cycle, in the order they were placed."""
    statement = select(PurchaseOrder).where(col(PurchaseOrder.cycle_id) == cycle_id)
    if standing:
        statement = statement.where(col(PurchaseOrder.state) == "standing")
    return list(session.exec(statement.order_by(col(PurchaseOrder.id))))


def own_orders(session: Session, actor: Actor, cycle_id: int) -> list[PurchaseOrder]:
    """The standing orders of the party acted for, its own first."""
    if actor.party_id is None:
        return []
    mine = (col(PurchaseOrder.cycle_id) == cycle_id, col(PurchaseOrder.party_id) == actor.party_id)
    statement = select(PurchaseOrder).where(*mine, col(PurchaseOrder.state) == "standing")
    return list(session.exec(statement.order_by(col(PurchaseOrder.number))))


def own_order(session: Session, actor: Actor, cycle_id: int, number: int) -> PurchaseOrder | None:
    """One order of the party acted for, standing or not; None where there never was one."""
    mine = (
        col(PurchaseOrder.cycle_id) == cycle_id,
        col(PurchaseOrder.party_id) == actor.party_id,
        col(PurchaseOrder.number) == number,
    )
    return session.exec(select(PurchaseOrder).where(*mine)).one_or_none() if actor.party_id is not None else None


def order_for(session: Session, actor: Actor, cycle_id: int, order_id: int) -> PurchaseOrder:
    """An order, for its household and for who keeps the cycle. Raises Missing."""
    order = session.get(PurchaseOrder, order_id)
    if order is None or order.cycle_id != cycle_id or order.community_id != actor.community_id:
        raise Missing()
    if (order.party_id is None or order.party_id != actor.party_id) and not may_keep(session, actor, cycle_id):
        raise Missing()
    return order


def lines_of(session: Session, order_ids: Sequence[int]) -> list[OrderLine]:
    """The lines of some orders, in the order they were written."""
    if not order_ids:
        return []
    return list(
        session.exec(select(OrderLine).where(col(OrderLine.order_id).in_(order_ids)).order_by(col(OrderLine.id)))
    )


def zone_of_clock(session: Session, cycle: OrderCycle) -> str:
    """The time zone in which its hours are meant."""
    return community_of(session, cycle.community_id).time_zone
