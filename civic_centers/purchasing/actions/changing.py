"""After closing: a person in charge changes single orders, weighs, leaves products out, and writes down costs."""

from collections.abc import Mapping, Sequence

from sqlmodel import col, delete, select

from civic_centers.purchasing.actions.holding import CYCLE, ORDER_KIND, hold_to_change, hold_to_keep
from civic_centers.purchasing.actions.quantities import lines_held, note_move, put_quantities
from civic_centers.purchasing.actions.summing import resum
from civic_centers.purchasing.actions.telling import note_told, tell_families, tell_sums
from civic_centers.purchasing.notices import CHANGED, COSTS_CHANGED, LEFT_OUT
from civic_centers.purchasing.queries.single import costs_of, orders_of, product_of
from civic_centers.purchasing.rules.cycles import AFTER_CLOSING, MOST_COSTS, RUNNING, SPLITS, NotNow
from civic_centers.purchasing.rules.limits import MOST_CENTS
from civic_centers.purchasing.tables import (
    CyclePlace,
    CycleProduct,
    ExtraCost,
    OrderCycle,
    OrderLine,
    PurchaseOrder,
)
from civic_centers.suppliers.rules import MOST_QUANTITY, line_cents
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused


def change_order(
    session: Session,
    actor: Actor,
    cycle_id: int,
    order_id: int,
    quantities: Mapping[int, int],
    reason: str,
    *,
    version: int,
    place_id: int | None = None,
) -> PurchaseOrder:
    """Change what a family gets, and where, with the reason it reads. `quantities` by the number of the CycleProduct.

    Before the goods are there the confirmed quantity changes, afterwards the delivered one. `place_id`: None where the
    place stays. Raises Missing, NotNow, Invalid, Refused where there is not so much of it.
    """
    cycle = hold_to_change(session, actor, cycle_id)
    order = _held_order(session, cycle, order_id)
    if order.version != version or order.state != "standing":
        raise NotNow()
    words = reason.strip()
    if not words:
        raise Invalid(N_("Say why: the family reads it."), field="reason")
    moved = _elsewhere(session, order, place_id)
    changed = put_quantities(session, cycle, order, lines_held(session, [order_id]), quantities)
    if not (changed or moved):
        raise Invalid(N_("Nothing is different from before."))
    order.reason = words[:500]
    order.version += 1
    session.add(order)
    audit.record(session, actor, "changed", ORDER_KIND, order_id, cycle=cycle_id)
    resum(session, actor, cycle)
    note_told(session, [order])
    key = f"{order_id}:{order.version}:{clock.now().isoformat()}"
    tell_families(session, cycle, [order], CHANGED, key=key, but=actor)
    return order


def _elsewhere(session: Session, order: PurchaseOrder, place_id: int | None) -> bool:
    """Whether an order is fetched at another place now. Raises Invalid."""
    if place_id in (None, order.place_id):
        return False
    place = session.get(CyclePlace, place_id)
    if place is None or place.cycle_id != order.cycle_id:
        raise Invalid(N_("Choose where they fetch it."), field="place_id")
    order.place_id = place.id or 0
    return True


def weigh(session: Session, actor: Actor, cycle_id: int, product_id: int, weights: Mapping[int, int | None]) -> int:
    """What each order really got of a product, in thousandths of its unit; None: as confirmed. How many changed.

    `weights` by the number of the order. Raises Missing, NotNow, Invalid at `w<order>`.
    """
    cycle = hold_to_change(session, actor, cycle_id)
    product = product_of(session, cycle_id, product_id)
    orders = {one.id: one for one in orders_of(session, cycle_id)}
    lines = session.exec(select(OrderLine).where(col(OrderLine.product_id) == product.id).order_by(col(OrderLine.id)))
    changed = []
    for line in lines.all():
        if line.order_id not in weights or line.order_id not in orders or not line.confirmed:
            continue
        weight = weights[line.order_id]
        if weight is not None and not 0 <= weight <= MOST_QUANTITY:
            raise Invalid(N_("Write what it weighs, such as 1,35."), field=f"w{line.order_id}")
        if weight is not None and weight > 10 * line.confirmed:
            raise Invalid(
                N_("That is more than ten times what was ordered: look at the comma."), field=f"w{line.order_id}"
            )
        if weight == line.delivered:
            continue
        was = line.confirmed if line.delivered is None else line.delivered
        line.delivered = weight
        session.add(line)
        session.flush()
        note_move(session, line, "delivered", (line.confirmed if weight is None else weight) - was)
        changed.append(line.order_id)
    if changed:
        audit.record(session, actor, "weighed", CYCLE, cycle_id, product=product_id, orders=len(changed))
        resum(session, actor, cycle)
    return len(changed)


