"""Undoing a list: everything as it was, but for what was changed since."""

from datetime import date

from sqlmodel import col, select

from civic_centers.suppliers.actions.keeping import held, must_be_open
from civic_centers.suppliers.actions.lists import LIST
from civic_centers.suppliers.actions.products import announce_stock, write_price
from civic_centers.suppliers.queries import KIND, PRODUCT, prices_on, supplier_to_keep
from civic_centers.suppliers.rules import PriceSaid
from civic_centers.suppliers.tables import Product, SupplierList, SupplierListChange
from foundation import audit
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing
from foundation.importing import Progress
from foundation.importing.built import pointing_to
from foundation.importing.kinds import Made, Obstacle


def built_on_list(session: Session, actor: Actor, run_id: int) -> list[Obstacle]:
    """Which of the products that a list brought are in use by now: ordered, for instance. Raises Missing."""
    about = session.get(SupplierList, run_id)
    if about is None or about.community_id != actor.community_id:
        raise Missing()
    supplier_to_keep(session, actor, about.supplier_id)
    own = ("product_price", "supplier_list_change")
    found = pointing_to(session, run_id, PRODUCT, Product, besides=own)
    names = {number: product.name for number in found if (product := session.get(Product, number)) is not None}
    return [Obstacle(N_("“%(name)s” is in use by now."), {"name": name}) for _number, name in sorted(names.items())]


def undo_list(session: Session, actor: Actor, made: Made, _progress: Progress) -> None:
    """Put back what was, but for what was changed since. Prices are only ever added: so is the former one."""
    for run_id in made.get(LIST, ()):
        about = session.get_one(SupplierList, run_id)
        must_be_open(held(session, actor, about.supplier_id))
        changes = select(SupplierListChange).where(col(SupplierListChange.run_id) == run_id)
        for change in session.exec(changes).all():
            _put_back(session, actor, change)
        announce_stock(session, about.supplier_id)
        audit.record(session, actor, "took_list_back", KIND, about.supplier_id, run=run_id)


def _put_back(session: Session, actor: Actor, change: SupplierListChange) -> None:
    product = session.get_one(Product, change.product_id, populate_existing=True)
    if change.kind == "new":
        product.state = "ended"
    for name, value in change.before.items():
        if name != "price" and getattr(product, name) == change.after.get(name):
            setattr(product, name, value)
    product.version += 1
    session.add(product)
    session.flush()
    before = change.before.get("price")
    if before is None:
        return
    from_day = date.fromisoformat(before["from_day"])
    standing = prices_on(session, [change.product_id], from_day).get(change.product_id)
    if standing is not None and standing.run_id == change.run_id and standing.from_day == from_day:
        former = PriceSaid(before["price"], before["net"], before["vat_rate"])
        write_price(session, actor, product, former, from_day)
