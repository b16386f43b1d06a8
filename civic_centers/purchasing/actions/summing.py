"""What orders come to after closing: their lines, and their shares of the extra costs, to the cent."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlmodel import col

from civic_centers.purchasing.queries.bills import OWING, bills_of
from civic_centers.purchasing.queries.single import costs_of, orders_of
from civic_centers.purchasing.rules.limits import MOST_CENTS
from civic_centers.purchasing.rules.sharing import shares
from civic_centers.purchasing.tables import CycleProduct, ExtraCost, OrderCycle, OrderLine, PurchaseOrder
from civic_centers.suppliers.rules import line_cents
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Refused
from foundation.feature import registry


def resum(session: Session, actor: Actor | None, cycle: OrderCycle, *, tell_all: bool = False) -> list[PurchaseOrder]:
    """Work out every standing order of a closed cycle anew; those whose sum changed.

    Announces `order_sums_changed(session, actor, cycle, bills)` for them, or for all with `tell_all`. Raises Refused
    where an order comes to more than can be reckoned with.
    """
    session.flush()
    orders = orders_of(session, cycle.id or 0)
    goods, weights = _sums(session, cycle)
    values = [goods.get(order.id or 0, 0) for order in orders]
    extras = split(costs_of(session, cycle.id or 0), values, [weights.get(order.id or 0, 0) for order in orders])
    changed = []
    for order, value, extra in zip(orders, values, extras, strict=True):
        if (order.goods_cents, order.extra_cents) == (value, extra):
            continue
        if value > MOST_CENTS or extra > MOST_CENTS:
            raise Refused(N_("An order comes to more than can be reckoned with: look at the quantities."))
        order.goods_cents, order.extra_cents, order.changed_at = value, extra, clock.now()
        order.version += 1
        session.add(order)
        changed.append(order)
    session.flush()
    announce(session, actor, cycle, None if tell_all else [order.id or 0 for order in changed])
    return changed


def announce(session: Session, actor: Actor | None, cycle: OrderCycle, order_ids: Collection[int] | None) -> None:
    """Say what orders come to now, to whoever keeps accounts upon it; None: of all, those taken out too."""
    if cycle.state not in (*OWING, "cancelled") or (order_ids is not None and not order_ids):
        return
    bills = bills_of(session, cycle, order_ids)
    for hook in registry.hooks("order_sums_changed"):
        hook(session, actor, cycle, bills)


def split(costs: Sequence[ExtraCost], values: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Everybody's share of all extra costs, in cents: they sum to the costs exactly wherever anybody ordered anything.

    `values` are the goods of each order in cents, `weights` theirs in thousandths of a gram. A cost by weight of which
    nothing is known is split by value; where nothing has a value, by head. Who gets nothing pays nothing.
    """
    heads = [1 if value > 0 else 0 for value in values]
    shared = [0] * len(values)
    if not any(heads):
        return shared
    parts = {"value": values, "weight": weights if any(weights) else values, "head": heads}
    for cost in costs:
        for place, share in enumerate(shares(cost.cents, parts[cost.split])):
            shared[place] += share
    return shared


def _sums(session: Session, cycle: OrderCycle) -> tuple[dict[int, int], dict[int, int]]:
    """By order: the goods in cents, each line rounded once; and the weight in thousandths of a gram."""
    statement = (
        select(
            col(OrderLine.order_id),
            col(OrderLine.confirmed),
            col(OrderLine.delivered),
            col(CycleProduct.price),
            col(CycleProduct.grams),
        )
        .join(CycleProduct, col(CycleProduct.id) == col(OrderLine.product_id))
        .where(col(CycleProduct.cycle_id) == cycle.id, col(OrderLine.confirmed).is_not(None))
    )
    goods: dict[int, int] = {}
    weights: dict[int, int] = {}
    for order_id, confirmed, delivered, price, grams in session.execute(statement):
        quantity = confirmed if delivered is None else delivered
        goods[order_id] = goods.get(order_id, 0) + line_cents(price, quantity)
        weights[order_id] = weights.get(order_id, 0) + grams * quantity
    return goods, weights
