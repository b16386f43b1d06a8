"""What keepers do with one product: write it down, change it, price it, mark it as sold out, end it."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from civic_centers.suppliers import actions
from civic_centers.suppliers.forms import NewProductForm, PriceForm, ProductForm, StockForm, form_of
from civic_centers.suppliers.pages.blueprint import suppliers
from civic_centers.suppliers.pages.words import months, saying, unit_words
from civic_centers.suppliers.policies import KEEP
from civic_centers.suppliers.queries import keeps, prices_on, product_visible_to, supplier_to_keep
from civic_centers.suppliers.rules import UNITS, Said
from civic_centers.suppliers.tables import Product, Supplier
from foundation import clock
from foundation.database import Session
from foundation.errors import DomainError, Missing
from foundation.once import first_time, made, number_made, remember
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, time_zone, writing
from foundation.web.fields import choices
from foundation.web.pressing import sent

FIELDS = (*Said.__dataclass_fields__, "version")


@suppliers.get("/<int:supplier_id>/products/new")
@requires(KEEP)
def ask_product(supplier_id: int) -> Answer:
    supplier = _open(supplier_id)
    form = NewProductForm(formdata=None, data={"from_day": clock.today(time_zone()), "unit": "piece"})
    return _product_page(form, supplier, None)


@suppliers.post("/<int:supplier_id>/products/new")
@requires(KEEP)
def add_product(supplier_id: int) -> Answer:
    supplier = _open(supplier_id)
    form = NewProductForm()
    _with_choices(form)
    if not form.validate_on_submit():
        return _product_page(form, supplier, None, 422)
    key = form.request_key.data or ""
    try:
        said, price, day = form.said(), form.price_said(), form.from_day.data
        with writing() as session:
            if first_time(session, key, person_id(), content=repr((supplier_id, said, price, day))):
                product_id = actions.add_product(session, actor(), supplier_id, said, price, from_day=day).id or 0
                remember(session, key, person_id(), made("product", product_id))
            else:
                product_id = number_made(session, key, person_id(), "product")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _product_page(form, supplier, None, error.status)
    say(_("It stands among the products now."))
    return redirect_to(".product", product_id=product_id)


@suppliers.get("/products/<int:product_id>/edit")
@requires(KEEP)
def edit_product(product_id: int) -> Answer:
    product, supplier = _kept(product_id)
    return _product_page(form_of(ProductForm, product, FIELDS), supplier, product)


@suppliers.post("/products/<int:product_id>/edit")
@requires(KEEP)
def keep_product(product_id: int) -> Answer:
    product, supplier = _kept(product_id)
    form = ProductForm()
    _with_choices(form)

    def act(session: Session) -> None:
        # Whether there is any of it is said on a page of its own, and stays as it is at this moment.
        there, _supplier = product_visible_to(session, actor(), product_id)
        said = form.said(available=there.available, most=there.most_available)
        actions.change_product(session, actor(), product_id, said, version=form.opened_with)

    def again(status: int) -> Answer:
        return _product_page(form, supplier, product, status)

    return _done(form, act, again, _("The product is changed."), product_id)


@suppliers.get("/products/<int:product_id>/price")
@requires(KEEP)
def ask_price(product_id: int) -> Answer:
    product, supplier = _kept(product_id)
    today = clock.today(time_zone())
    price = prices_on(reading(), [product_id], today).get(product_id)
    form = PriceForm(formdata=None, data={"from_day": today, "vat": price.vat_rate if price else None})
    return _part_page("price", form, product, supplier, price=price)


@suppliers.post("/products/<int:product_id>/price")
@requires(KEEP)
def set_price(product_id: int) -> Answer:
    product, supplier = _kept(product_id)
    form = PriceForm()
    price = prices_on(reading(), [product_id], clock.today(time_zone())).get(product_id)

    def act(session: Session) -> None:
        actions.set_price(session, actor(), product_id, form.price_said(), from_day=form.from_day.data)

    return _done(
        form,
        act,
        lambda status: _part_page("price", form, product, supplier, status=status, price=price),
        _("From that day it costs so. What it cost before can still be read."),
        product_id,
    )


@suppliers.get("/products/<int:product_id>/stock")
@requires(KEEP)
def ask_stock(product_id: int) -> Answer:
    product, supplier = _kept(product_id)
    said = {"available": "yes" if product.available else "no", "most_available": product.most_available}
    return _part_page("stock", StockForm(formdata=None, data=said), product, supplier)


@suppliers.post("/products/<int:product_id>/stock")
@requires(KEEP)
def set_stock(product_id: int) -> Answer:
    product, supplier = _kept(product_id)
    form = StockForm()
    available = form.available.data == "yes"
    most = form.most_available.data

    def act(session: Session) -> None:
        actions.set_available(session, actor(), product_id, available=available, most=most)

    return _done(
        form,
        act,
        lambda status: _part_page("stock", form, product, supplier, status=status),
        _("It can be ordered.") if available and most != 0 else _("It is marked as sold out."),
        product_id,
    )


@suppliers.post("/products/<int:product_id>/end")
@requires(KEEP)
def end_product(product_id: int) -> Answer:
    _kept(product_id)
    with writing() as session:
        actions.end_product(session, actor(), product_id)
    say(_("It is sold no more. It and its prices can still be read."))
    return redirect_to(".product", product_id=product_id)


@suppliers.post("/products/<int:product_id>/back")
@requires(KEEP)
def bring_back(product_id: int) -> Answer:
    _kept(product_id)
    with writing() as session:
        actions.bring_back(session, actor(), product_id)
    say(_("It is sold again."))
    return redirect_to(".product", product_id=product_id)


def _done(
    form: Any, act: Callable[[Session], None], again: Callable[[int], Answer], words: str, product_id: int
) -> Answer:
    return sent(form, act, again, words) or redirect_to(".product", product_id=product_id)


def _open(supplier_id: int) -> Supplier:
    """A supplier for its keepers that is not closed. Raises Missing."""
    supplier = supplier_to_keep(reading(), actor(), supplier_id)
    if supplier.state == "closed":
        raise Missing()
    return supplier


def _kept(product_id: int) -> tuple[Product, Supplier]:
    """A product for the keepers of its supplier, while that is not closed. Raises Missing."""
    product, supplier = product_visible_to(reading(), actor(), product_id)
    if supplier.state == "closed" or not keeps(reading(), actor(), supplier):
        raise Missing()
    return product, supplier


def _with_choices(form: ProductForm) -> None:
    form.unit.choices = choices([(unit, unit_words(unit)) for unit in UNITS])
    for field in (form.season_from, form.season_to):
        field.choices = choices(months())


def _product_page(form: ProductForm, supplier: Supplier, product: Product | None, status: int = 200) -> Answer:
    _with_choices(form)
    return page(
        "civic_centers/suppliers/product_edit.html", form=form, supplier=supplier, product=product, status=status
    )


def _part_page(
    part: str, form: Any, product: Product, supplier: Supplier, *, status: int = 200, price: Any = None
) -> Answer:
    return page(
        f"civic_centers/suppliers/{part}.html",
        form=form,
        product=product,
        supplier=supplier,
        price=price,
        status=status,
        **saying(),
    )
