"""What the orders of a cycle come to, for who reckons with families (civic_centers.reckoning).

Whoever keeps accounts upon it registers the hook `order_sums_changed(session, actor, cycle, bills)`: it is called in
the transaction of the deed with the OrderCycle and the OrderBill of every order whose sums may have changed,

- when a cycle was closed and its quantities and costs stand (`actor` is None where a job did it),
- whenever afterwards a sum is changed: by the person in charge, by weighing, by extra costs, by a dropped line,
- when the cycle or an order of it is cancelled after closing (the sums are zero then),
- when it is done (`is_final`).

It says what an order comes to now, never a difference: who keeps append-only lines writes what is missing to that sum,
and so being told twice changes nothing. While a cycle is open nothing is owed, and nobody is told.
"""

from collections.abc import Collection

from sqlmodel import col, select

from civic_centers.purchasing.rules.bills import OrderBill
from civic_centers.purchasing.tables import OrderCycle, PurchaseOrder
from foundation.database import Session

OWING = ("closed", "sent", "delivered", "done")
"""The states of a cycle in which its orders come to something."""


def bills_of(session: Session, cycle: OrderCycle, order_ids: Collection[int] | None = None) -> list[OrderBill]:
    """What each order of a cycle comes to, in the order they were placed; only of some where they are named.

    Empty while the cycle is planned, open or being closed: there are no sums yet.
    """
    if cycle.state not in (*OWING, "cancelled"):
        return []
    statement = select(PurchaseOrder).where(col(PurchaseOrder.cycle_id) == cycle.id).order_by(col(PurchaseOrder.id))
    if order_ids is not None:
        statement = statement.where(col(PurchaseOrder.id).in_(order_ids))
    return [bill_of(cycle, order) for order in session.exec(statement)]


def bill_of(cycle: OrderCycle, order: PurchaseOrder) -> OrderBill:
    """What one order of the cycle comes to."""
    owes = order.state == "standing" and cycle.state in OWING
    return OrderBill(
        order_id=order.id or 0,
        cycle_id=order.cycle_id,
        party_id=order.party_id,
        number=order.number,
        goods_cents=order.goods_cents if owes else 0,
        extra_cents=order.extra_cents if owes else 0,
        is_final=cycle.state in ("done", "cancelled"),
    )
