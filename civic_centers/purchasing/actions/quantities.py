"""What single orders get of each product after closing: quantities confirmed or delivered, and every move of them."""

from collections.abc import Mapping, Sequence

from sqlmodel import col, select

from civic_centers.purchasing.queries.single import product_of
from civic_centers.purchasing.tables import CycleProduct, LineMove, OrderCycle, OrderLine, PurchaseOrder
from civic_centers.suppliers.rules import MOST_QUANTITY
from foundation.database import Session
from foundation.errors import N_, Invalid, Refused


def put_quantities(
    session: Session,
    cycle: OrderCycle,
    order: PurchaseOrder,
    lines: Sequence[OrderLine],
    quantities: Mapping[int, int],
) -> bool:
    """Whether an order gets other quantities now, by CycleProduct. Raises Missing, Invalid, Refused."""
    there, changed = {one.product_id: one for one in lines}, False
    for product_id in sorted(quantities):
        product = product_of(session, cycle.id or 0, product_id)
        line = there.get(product_id) or OrderLine(
            community_id=cycle.community_id, order_id=order.id or 0, product_id=product_id, ordered=0, confirmed=0
        )
        changed = _give(session, cycle, product, line, quantities[product_id]) or changed
    return changed


def lines_held(session: Session, order_ids: Sequence[int]) -> list[OrderLine]:
    """The lines of some orders as they stand now."""
    statement = select(OrderLine).where(col(OrderLine.order_id).in_(order_ids))
    return list(session.exec(statement.execution_options(populate_existing=True)))


def note_move(session: Session, line: OrderLine, kind: str, delta: int) -> None:
    """Write down by how much a quantity changed, and why."""
    if delta:
        session.add(LineMove(community_id=line.community_id, line_id=line.id or 0, kind=kind, delta=delta))
        session.flush()


def _give(session: Session, cycle: OrderCycle, product: CycleProduct, line: OrderLine, wanted: int) -> bool:
    """Whether a line has another quantity now. Raises Invalid, Refused."""
    field = f"q{product.id}"
    if not 0 <= wanted <= MOST_QUANTITY:
        raise Invalid(N_("“%(product)s”: that is not a quantity one can order."), field=field, product=product.name)
    is_there = cycle.state == "delivered"
    before = (line.delivered if line.delivered is not None else line.confirmed) or 0
    if wanted == before:
        return False
    if wanted > before and not is_there:
        if product.state != "offered":
            raise Invalid(N_("“%(product)s” is not offered any more."), field=field, product=product.name)
        if product.most is not None and _confirmed(session, product) + wanted - before > product.most:
            raise Refused(N_("There is not so much of “%(product)s” any more."), field=field, product=product.name)
    if is_there or line.delivered is not None:
        line.delivered = wanted
    else:
        line.confirmed = wanted
    session.add(line)
    session.flush()
    note_move(session, line, "changed", wanted - before)
    return True


def _confirmed(session: Session, product: CycleProduct) -> int:
    rows = session.scalars(select(col(OrderLine.confirmed)).where(col(OrderLine.product_id) == product.id))
    return sum(one or 0 for one in rows)