def leave_out(session: Session, actor: Actor, cycle_id: int, product_id: int, reason: str) -> None:
    """The supplier does not bring a product: nobody gets it nor pays for it, and those who ordered it are told.

    Raises Missing, NotNow, Invalid without a reason.
    """
    cycle = hold_to_keep(session, actor, cycle_id)
    product = product_of(session, cycle_id, product_id)
    if cycle.state not in ("planned", *RUNNING) or product.state != "offered":
        raise NotNow()
    words = " ".join(reason.split())
    if not words:
        raise Invalid(N_("Say why: those who ordered it read it."), field="reason")
    product.state, product.reason, product.version = "left_out", words[:300], product.version + 1
    product.new_price = None
    orders = {one.id: one for one in orders_of(session, cycle_id)}
    lines = session.exec(select(OrderLine).where(col(OrderLine.product_id) == product_id)).all()
    touched = [line.order_id for line in lines if take_away(session, cycle, line, "left_out")]
    hit = [orders[order_id] for order_id in touched if order_id in orders]
    if cycle.state in ("planned", "open", "closing"):
        product.ordered = 0
    session.add(product)
    audit.record(session, actor, "left_out", CYCLE, cycle_id, product=product_id)
    refresh_sums(session, actor, cycle, hit)
    more = {"product": product.name}
    tell_families(session, cycle, hit, LEFT_OUT, key=f"{product_id}", but=actor, more=more)


def take_away(session: Session, cycle: OrderCycle, line: OrderLine, kind: str) -> int:
    """Let a line go to nothing; by how much. While the cycle is open that is what was ordered, then what is got."""
    if cycle.state in ("planned", "open", "closing"):
        gone, line.ordered = line.ordered, 0
    else:
        gone = (line.confirmed if line.delivered is None else line.delivered) or 0
        line.confirmed, line.delivered = 0, None
    if gone:
        session.add(line)
        session.flush()
        note_move(session, line, kind, -gone)
    return gone


def refresh_sums(session: Session, actor: Actor | None, cycle: OrderCycle, orders: Sequence[PurchaseOrder]) -> None:
    """What these orders come to, after lines or prices of theirs changed. Raises Refused for an absurd sum."""
    session.flush()
    if cycle.state in AFTER_CLOSING:
        resum(session, actor, cycle)
        note_told(session, orders)
        return
    for order in orders:
        statement = (
            select(col(OrderLine.ordered), col(CycleProduct.price))
            .join(CycleProduct, col(CycleProduct.id) == col(OrderLine.product_id))
            .where(col(OrderLine.order_id) == order.id)
        )
        order.goods_cents = sum(line_cents(price, ordered) for ordered, price in session.execute(statement))
        if order.goods_cents > MOST_CENTS:
            raise Refused(N_("An order comes to more than can be reckoned with: look at the quantities."))
        order.version += 1
        order.changed_at = clock.now()
        session.add(order)
    session.flush()


def add_cost(session: Session, actor: Actor, cycle_id: int, words: str, cents: int, way: str) -> ExtraCost:
    """Write down what a cycle costs besides the goods; once it is closed families hear what they pay now.

    Raises Missing, NotNow, Invalid, Refused.
    """
    cycle = _with_costs(session, actor, cycle_id)
    said = " ".join(words.split())
    if not said:
        raise Invalid(N_("Say what it is for, such as “transport”."), field="words")
    if not 1 <= cents <= 10_000_000:
        raise Invalid(N_("Write an amount such as 3,50."), field="cents")
    if way not in SPLITS:
        raise Invalid(N_("Choose how it is split."), field="split")
    if len(costs_of(session, cycle_id)) >= MOST_COSTS:
        raise Refused(N_("There are costs enough: put some of them together."))
    cost = ExtraCost(
        community_id=cycle.community_id, cycle_id=cycle_id, words=said[:80], cents=cents, split=way,
        added_by_id=actor.person_id,
    )  # fmt: skip
    session.add(cost)
    session.flush()
    audit.record(session, actor, "added_cost", CYCLE, cycle_id, cents=cents, split=way)
    _pass_on(session, actor, cycle, f"{cost.id}:in")
    return cost


def remove_cost(session: Session, actor: Actor, cycle_id: int, cost_id: int) -> None:
    """Take a cost out again; once it is closed families hear what they pay now. Raises Missing, NotNow."""
    cycle = _with_costs(session, actor, cycle_id)
    cost = session.get(ExtraCost, cost_id)
    if cost is None or cost.cycle_id != cycle_id:
        raise Missing()
    audit.record(session, actor, "removed_cost", CYCLE, cycle_id, cents=cost.cents, split=cost.split)
    session.exec(delete(ExtraCost).where(col(ExtraCost.id) == cost_id))
    _pass_on(session, actor, cycle, f"{cost_id}:out")


def _pass_on(session: Session, actor: Actor, cycle: OrderCycle, key: str) -> None:
    """After closing: split the costs anew, and tell the families whose sum is another."""
    if cycle.state in AFTER_CLOSING:
        changed = resum(session, actor, cycle)
        tell_sums(session, cycle, changed, COSTS_CHANGED, key=f"{cycle.id}:{key}", but=actor)


def _with_costs(session: Session, actor: Actor, cycle_id: int) -> OrderCycle:
    cycle = hold_to_keep(session, actor, cycle_id)
    if cycle.state not in ("planned", *RUNNING):
        raise NotNow()
    return cycle


def _held_order(session: Session, cycle: OrderCycle, order_id: int) -> PurchaseOrder:
    statement = select(PurchaseOrder).where(col(PurchaseOrder.id) == order_id, col(PurchaseOrder.cycle_id) == cycle.id)
    order = session.exec(statement.execution_options(populate_existing=True)).one_or_none()
    if order is None:
        raise Missing()
    return order
