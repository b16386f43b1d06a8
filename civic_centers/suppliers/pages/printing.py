"""The list of prices on paper, and as a file that a spreadsheet opens."""

from civic_centers.suppliers.forms import shown
from civic_centers.suppliers.pages.blueprint import suppliers
from civic_centers.suppliers.pages.showing import about
from civic_centers.suppliers.policies import SEE
from civic_centers.suppliers.queries import Offer, categories_of, offers_of, products_of, supplier_visible_to
from civic_centers.suppliers.rules.cells import UNIT_WORDS
from civic_centers.suppliers.rules.lists import list_columns
from civic_centers.suppliers.tables import Supplier
from foundation import clock
from foundation.web import Answer, actor, page, reading, requires, time_zone
from foundation.web.spreadsheets import csv_answer

GIVEN = (
    "code", "name", "description", "category", "producer", "label", "unit", "price", "vat", "pack", "step", "least",
    "weighed", "piece_weight", "available", "season", "from_day",
)  # fmt: skip
"""The columns of the file, in order: those that a list is taken in with, so that it can be taken in again."""
_SHORT = {"piece": "pz", "hg": "etto", "dozen": "dozzina", "bunch": "mazzo", "pack": "conf", "box": "cassetta",
          "bottle": "bottiglia", "jar": "vasetto"}  # fmt: skip


@suppliers.get("/<int:supplier_id>/prices")
@requires(SEE)
def prices(supplier_id: int) -> Answer:
    """To be printed: what there is and what it costs today."""
    supplier, offers = _offers(supplier_id)
    there = [offer for offer in offers if offer.orderable]
    return page("civic_centers/suppliers/prices.html", groups=categories_of(there), **about(supplier, is_keeper=False))


@suppliers.get("/<int:supplier_id>/products.csv")
@requires(SEE)
def export(supplier_id: int) -> Answer:
    supplier, offers = _offers(supplier_id)
    headings = {column.name: column.headings[0] for column in list_columns()}
    rows = [[headings[name] for name in GIVEN], *(_cells(offer) for offer in offers)]
    return csv_answer(rows, f"listino-{supplier.id}.csv")


def _offers(supplier_id: int) -> tuple[Supplier, list[Offer]]:
    supplier = supplier_visible_to(reading(), actor(), supplier_id)
    return supplier, offers_of(reading(), products_of(reading(), supplier_id), clock.today(time_zone()))


def _cells(offer: Offer) -> list[str]:
    """A product as a list says it. Money and quantities with a decimal comma."""
    product, price = offer.product, offer.price
    season = f"{product.season_from}-{product.season_to}" if product.season_from else ""
    has_price = price is not None and price.price is not None
    there = "no" if not product.available else "sì"
    if product.available and product.most_available is not None:
        there = f"{_figure(product.most_available)} {_unit(product.unit)}"
    return [
        product.code,
        product.name,
        product.description,
        product.category,
        product.producer,
        product.label,
        _unit(product.unit),
        shown(price.price, 10_000) if price is not None and price.price is not None else "",
        shown(price.vat_rate, 100) if price is not None and price.vat_rate is not None else "",
        _figure(product.pack),
        _figure(product.step),
        _figure(product.least),
        "sì" if product.is_weighed else "no",
        _figure(product.piece_weight),
        there if has_price else "no",
        season,
        price.from_day.isoformat() if price is not None else "",
    ]


def _figure(quantity: int | None) -> str:
    return "" if quantity is None else shown(quantity, 1000)


def _unit(unit: str) -> str:
    return _SHORT.get(unit, unit if unit in UNIT_WORDS else "")
