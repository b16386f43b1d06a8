"""Papers: the order for the supplier, the picking list of each place, the sheet of each family."""

from dataclasses import dataclass

from flask_babel import gettext as _

from civic_centers.purchasing.pages.blueprint import purchasing
from civic_centers.purchasing.pages.changing import names_of
from civic_centers.purchasing.pages.words import amount, measured, price, saying, unit_words
from civic_centers.purchasing.queries.single import (
    costs_of,
    cycle_to_keep,
    cycle_visible_to,
    lines_of,
    order_for,
    orders_of,
    places_of,
    products_of,
)
from civic_centers.purchasing.queries.totals import AFTER, confirmed_totals
from civic_centers.purchasing.tables import CycleProduct, OrderCycle, OrderLine, PurchaseOrder
from civic_centers.suppliers.policies import KEEP, SEE
from civic_centers.suppliers.rules import line_cents
from civic_centers.suppliers.tables import Supplier
from foundation.errors import Missing
from foundation.web import Answer, actor, community, page, reading, requires
from foundation.web.formats import euro
from foundation.web.spreadsheets import csv_answer


@dataclass(frozen=True)
class SupplierLine:
    """One line of the order for the supplier: no family stands in it."""

    code: str
    name: str
    quantity: str
    measured: str
    """The quantity with its unit, in words."""
    packs: str
    """How many whole packs; empty where it is loose, or a pack is open."""
    pieces: str
    """How many pieces of what is weighed; of all else the quantity says it."""
    unit: str
    price: str
    cents: int


@purchasing.get("/<int:cycle_id>/supplier")
@requires(KEEP)
def supplier_sheet(cycle_id: int) -> Answer:
    cycle = _closed(cycle_id)
    lines = _supplier_lines(cycle)
    return page(
        "civic_centers/purchasing/supplier.html",
        cycle=cycle,
        supplier=reading().get_one(Supplier, cycle.supplier_id),
        lines=lines,
        cents=sum(line.cents for line in lines),
        places=places_of(reading(), cycle_id),
        community=community(),
        **saying(),
    )


@purchasing.get("/<int:cycle_id>/supplier.csv")
@requires(KEEP)
def supplier_file(cycle_id: int) -> Answer:
    cycle = _closed(cycle_id)
    head = [_("Code"), _("Product"), _("Quantity"), _("Unit"), _("Packs"), _("Pieces"), _("Price"), _("Sum")]
    rows = [
        [line.code, line.name, line.quantity, line.unit, line.packs, line.pieces, line.price, euro(line.cents)]
        for line in _supplier_lines(cycle)
    ]
    return csv_answer([head, *rows], f"order-{cycle_id}.csv")


@purchasing.get("/<int:cycle_id>/picking/<int:place_id>")
@requires(KEEP)
def picking(cycle_id: int, place_id: int) -> Answer:
    """What is put together for whom at one place: by family, and how much of each product there is in all."""
    cycle = _closed(cycle_id)
    place = next((one for one in places_of(reading(), cycle_id) if one.id == place_id), None)
    if place is None:
        raise Missing()
    orders = [one for one in orders_of(reading(), cycle_id) if one.place_id == place_id]
    sheets = _sheets(cycle, orders)
    whole: dict[int, int] = {}
    for sheet in sheets:
        for line, product in sheet.lines:
            whole[product.id or 0] = whole.get(product.id or 0, 0) + _got(line)
    totals = [
        (one, measured(whole[one.id or 0], one.unit))
        for one in products_of(reading(), cycle_id)
        if whole.get(one.id or 0)
    ]
    return page(
        "civic_centers/purchasing/picking.html",
        cycle=cycle,
        place=place,
        sheets=[sheet for sheet in sheets if sheet.lines],
        totals=totals,
        got=_got,
        **saying(),
    )


@purchasing.get("/<int:cycle_id>/sheets")
@requires(KEEP)
def sheets(cycle_id: int) -> Answer:
    """The sheets of all families, one after the other."""
    cycle = _closed(cycle_id)
    return _sheets_page(cycle, orders_of(reading(), cycle_id), all_of_them=True)


@purchasing.get("/<int:cycle_id>/sheets/<int:order_id>")
@requires(SEE)
def sheet(cycle_id: int, order_id: int) -> Answer:
    """One's own sheet; or any of them, for who keeps the cycle."""
    cycle = cycle_visible_to(reading(), actor(), cycle_id)
    order = order_for(reading(), actor(), cycle_id, order_id)
    if order.state != "standing":
        raise Missing()
    return _sheets_page(cycle, [order])


@dataclass(frozen=True)
class Sheet:
    """A family's order with its lines."""

    order: PurchaseOrder
    who: str
    place: str
    lines: list[tuple[OrderLine, CycleProduct]]


def _sheets_page(cycle: OrderCycle, orders: list[PurchaseOrder], *, all_of_them: bool = False) -> Answer:
    return page(
        "civic_centers/purchasing/sheets.html",
        cycle=cycle,
        sheets=_sheets(cycle, orders),
        all_of_them=all_of_them,
        costs=costs_of(reading(), cycle.id or 0),
        got=_got,
        line_cents=line_cents,
        **saying(),
    )


def _sheets(cycle: OrderCycle, orders: list[PurchaseOrder]) -> list[Sheet]:
    names = names_of(orders)
    places = {one.id: one.name for one in places_of(reading(), cycle.id or 0)}
    products = {one.id: one for one in products_of(reading(), cycle.id or 0)}
    lines: dict[int, list[tuple[OrderLine, CycleProduct]]] = {}
    for line in lines_of(reading(), [one.id or 0 for one in orders]):
        if line.ordered or line.confirmed or line.delivered:
            lines.setdefault(line.order_id, []).append((line, products[line.product_id]))
    return [
        Sheet(
            order,
            names[order.id or 0],
            places.get(order.place_id, ""),
            sorted(lines.get(order.id or 0, []), key=lambda one: one[1].name),
        )
        for order in orders
    ]


def _got(line: OrderLine) -> int:
    """What somebody gets of it: as delivered, else as confirmed, else as ordered."""
    if line.delivered is not None:
        return line.delivered
    return line.ordered if line.confirmed is None else line.confirmed


def _closed(cycle_id: int) -> OrderCycle:
    cycle = cycle_to_keep(reading(), actor(), cycle_id)
    if cycle.state not in AFTER:
        raise Missing()
    return cycle


def _supplier_lines(cycle: OrderCycle) -> list[SupplierLine]:
    totals = confirmed_totals(reading(), cycle)
    units = unit_words()
    found = []
    for product in products_of(reading(), cycle.id or 0):
        quantity = totals.get(product.id or 0, 0)
        if not quantity:
            continue
        packs = amount(quantity * 1000 // product.pack) if product.pack and not quantity % product.pack else ""
        pieces = amount(quantity * 1000 // product.step) if product.is_weighed else ""
        found.append(
            SupplierLine(
                product.code,
                product.name,
                amount(quantity),
                measured(quantity, product.unit),
                packs,
                pieces,
                units[product.unit],
                price(product.price),
                line_cents(product.price, quantity),
            )
        )
    return found
