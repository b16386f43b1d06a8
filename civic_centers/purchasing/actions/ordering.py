"""A family's order: every change is wholly in, or refused with the reason.

Who orders holds the cycle together with all others who do, then its own order, then the stock of the supplier where
there is a limit, then each product in the order of their
numbers: so nobody waits for somebody who waits for them, and the door shuts after the last of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import col, select

from civic_centers.purchasing.actions.holding import ORDER_KIND, hold_open
from civic_centers.purchasing.actions.stocking import hold_stock, share_out
from civic_centers.purchasing.policies import must_order
from civic_centers.purchasing.rules.cycles import (
    LONGEST_NAME,
    MOST_FRIENDS,
    NotEnough,
    NotNow,
    Offered,
    Shut,
    check_quantity,
)
from civic_centers.purchasing.rules.limits import MOST_CENTS
from civic_centers.purchasing.tables import (
    CyclePlace,
    CycleProduct,
    LineMove,
    OrderCycle,
    OrderLine,
    PurchaseOrder,
)
from civic_centers.suppliers.rules import line_cents
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_new, table_of
from foundation.errors import N_, Invalid, Refused

_PRODUCTS = table_of(CycleProduct)


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: quantities in thousandths by the number of the CycleProduct; those not named stay.

    `number` 0 is for the household itself, 1 to 4 for a friend, whose name is `for_friend`. `version` is that of the
    order the form showed; 0 where there was none.
    """

    quantities: Mapping[int, int]
    place_id: int
    number: int = 0
    for_friend: str = ""
    version: int = 0


def save_order(session: Session, actor: Actor, cycle_id: int, wish: Wish) -> PurchaseOrder:
    """Place or change an order of the party acted for, wholly or not at all; one that asks for nothing is taken out.

    Raises Missing, NotYet, Shut, NotNow where it was changed since, Invalid at `q<product>`, `place_id`, `for_friend`,
    NotEnough, Refused.
    """
    party_id = must_order(actor)
    cycle = hold_open(session, actor, cycle_id)
    _check_place(session, cycle, wish.place_id)
    products = _named(session, cycle, wish)
    order = _own(session, actor, cycle, party_id, wish)
    friend = _checked_friend(wish, order)
    lines = {one.product_id: one for one in _held_lines(session, order)}
    if order.state != "standing" or wish.version == 0:
        order.placed_at = clock.now()
    changes = _changes(wish, products, lines)
    limited = bool(changes) and hold_stock(session, cycle.supplier_id, changes)
    for product_id in sorted(changes):
        _take(session, products[product_id], changes[product_id], wish.quantities[product_id])
    _write_lines(session, cycle, order, lines, changes)
    if limited:
        share_out(session, cycle.supplier_id)
    order.for_friend, order.place_id = friend, wish.place_id
    order.placed_by_id = actor.person_id
    _sum_up(session, order, is_new=wish.version == 0)
    audit.record(session, actor, "ordered" if order.state == "standing" else "took_out", ORDER_KIND, order.id,
                 cycle=cycle.id, cents=order.goods_cents)  # fmt: skip
    return order


def drop_order(session: Session, actor: Actor, cycle_id: int, number: int, version: int) -> None:
    """Take an order out again while the cycle is open. Raises Missing, NotYet, Shut, NotNow."""
    party_id = must_order(actor)
    cycle = hold_open(session, actor, cycle_id)
    order = _standing(session, cycle, party_id, number, version)
    lines = {one.product_id: one for one in _held_lines(session, order)}
    ids = sorted(product_id for product_id, line in lines.items() if line.ordered)
    products = {one.id or 0: one for one in session.exec(select(CycleProduct).where(col(CycleProduct.id).in_(ids)))}
    changes = {product_id: -lines[product_id].ordered for product_id in ids}
    limited = hold_stock(session, cycle.supplier_id, changes)
    for product_id in ids:
        _take(session, products[product_id], changes[product_id], 0)
    _write_lines(session, cycle, order, lines, changes)
    if limited:
        share_out(session, cycle.supplier_id)
    _sum_up(session, order)
    audit.record(session, actor, "took_out", ORDER_KIND, order.id, cycle=cycle.id)


def _check_place(session: Session, cycle: OrderCycle, place_id: int) -> None:
    place = session.get(CyclePlace, place_id)
    if place is None or place.cycle_id != cycle.id:
        raise Invalid(N_("Choose where you fetch it."), field="place_id")


def _checked_friend(wish: Wish, order: PurchaseOrder) -> str:
    """The friend's name. A household's own second order, from when two became one, has none and needs none."""
    name = " ".join(wish.for_friend.split())
    if wish.number == 0 or (wish.version and not name and not order.for_friend):
        return ""
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(N_("Write your friend’s name: it stands on the sheet when you fetch it."), field="for_friend")
    return name


def _named(session: Session, cycle: OrderCycle, wish: Wish) -> dict[int, CycleProduct]:
    here = (col(CycleProduct.cycle_id) == cycle.id, col(CycleProduct.id).in_(wish.quantities))
    found = {one.id or 0: one for one in session.exec(select(CycleProduct).where(*here))}
    if len(found) != len(wish.quantities):
        raise NotNow()
    return found


