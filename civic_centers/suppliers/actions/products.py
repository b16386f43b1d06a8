"""Products: written down, changed, priced from a day on, marked as sold out, sold no more."""

from dataclasses import asdict
from datetime import date

from sqlmodel import col, select

from civic_centers.suppliers.actions.keeping import held, must_be_open
from civic_centers.suppliers.queries import PRODUCT, price_said, prices_on, product_visible_to
from civic_centers.suppliers.rules import MOST_PRICE, MOST_QUANTITY, Overtaken, PriceSaid, Said, check_product
from civic_centers.suppliers.rules.lists import key_of
from civic_centers.suppliers.tables import Product, ProductPrice
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Refused
from foundation.feature import registry

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


def add_product(
    session: Session, actor: Actor, supplier_id: int, said: Said, price: PriceSaid, *, from_day: date
) -> Product:
    """Write a product down with its price from a day on. Raises Missing, Invalid, Refused for a known one."""
    supplier = held(session, actor, supplier_id)
    must_be_open(supplier)
    check_product(said)
    check_price(price, from_day)
    _must_be_new(session, supplier_id, said)
    product = Product(community_id=actor.community_id, supplier_id=supplier_id, **asdict(said))
    session.add(product)
    session.flush()
    write_price(session, actor, product, price, from_day)
    audit.record(session, actor, "added", PRODUCT, product.id)
    return product


def change_product(session: Session, actor: Actor, product_id: int, said: Said, *, version: int) -> Product:
    """Say of a product what it is now; its price is another matter. Raises Missing, Invalid, Refused, Overtaken."""
    product = product_held(session, actor, product_id)
    if product.version != version:
        raise Overtaken(N_("This page was changed meanwhile, here or on another phone."))
    check_product(said)
    _must_be_new(session, product.supplier_id, said, but=product_id)
    restocked = (product.available, product.most_available) != (said.available, said.most_available)
    for name, value in asdict(said).items():
        setattr(product, name, value)
    product.version += 1
    session.add(product)
    session.flush()
    if restocked:
        say_stock(session, product)
    audit.record(session, actor, "changed", PRODUCT, product_id)
    return product


def set_price(session: Session, actor: Actor, product_id: int, price: PriceSaid, *, from_day: date) -> bool:
    """What a product costs from a day on; False where it cost so already. Raises Missing, Invalid at the field.

    A price that was written for the same day before stays in the record, and holds no more.
    """
    product = product_held(session, actor, product_id)
    check_price(price, from_day)
    if price_said(prices_on(session, [product_id], from_day).get(product_id)) == price:
        return False
    write_price(session, actor, product, price, from_day)
    audit.record(session, actor, "priced", PRODUCT, product_id, from_day=from_day.isoformat())
    return True


def set_available(session: Session, actor: Actor, product_id: int, *, available: bool, most: int | None) -> None:
    """Say whether there is any of it, and how much at most in thousandths of its unit. Raises Missing, Invalid.

    The same said again is said anew: what was ordered before is no longer taken off it.
    """
    if most is not None and not 0 <= most <= MOST_QUANTITY:
        raise Invalid(N_("Write how much there is, from zero."), field="most_available")
    product = product_held(session, actor, product_id)
    if (product.available, product.most_available) == (available, most):
        say_stock(session, product)
        return
    product.available, product.most_available = available, most
    product.version += 1
    say_stock(session, product)
    audit.record(session, actor, "stocked" if available else "sold_out", PRODUCT, product_id)


def say_stock(session: Session, product: Product) -> None:
    """How much there is of it was said now."""
    product.stock_at = clock.now()
    session.add(product)
    announce_stock(session, product.supplier_id)


def announce_stock(session: Session, supplier_id: int) -> None:
    """Say that the stock of a supplier, which is held, changed: the hook `stock_said(session, supplier_id)`."""
    session.flush()
    for hook in registry.hooks("stock_said"):
        hook(session, supplier_id)


def end_product(session: Session, actor: Actor, product_id: int) -> None:
    """It is sold no more: it and its prices stay to be read. Twice changes nothing. Raises Missing."""
    _set_state(session, actor, product_id, "ended", "ended")


def bring_back(session: Session, actor: Actor, product_id: int) -> None:
    """It is sold again. Raises Missing."""
    _set_state(session, actor, product_id, "offered", "brought_back")


def product_held(session: Session, actor: Actor, product_id: int) -> Product:
    """A product for the keepers of its supplier, which is locked. Raises Missing."""
    product, supplier = product_visible_to(session, actor, product_id)
    must_be_open(held(session, actor, supplier.id or 0))
    session.refresh(product)
    return product


def write_price(
    session: Session, actor: Actor, product: Product, price: PriceSaid, from_day: date, run_id: int | None = None
) -> ProductPrice:
    """Append a price, looked at before."""
    row = ProductPrice(
        community_id=product.community_id,
        product_id=product.id or 0,
        from_day=from_day,
        written_by_id=actor.recorder_id,
        run_id=run_id,
        **asdict(price),
    )
    session.add(row)
    session.flush()
    return row


def check_price(price: PriceSaid, from_day: date) -> None:
    """Raises Invalid at the field for a price that cannot be, or from a day that cannot be."""
    if price.price is not None and not 1 <= price.price <= MOST_PRICE:
        raise Invalid(N_("Write a price above zero, such as 3,50."), field="price")
    if price.vat_rate is not None and not 0 <= price.vat_rate <= 10_000:
        raise Invalid(N_("Write the VAT as 4, 10 or 22."), field="vat")
    check_day(from_day)


def check_day(from_day: date) -> None:
    """Raises Invalid for a day from which no price can hold."""
    if not EARLIEST <= from_day <= LATEST:
        raise Invalid(N_("Look at the year once more."), field="from_day")


def _set_state(session: Session, actor: Actor, product_id: int, state: str, verb: str) -> None:
    product = product_held(session, actor, product_id)
    if product.state == state:
        return
    product.state = state
    product.version += 1
    session.add(product)
    session.flush()
    audit.record(session, actor, verb, PRODUCT, product_id)


def _must_be_new(session: Session, supplier_id: int, said: Said, but: int | None = None) -> None:
    """Raises Refused where the supplier has a product with the same code, or without codes the same name and unit."""
    wanted = key_of(said.code, said.name, said.unit)
    there = select(Product.id, Product.code, Product.name, Product.unit).where(col(Product.supplier_id) == supplier_id)
    for number, code, name, unit in session.exec(there):
        if number != but and key_of(code, name, unit) == wanted:
            field = "code" if said.code else "name"
            raise Refused(N_("There is a product of this supplier with it already: %(name)s."), field=field, name=name)
