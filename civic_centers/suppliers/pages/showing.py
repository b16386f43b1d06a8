"""What everybody reads: the suppliers, their products with prices, and what a product cost before."""

from typing import Any

from flask import request

from civic_centers.suppliers.pages.blueprint import suppliers
from civic_centers.suppliers.pages.words import saying
from civic_centers.suppliers.policies import RUN, SEE, zones_kept
from civic_centers.suppliers.queries import (
    categories_of,
    interests_of,
    keeps,
    lists_of,
    offers_of,
    organisation_of,
    price_history,
    prices_on,
    product_visible_to,
    products_of,
    supplier_visible_to,
    suppliers_of,
)
from civic_centers.suppliers.rules import in_season, is_sold_by_piece
from civic_centers.suppliers.tables import Supplier
from community.communities.queries import catalogue_of
from foundation import clock
from foundation.web import Answer, actor, community, page, reading, requires, time_zone

LONGEST_QUESTION = 100
LISTS_SHOWN = 5


@suppliers.get("/")
@requires(SEE)
def listing() -> Answer:
    return page(
        "civic_centers/suppliers/list.html",
        found=suppliers_of(reading(), actor()),
        zones=catalogue_of(reading(), community()).zone_names,
        may_add=bool(zones_kept(reading(), actor())),
        may_name=actor().may(RUN) and not actor().is_on_behalf,
        **saying(),
    )


@suppliers.get("/<int:supplier_id>")
@requires(SEE)
def show(supplier_id: int) -> Answer:
    supplier = supplier_visible_to(reading(), actor(), supplier_id)
    words = request.args.get("q", "").replace("\x00", "").strip()[:LONGEST_QUESTION]
    is_keeper = keeps(reading(), actor(), supplier)
    found = products_of(reading(), supplier_id, words=words, hidden=is_keeper)
    offers = offers_of(reading(), found, clock.today(time_zone()))
    ended = products_of(reading(), supplier_id, ended=True, hidden=is_keeper) if is_keeper and not words else []
    return page(
        "civic_centers/suppliers/show.html",
        question=words,
        groups=categories_of(offers),
        number=len(offers),
        ended=ended,
        lists=lists_of(reading(), supplier_id, LISTS_SHOWN) if is_keeper and not words else [],
        **about(supplier, is_keeper=is_keeper),
    )


@suppliers.get("/products/<int:product_id>")
@requires(SEE)
def product(product_id: int) -> Answer:
    found, supplier = product_visible_to(reading(), actor(), product_id)
    today = clock.today(time_zone())
    return page(
        "civic_centers/suppliers/product.html",
        product=found,
        price=prices_on(reading(), [product_id], today).get(product_id),
        history=price_history(reading(), product_id),
        by_piece=is_sold_by_piece(found.unit, found.is_weighed),
        **about(supplier, is_keeper=keeps(reading(), actor(), supplier)),
    )


def about(supplier: Supplier, *, is_keeper: bool) -> dict[str, Any]:
    """A supplier, and what its pages say things with. Contacts are shown where `keeps` is true."""
    today = clock.today(time_zone())
    return {
        "supplier": supplier,
        "keeps": is_keeper,
        "zone": catalogue_of(reading(), community()).zone_names.get(supplier.zone_id, ""),
        "organisation": organisation_of(reading(), supplier),
        "interests": interests_of(reading(), supplier.id or 0),
        "today": today,
        "is_in_season": lambda one: in_season(one.season_from, one.season_to, today),
        **saying(),
    }