def _own(session: Session, actor: Actor, cycle: OrderCycle, party_id: int, wish: Wish) -> PurchaseOrder:
    """The order, held; made where there is none yet. Raises NotNow where it is not as the form showed it."""
    if wish.version:
        return _standing(session, cycle, party_id, wish.number, wish.version)
    if not 0 <= wish.number <= MOST_FRIENDS:
        raise Refused(N_("In one order you can help %(most)s friends at most."), most=MOST_FRIENDS)
    now = clock.now()
    values: dict[str, Any] = {
        "community_id": cycle.community_id, "cycle_id": cycle.id, "party_id": party_id, "number": wish.number,
        "for_friend": "", "placed_by_id": actor.person_id, "place_id": wish.place_id, "state": "standing",
        "goods_cents": 0, "extra_cents": 0, "placed_at": now, "changed_at": now, "reason": "", "version": 1,
    }  # fmt: skip
    made = insert_new(session, PurchaseOrder, values, ["cycle_id", "party_id", "number"])
    if made is not None:
        return session.get_one(PurchaseOrder, made)
    order = _held(session, cycle, party_id, wish.number)
    if order is None or order.state == "standing":
        raise NotNow()
    order.state = "standing"
    return order


def _standing(session: Session, cycle: OrderCycle, party_id: int, number: int, version: int) -> PurchaseOrder:
    order = _held(session, cycle, party_id, number)
    if order is None or order.version != version or order.state != "standing":
        raise NotNow()
    return order


def _held(session: Session, cycle: OrderCycle, party_id: int, number: int) -> PurchaseOrder | None:
    mine = (
        col(PurchaseOrder.cycle_id) == cycle.id,
        col(PurchaseOrder.party_id) == party_id,
        col(PurchaseOrder.number) == number,
    )
    statement = select(PurchaseOrder).where(*mine).with_for_update(key_share=True)
    return session.exec(statement.execution_options(populate_existing=True)).one_or_none()


def _held_lines(session: Session, order: PurchaseOrder) -> list[OrderLine]:
    statement = select(OrderLine).where(col(OrderLine.order_id) == order.id)
    return list(session.exec(statement.execution_options(populate_existing=True)))


def _changes(wish: Wish, products: Mapping[int, CycleProduct], lines: Mapping[int, OrderLine]) -> dict[int, int]:
    """By how much each product changes."""
    found = {}
    for product_id, wanted in wish.quantities.items():
        product = products[product_id]
        before = lines[product_id].ordered if product_id in lines else 0
        offered = Offered(product_id, product.name, product.step, product.least, product.state == "offered")
        if delta := check_quantity(wanted, offered, before) - before:
            found[product_id] = delta
    return found


def _take(session: Session, product: CycleProduct, delta: int, wanted: int) -> None:
    """Move what the group ordered of a product: never below zero, never above the most. Raises NotEnough, Shut."""
    after = _PRODUCTS.c.ordered + delta
    enough = (_PRODUCTS.c.most.is_(None)) | (after <= _PRODUCTS.c.most)
    there = (_PRODUCTS.c.id == product.id, after >= 0, _PRODUCTS.c.state == "offered")
    statement = update(_PRODUCTS).where(*there, *([enough] if delta > 0 else [])).values(ordered=after)
    if session.connection().execute(statement).rowcount == 1:
        session.expire(product, ["ordered"])
        return
    session.refresh(product)
    if product.state != "offered":
        raise (
            Shut()
            if delta < 0
            else Invalid(N_("“%(product)s” is not offered any more."), field=f"q{product.id}", product=product.name)
        )
    left = max((product.most or 0) - product.ordered, 0)
    mine = wanted - delta + left
    raise NotEnough(product.name, mine // product.step * 1000 if product.is_weighed else mine, product.id or 0)


def _write_lines(
    session: Session,
    cycle: OrderCycle,
    order: PurchaseOrder,
    lines: Mapping[int, OrderLine],
    changes: Mapping[int, int],
) -> None:
    """The lines with their new quantities, and a move for each."""
    fresh = []
    for product_id, delta in changes.items():
        if product_id in lines:
            lines[product_id].ordered += delta
            session.add(lines[product_id])
        else:
            fresh.append(
                {"community_id": cycle.community_id, "order_id": order.id, "product_id": product_id, "ordered": delta}
            )
    session.flush()
    if fresh:
        session.connection().execute(insert(table_of(OrderLine)), fresh)
    if changes:
        where = (col(OrderLine.order_id) == order.id, col(OrderLine.product_id).in_(changes))
        numbers = session.execute(select(col(OrderLine.product_id), col(OrderLine.id)).where(*where)).all()
        now = clock.now()
        moves = [
            {"community_id": cycle.community_id, "line_id": line_id, "kind": "ordered", "delta": changes[product_id],
             "at": now}
            for product_id, line_id in sorted(numbers, key=lambda one: one[1])
        ]  # fmt: skip
        session.connection().execute(insert(table_of(LineMove)), moves)


def _sum_up(session: Session, order: PurchaseOrder, *, is_new: bool = False) -> None:
    """What its lines come to; an order that asks for nothing is taken out. Raises Invalid, Refused."""
    statement = (
        select(col(OrderLine.ordered), col(CycleProduct.price))
        .join(CycleProduct, col(CycleProduct.id) == col(OrderLine.product_id))
        .where(col(OrderLine.order_id) == order.id, col(OrderLine.ordered) > 0)
    )
    lines = session.execute(statement).all()
    if not lines and is_new:
        raise Invalid(N_("Write a quantity beside at least one product."))
    order.goods_cents = sum(line_cents(price, ordered) for ordered, price in lines)
    if order.goods_cents > MOST_CENTS:
        raise Refused(N_("This order comes to more than can be reckoned with: write smaller quantities."))
    order.state = "standing" if lines else "dropped"
    order.changed_at = clock.now()
    order.version += 1
    session.add(order)
    session.flush()
