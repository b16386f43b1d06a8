"""How much of a product each running cycle may still order, where its supplier said how much there is.

Who takes of such a product holds the supplier, after the cycle and before any product: so two cycles of one supplier
never sell the same. Rows that somebody else holds meanwhile are passed over: whoever takes of them shares out anew.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col
from sqlmodel import select as rows_of

from civic_centers.purchasing.tables import CycleProduct, LineMove, OrderCycle, OrderLine
from civic_centers.suppliers.tables import Product, Supplier
from foundation.database import Session

TAKING = ("open", "closing", "closed", "sent")
"""As long as it has not come, what a cycle ordered is no longer there for another."""


def hold_stock(session: Session, supplier_id: int, product_ids: Collection[int] | None = None) -> bool:
    """Hold the supplier's stock until the end of the transaction, and share it out; False where there is no limit.

    `product_ids` are numbers of CycleProducts; None: of whatever the supplier sells.
    """
    limited = select(col(Product.id)).where(col(Product.supplier_id) == supplier_id, _is_limited())
    if product_ids is not None:
        offered = select(col(CycleProduct.product_id)).where(col(CycleProduct.id).in_(product_ids))
        limited = limited.where(col(Product.id).in_(offered))
    if session.scalar(limited.limit(1)) is None:
        return False
    held = select(col(Supplier.id)).where(col(Supplier.id) == supplier_id).with_for_update(key_share=True)
    session.execute(held).one()
    share_out(session, supplier_id)
    return True


def _is_limited() -> ColumnElement[bool]:
    return col(Product.most_available).is_not(None) | ~col(Product.available)


def share_out(session: Session, supplier_id: int, *, freed: bool = False) -> None:
    """Let every cycle of a supplier that is still to come have what the others leave of its stock, never below zero.

    A limit that a person in charge set stays, and what is ordered already is never taken away. `freed` looks at
    products too of which there is as much as is wanted by now. Whoever orders must not: who takes of those holds no
    supplier, and two would wait for each other.
    """
    session.flush()
    stocks = _stocks(session, supplier_id)
    taken = _taken(session, supplier_id)
    statement = (
        rows_of(CycleProduct)
        .join(OrderCycle, col(OrderCycle.id) == col(CycleProduct.cycle_id))
        .join(Product, col(Product.id) == col(CycleProduct.product_id))
        .where(
            col(OrderCycle.supplier_id) == supplier_id,
            col(OrderCycle.state).in_(("planned", *TAKING)),
            col(CycleProduct.most_is_own).is_(False),
            _is_limited() | col(CycleProduct.most).is_not(None) if freed else _is_limited(),
        )
        .order_by(col(CycleProduct.id))
        .with_for_update(skip_locked=True, key_share=True, of=CycleProduct)
        .execution_options(populate_existing=True)
    )
    for row in session.exec(statement).all():
        most = stocks.get(row.product_id)
        if most is not None:
            others = sum(amount for cycle, amount in taken.get(row.product_id, {}).items() if cycle != row.cycle_id)
            most = max(row.ordered, most - others, 0)
        if most != row.most:
            row.most = most
            session.add(row)
    session.flush()


def stock_said(session: Session, supplier_id: int) -> None:
    """A supplier's stock was said anew (hook)."""
    share_out(session, supplier_id, freed=True)


def _stocks(session: Session, supplier_id: int) -> dict[int, int | None]:
    """By product how much its supplier has of it; None: as much as is wanted."""
    statement = select(col(Product.id), col(Product.available), col(Product.most_available))
    found = session.execute(statement.where(col(Product.supplier_id) == supplier_id))
    return {product_id or 0: most if available else 0 for product_id, available, most in found}


def _taken(session: Session, supplier_id: int) -> dict[int, dict[int, int]]:
    """By product and cycle what was ordered of it since its stock was said; nothing where less than before."""
    statement = (
        select(col(CycleProduct.product_id), col(CycleProduct.cycle_id), func.sum(col(LineMove.delta)))
        .join(OrderCycle, col(OrderCycle.id) == col(CycleProduct.cycle_id))
        .join(Product, col(Product.id) == col(CycleProduct.product_id))
        .join(OrderLine, col(OrderLine.product_id) == col(CycleProduct.id))
        .join(LineMove, col(LineMove.line_id) == col(OrderLine.id))
        .where(
            col(OrderCycle.supplier_id) == supplier_id,
            col(OrderCycle.state).in_(TAKING),
            col(Product.most_available).is_not(None),
            col(LineMove.at) >= col(Product.stock_at),
        )
        .group_by(col(CycleProduct.product_id), col(CycleProduct.cycle_id))
    )
    found: dict[int, dict[int, int]] = {}
    for product_id, cycle_id, amount in session.execute(statement):
        found.setdefault(product_id, {})[cycle_id] = max(int(amount), 0)
    return found
