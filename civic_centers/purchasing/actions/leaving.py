"""Orders and persons in charge, when people leave, are forgotten or stopped, and when households become one."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, update
from sqlmodel import col, delete, select

from civic_centers.purchasing.actions.holding import ORDER_KIND, hold_alone
from civic_centers.purchasing.actions.quantities import note_move
from civic_centers.purchasing.tables import CycleKeeper, CycleProduct, OrderCycle, OrderLine, PurchaseOrder
from community.leaving.actions.names import names_out
from community.leaving.rules import Going
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session


def leave_orders(session: Session, going: Going) -> None:
    """Who leaves orders no more: what is still open is taken out. What is closed stands, and is owed (hook)."""
    _take_out(session, going.community_id, going.closing)
    _in_charge_no_more(session, going.community_id, going.person_id)


def let_go_of_stopped(session: Session, actor: Actor, person_id: int, party_ids: Collection[int]) -> None:
    """The same of who may not take part, with the parties for which nobody else acts (hook)."""
    _take_out(session, actor.community_id, party_ids)
    _in_charge_no_more(session, actor.community_id, person_id)


def forget_orders(session: Session, going: Going) -> None:
    """Nobody reads any more who ordered: quantities and sums stay, without a name (hook)."""
    here = col(PurchaseOrder.community_id) == going.community_id
    theirs = here & col(PurchaseOrder.party_id).in_(going.closing)
    names_out(session, going, PurchaseOrder, ("reason",), here & (col(PurchaseOrder.reason) != ""))
    _set(session, theirs, party_id=None, for_friend="", reason="")
    _set(session, here & (col(PurchaseOrder.placed_by_id) == going.person_id), placed_by_id=None)
    _in_charge_no_more(session, going.community_id, going.person_id)


def move_to_party(session: Session, party_id: int, into_party_id: int) -> None:
    """The orders of a household that becomes part of another are the other's; a second one of a cycle is numbered on.

    Numbers go to ninety-nine: more households than that do not become one while an order runs (hook).
    """
    mine = col(PurchaseOrder.party_id).in_((party_id, into_party_id))
    rows = session.exec(select(PurchaseOrder).where(mine).order_by(col(PurchaseOrder.cycle_id), col(PurchaseOrder.id)))
    taken: dict[int, set[int]] = {}
    moving = []
    for order in rows.all():
        if order.party_id == into_party_id:
            taken.setdefault(order.cycle_id, set()).add(order.number)
        else:
            moving.append(order)
    for order in moving:
        numbers = taken.setdefault(order.cycle_id, set())
        if order.number in numbers:
            order.number = next(number for number in range(100) if number not in numbers)
        numbers.add(order.number)
        order.party_id = into_party_id
        order.version += 1
        session.add(order)
    session.flush()


def _take_out(session: Session, community_id: int, party_ids: Collection[int]) -> None:
    """Take the orders of some parties out of what is open. Each cycle is held, the smallest number first."""
    statement = (
        select(PurchaseOrder)
        .join(OrderCycle, col(OrderCycle.id) == col(PurchaseOrder.cycle_id))
        .where(
            col(PurchaseOrder.community_id) == community_id,
            col(PurchaseOrder.party_id).in_(party_ids),
            col(PurchaseOrder.state) == "standing",
            col(OrderCycle.state) == "open",
        )
        .order_by(col(PurchaseOrder.cycle_id), col(PurchaseOrder.id))
    )
    for order in session.exec(statement).all():
        if hold_alone(session, order.cycle_id).state != "open":
            continue
        for line in session.exec(select(OrderLine).where(col(OrderLine.order_id) == order.id)).all():
            if not line.ordered:
                continue
            product = session.get_one(CycleProduct, line.product_id)
            session.refresh(product)
            product.ordered -= line.ordered
            gone, line.ordered = line.ordered, 0
            session.add_all((product, line))
            session.flush()
            note_move(session, line, "cancelled", -gone)
        order.state, order.goods_cents, order.changed_at = "dropped", 0, clock.now()
        order.version += 1
        session.add(order)
        session.flush()
        audit.record(session, None, "took_out", ORDER_KIND, order.id, community_id=community_id)


def _in_charge_no_more(session: Session, community_id: int, person_id: int) -> None:
    here = select(col(OrderCycle.id)).where(col(OrderCycle.community_id) == community_id)
    session.exec(
        delete(CycleKeeper)
        .where(col(CycleKeeper.cycle_id).in_(here), col(CycleKeeper.person_id) == person_id)
        .execution_options(synchronize_session=False)
    )


def _set(session: Session, where: ColumnElement[bool], **values: object) -> None:
    statement = update(PurchaseOrder).where(where).values(**values)
    session.exec(statement.execution_options(synchronize_session=False))
