"""What the group has ordered, without a name: while it is open from the counters, afterwards from the lines."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, and_, bindparam, case, func, select
from sqlmodel import col

from civic_centers.purchasing.rules.packs import Filling
from civic_centers.purchasing.tables import (
    CycleKeeper,
    CycleProduct,
    CycleSlot,
    ExtraCost,
    OrderCycle,
    OrderLine,
    PurchaseOrder,
)
from foundation.database import Session

AFTER = ("closed", "sent", "delivered", "done")


@dataclass(frozen=True)
class GroupTotal:
    """How many orders stand, and what their goods and costs come to in cents."""

    orders: int
    goods_cents: int
    extra_cents: int
    costs: int
    """How many costs, persons in charge and turns hang on the cycle: where there are none nobody asks for them."""
    keepers: int
    turns: int


# The page of an open cycle is asked again and again in its last minutes: what it asks is put together once.
_CYCLE = bindparam("cycle_id", type_=Integer)
_GROUP = select(
    func.count(),
    func.coalesce(func.sum(col(PurchaseOrder.goods_cents)), 0),
    func.coalesce(func.sum(col(PurchaseOrder.extra_cents)), 0),
    *(
        select(func.count()).where(col(table.cycle_id) == _CYCLE).scalar_subquery()
        for table in (ExtraCost, CycleKeeper, CycleSlot)
    ),
).where(col(PurchaseOrder.cycle_id) == _CYCLE, col(PurchaseOrder.state) == "standing")


def group_total(session: Session, cycle_id: int) -> GroupTotal:
    """The sums of all standing orders."""
    number, goods, extra, costs, keepers, turns = session.execute(_GROUP, {"cycle_id": cycle_id}).one()
    return GroupTotal(number, int(goods), int(extra), costs, keepers, turns)


def product_totals(session: Session, cycle: OrderCycle) -> dict[int, int]:
    """By product what goes to the supplier, or came: what was delivered where that is known. Empty before closing."""
    if cycle.state not in AFTER:
        return {}
    got = case((col(OrderLine.delivered).is_(None), col(OrderLine.confirmed)), else_=col(OrderLine.delivered))
    statement = (
        select(col(OrderLine.product_id), func.sum(got))
        .join(CycleProduct, and_(col(CycleProduct.id) == col(OrderLine.product_id)))
        .where(col(CycleProduct.cycle_id) == cycle.id, got > 0)
        .group_by(col(OrderLine.product_id))
    )
    return {product_id: int(quantity) for product_id, quantity in session.execute(statement)}


def confirmed_totals(session: Session, cycle: OrderCycle) -> dict[int, int]:
    """By product what was ordered of the supplier, whatever came."""
    statement = (
        select(col(OrderLine.product_id), func.sum(col(OrderLine.confirmed)))
        .join(CycleProduct, and_(col(CycleProduct.id) == col(OrderLine.product_id)))
        .where(col(CycleProduct.cycle_id) == cycle.id, col(OrderLine.confirmed) > 0)
        .group_by(col(OrderLine.product_id))
    )
    return {product_id: int(quantity) for product_id, quantity in session.execute(statement)}


def filling_of(product: CycleProduct) -> Filling:
    """How far the group has come with a product while it is open."""
    return Filling(product.ordered, product.pack, product.group_least)


class Shown(NamedTuple):
    """What the page of a cycle says of a product."""

    id: int
    name: str
    producer: str
    label: str
    category: str
    unit: str
    price: int
    old_price: int | None
    new_price: int | None
    drop_until: datetime | None
    pack: int
    group_least: int
    ordered: int
    state: str


_SHOWN = (
    select(*(getattr(CycleProduct, name) for name in Shown._fields))
    .where(col(CycleProduct.cycle_id) == _CYCLE)
    .order_by(col(CycleProduct.category), col(CycleProduct.name), col(CycleProduct.id))
)


def products_shown(session: Session, cycle_id: int) -> list[Shown]:
    """What is offered in a cycle, or was, by category and name: past the mapper, since there are hundreds."""
    return [Shown._make(row) for row in session.execute(_SHOWN, {"cycle_id": cycle_id})]


def dearer_until(session: Session, cycle_id: int) -> datetime | None:
    """Until when somebody may still take out what became dearer; None where nobody has any of it."""
    ordered = func.coalesce(col(OrderLine.confirmed), col(OrderLine.ordered))
    statement = (
        select(func.max(col(CycleProduct.drop_until)))
        .join(OrderLine, col(OrderLine.product_id) == col(CycleProduct.id))
        .join(PurchaseOrder, col(PurchaseOrder.id) == col(OrderLine.order_id))
        .where(
            col(CycleProduct.cycle_id) == cycle_id,
            col(CycleProduct.state) == "offered",
            col(PurchaseOrder.state) == "standing",
            ordered > 0,
        )
    )
    return session.scalar(statement)
