"""Changing suppliers and products: what is refused, what a form opened earlier is told, and when stock is said anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from civic_centers.suppliers import actions
from civic_centers.suppliers.actions import AboutSupplier
from civic_centers.suppliers.queries import interests_of, supplier_visible_to
from civic_centers.suppliers.rules import MOST_PRICE, MOST_QUANTITY, Overtaken, PriceSaid, Said
from civic_centers.suppliers.tables import Supplier
from foundation import clock
from foundation.errors import Invalid, Missing
from tests.civic_centers.stage import MONDAY
from tests.civic_centers.suppliers.stage import TODAY, SupplierStage


def supplier(stage: SupplierStage) -> Supplier:
    found: Supplier = stage.ask(supplier_visible_to, stage.cast.bashir, stage.supplier_id)
    return found


def test_why_it_is_paused_goes_when_it_opens_again(stage: SupplierStage) -> None:
    bashir = stage.cast.bashir
    stage.do(actions.set_state, bashir, stage.supplier_id, "paused", "In ferie")
    assert (supplier(stage).state, supplier(stage).state_words) == ("paused", "In ferie")
    stage.do(actions.set_state, bashir, stage.supplier_id, "paused", "In ferie fino a marzo")
    assert supplier(stage).state_words == "In ferie fino a marzo"
    stage.do(actions.set_state, bashir, stage.supplier_id, "open", "In ferie")
    assert supplier(stage).state_words == ""


def test_a_page_opened_before_it_was_closed_is_told(stage: SupplierStage) -> None:
    stage.do(actions.set_state, stage.cast.bashir, stage.supplier_id, "paused")
    with pytest.raises(Overtaken):
        about = AboutSupplier("Cascina", stage.zone_id)
        stage.do(actions.change_supplier, stage.cast.bashir, stage.supplier_id, about, version=1)


@pytest.mark.parametrize("minimum", [-1, 10_000_001])
def test_an_absurd_minimum_is_refused(stage: SupplierStage, minimum: int) -> None:
    with pytest.raises(Invalid) as caught:
        stage.supplier("Mulino", order_minimum=minimum)
    assert caught.value.field == "order_minimum"


def test_what_one_says_of_oneself_is_ones_own(stage: SupplierStage) -> None:
    cast = stage.cast
    for who, words in ((cast.maker, "Ci lavoro"), (cast.bashir, "È di mio fratello"), (cast.bashir, "È di mia zia")):
        stage.do(actions.say_interest, who, stage.supplier_id, words)

    def said() -> dict[str, str]:
        with stage.database.reading() as session:
            return {person.given_name: row.words for row, person in interests_of(session, stage.supplier_id)}

    assert said() == {"Maker": "Ci lavoro", "Bashir": "È di mia zia"}
    stage.do(actions.say_interest, cast.bashir, stage.supplier_id, "")
    assert said() == {"Maker": "Ci lavoro"}


# ---------------------------------------------------------------- products


def test_of_a_closed_supplier_nothing_changes(stage: SupplierStage) -> None:
    bashir, product = stage.cast.bashir, stage.product("Mele")
    stage.do(actions.set_state, bashir, stage.supplier_id, "closed")
    acts: list[Callable[[], Any]] = [
        lambda: stage.product("Pere"),
        lambda: stage.do(actions.change_product, bashir, product, Said("Pere"), version=1),
        lambda: stage.do(actions.set_price, bashir, product, PriceSaid(1), from_day=TODAY),
        lambda: stage.do(actions.set_available, bashir, product, available=False, most=None),
        lambda: stage.do(actions.end_product, bashir, product),
        lambda: stage.upload("Prodotto;Prezzo\nPere;2\n"),
    ]
    for act in acts:
        with pytest.raises(Missing):
            act()
    assert [(one.name, one.state, one.version) for one in stage.products().values()] == [("Mele", "offered", 1)]


@pytest.mark.parametrize(
    ("price", "day", "field"),
    [
        (PriceSaid(0), TODAY, "price"),
        (PriceSaid(MOST_PRICE + 1), TODAY, "price"),
        (PriceSaid(1, None, -1), TODAY, "vat"),
        (PriceSaid(1, None, 10_001), TODAY, "vat"),
        (PriceSaid(1), date(1999, 12, 31), "from_day"),
        (PriceSaid(1), date(2101, 1, 1), "from_day"),
    ],
)
def test_a_price_that_cannot_be(stage: SupplierStage, price: PriceSaid, day: date, field: str) -> None:
    product = stage.product("Mele")
    for act in (
        lambda: stage.do(actions.set_price, stage.cast.bashir, product, price, from_day=day),
        lambda: stage.do(actions.add_product, stage.cast.bashir, stage.supplier_id, Said("Pere"), price, from_day=day),
    ):
        with pytest.raises(Invalid) as caught:
            act()
        assert caught.value.field == field
    assert (set(stage.products()), stage.price(product)) == ({"Mele"}, 34650)


@pytest.mark.parametrize("most", [-1, MOST_QUANTITY + 1])
def test_a_stock_that_cannot_be(stage: SupplierStage, most: int) -> None:
    product = stage.product("Mele")
    with pytest.raises(Invalid) as caught:
        stage.do(actions.set_available, stage.cast.bashir, product, available=True, most=most)
    assert caught.value.field == "most_available"


def test_it_keeps_its_name_and_code_when_something_else_changes(stage: SupplierStage) -> None:
    product = stage.product("Mele", code="M1")
    said = Said("Mele", code="M1", description="Dolci")
    stage.do(actions.change_product, stage.cast.bashir, product, said, version=1)
    assert stage.products()["Mele"].description == "Dolci"


def test_a_form_opened_before_the_stock_was_said_is_told(stage: SupplierStage) -> None:
    product = stage.product("Mele")
    stage.do(actions.set_available, stage.cast.bashir, product, available=False, most=None)
    stage.do(actions.set_available, stage.cast.bashir, product, available=False, most=None)
    assert stage.products()["Mele"].version == 2
    with pytest.raises(Overtaken):
        stage.do(actions.change_product, stage.cast.bashir, product, Said("Pere"), version=1)


def test_when_the_stock_was_said(stage: SupplierStage) -> None:
    """What is ordered from then on is taken off it: so it moves when it is said, and for nothing else."""
    bashir, product = stage.cast.bashir, stage.product("Mele")
    hours = [MONDAY + timedelta(hours=hour) for hour in range(1, 5)]
    said = Said("Mele", most_available=5000)

    def said_at(moment: int, act: Callable[[], Any]) -> int:
        with clock.at(hours[moment]):
            act()
        return hours.index(stage.products()["Mele"].stock_at)

    def change(version: int, **more: Any) -> Any:
        return stage.do(actions.change_product, bashir, product, replace(said, **more), version=version)

    assert said_at(0, lambda: change(1)) == 0
    assert said_at(1, lambda: change(2, description="Dolci")) == 0
    assert said_at(2, lambda: change(3, available=False)) == 2
    assert said_at(3, lambda: stage.do(actions.set_available, bashir, product, available=False, most=5000)) == 3
