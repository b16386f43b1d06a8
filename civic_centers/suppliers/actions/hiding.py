"""Suppliers and products taken out of sight by the makers' desk, and shown again."""

from civic_centers.suppliers.actions.keeping import put_in_index
from civic_centers.suppliers.queries import KIND, PRODUCT
from civic_centers.suppliers.tables import Product, Supplier
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def hide_supplier(session: Session, actor: Actor, supplier_id: int) -> None:
    """Only its keepers see it from now on. Raises Missing."""
    _hide(session, actor, Supplier, KIND, supplier_id, hidden=True)


def show_supplier(session: Session, actor: Actor, supplier_id: int) -> None:
    """Everybody sees it again. Raises Missing."""
    _hide(session, actor, Supplier, KIND, supplier_id, hidden=False)


def hide_product(session: Session, actor: Actor, product_id: int) -> None:
    """Only the keepers of its supplier see it from now on. Raises Missing."""
    _hide(session, actor, Product, PRODUCT, product_id, hidden=True)


def show_product(session: Session, actor: Actor, product_id: int) -> None:
    """Everybody sees it again. Raises Missing."""
    _hide(session, actor, Product, PRODUCT, product_id, hidden=False)


def _hide(
    session: Session, actor: Actor, table: type[Supplier] | type[Product], kind: str, number: int, *, hidden: bool
) -> None:
    row = session.get(Supplier, number) if table is Supplier else session.get(Product, number)
    if row is None or row.community_id != actor.community_id:
        raise Missing()
    if (row.hidden_at is not None) == hidden:
        return
    row.hidden_at = clock.now() if hidden else None
    session.add(row)
    session.flush()
    if isinstance(row, Supplier):
        put_in_index(session, row)
    audit.record(session, actor, "hid" if hidden else "showed_again", kind, number)
