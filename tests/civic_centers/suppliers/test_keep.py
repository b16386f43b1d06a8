"""Suppliers and products: who may, what is refused, two at once, and what becomes of them when people go."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from civic_centers.suppliers import actions
from civic_centers.suppliers.actions import AboutSupplier
from civic_centers.suppliers.policies import may_keep_in, zones_kept
from civic_centers.suppliers.queries import (
    offers_of,
    price_history,
    product_visible_to,
    products_of,
    purchasers_in,
    supplier_visible_to,
)
from civic_centers.suppliers.rules import Overtaken, PriceSaid, Said
from civic_centers.suppliers.tables import Product, ProductPrice, Supplier, SupplierInterest
from community.leaving.rules import Going
from foundation import clock
from foundation.errors import DomainError, Invalid, Missing, Refused
from tests.civic_centers.stage import MONDAY
from tests.civic_centers.suppliers.stage import LATER, TODAY, SupplierStage


def test_only_who_keeps_purchasing_there_may(stage: SupplierStage) -> None:
    cast, product = stage.cast, stage.product()
    for who in (cast.anna, cast.chiara, cast.other_maker, cast.zoe):
        for act in (
            lambda who: stage.supplier_of(who, "Altro"),
            lambda who: stage.do(actions.set_price, who, product, PriceSaid(1), from_day=TODAY),
            lambda who: stage.do(actions.set_state, who, stage.supplier_id, "closed"),
            lambda who: stage.do(actions.say_interest, who, stage.supplier_id, "mio"),
            lambda who: stage.do(actions.add_purchaser, who, stage.zone_id, cast.anna.id),
        ):
            with pytest.raises(Missing):
                act(who)
    for who in (cast.maker, cast.administrator):
        assert stage.ask(may_keep_in, who, stage.zone_id)


def test_a_purchaser_names_no_other(stage: SupplierStage) -> None:
    with pytest.raises(Missing):
        stage.do(actions.add_purchaser, stage.cast.bashir, stage.zone_id, stage.cast.anna.id)


def test_a_charge_ends_by_itself_and_by_any_maker(stage: SupplierStage) -> None:
    cast = stage.cast
    stage.do(actions.add_purchaser, cast.maker, stage.zone_id, cast.anna.id, ends_at=clock.now() + timedelta(days=1))
    assert stage.ask(zones_kept, cast.anna) == [stage.zone_id]
    with clock.at(MONDAY + timedelta(days=2)):
        assert stage.ask(zones_kept, cast.anna) == []
    stage.do(actions.end_purchaser, cast.administrator, stage.charge)
    stage.do(actions.end_purchaser, cast.administrator, stage.charge)
    assert stage.ask(zones_kept, cast.bashir) == []
    assert stage.ask(purchasers_in, cast.maker, [stage.zone_id])[0][1].id == cast.anna.id


def test_who_leaves_is_in_charge_of_nothing_and_said_nothing(stage: SupplierStage) -> None:
    cast = stage.cast
    stage.do(actions.say_interest, cast.bashir, stage.supplier_id, "È di mio fratello")
    going = (
        Going(
            community_id=cast.community.id, person_id=cast.bashir.id, party_id=cast.bashir.party.id, closes_party=True
        )
        if "closes_party" in Going.__dataclass_fields__
        else None
    )
    with stage.database.writing() as session:
        going = going or _going(stage)
        actions.end_purchasers_of(session, going)
        actions.forget_keeper(session, going)
    assert stage.ask(zones_kept, cast.bashir) == []
    with stage.database.reading() as session:
        assert session.exec(select(SupplierInterest)).all() == []


def _going(stage: SupplierStage) -> Any:
    values = dict.fromkeys(Going.__dataclass_fields__)
    return Going(**{**values, "community_id": stage.cast.community.id, "person_id": stage.cast.bashir.id})


def test_a_hidden_supplier_is_seen_by_its_keepers_alone(stage: SupplierStage) -> None:
    cast, product = stage.cast, stage.product()
    stage.do(actions.hide_supplier, cast.maker, stage.supplier_id)
    assert stage.ask(supplier_visible_to, cast.bashir, stage.supplier_id).id == stage.supplier_id
    for find, number in ((supplier_visible_to, stage.supplier_id), (product_visible_to, product)):
        with pytest.raises(Missing):
            stage.ask(find, cast.anna, number)
    stage.do(actions.show_supplier, cast.maker, stage.supplier_id)
    assert stage.ask(supplier_visible_to, cast.anna, stage.supplier_id)


def test_a_hidden_product_is_not_listed(stage: SupplierStage) -> None:
    product = stage.product()
    stage.do(actions.hide_product, stage.cast.maker, product)
    with stage.database.reading() as session:
        assert products_of(session, stage.supplier_id) == []
    with pytest.raises(Missing):
        stage.ask(product_visible_to, stage.cast.anna, product)


def test_contacts_are_sealed(stage: SupplierStage) -> None:
    with stage.database.reading() as session:
        row = session.connection().exec_driver_sql("SELECT contact_phone FROM supplier").scalar_one()
    assert "123456" not in row


def test_prices_are_only_added(stage: SupplierStage) -> None:
    product = stage.product()
    for statement in (update(ProductPrice).values(price=1), delete(ProductPrice)):
        with pytest.raises(DBAPIError), stage.database.writing() as session:
            session.execute(statement)
    assert stage.price(product) == 34650


def test_the_price_of_a_day_is_the_newest_by_then(stage: SupplierStage) -> None:
    product, bashir = stage.product(), stage.cast.bashir
    stage.do(actions.set_price, bashir, product, PriceSaid(40000), from_day=LATER)
    stage.do(actions.set_price, bashir, product, PriceSaid(38000), from_day=TODAY)
    assert not stage.do(actions.set_price, bashir, product, PriceSaid(38000), from_day=TODAY)
    before = TODAY - timedelta(days=1)
    days = (before, TODAY, LATER - timedelta(days=1), LATER, LATER + timedelta(days=400))
    assert [stage.price(product, day) for day in days] == [None, 38000, 38000, 40000, 40000]
    with stage.database.reading() as session:
        assert [one.price for one in price_history(session, product)] == [40000, 38000]
        [offer] = offers_of(session, products_of(session, stage.supplier_id), before)
    assert not offer.orderable


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"unit": "stone"}, "unit"),
        ({"step": 0}, "step"),
        ({"step": 500, "least": 500}, "step"),
        ({"unit": "kg", "step": 300, "least": 500}, "least"),
        ({"pack": 1500}, "pack"),
        ({"pack": -1}, "pack"),
        ({"is_weighed": True, "piece_weight": 300}, "unit"),
        ({"unit": "kg", "is_weighed": True}, "piece_weight"),
        ({"unit": "kg", "is_weighed": True, "piece_weight": 300}, "step"),
        ({"season_from": 3}, "season_from"),
        ({"season_from": 3, "season_to": 13}, "season_from"),
        ({"most_available": -1}, "most_available"),
        ({"pack": 10**12}, "pack"),
    ],
)
def test_a_product_that_cannot_be(stage: SupplierStage, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        stage.product("Cosa", **more)
    assert caught.value.field == field


def test_the_database_refuses_less_than_nothing(stage: SupplierStage) -> None:
    product = stage.product()
    for values in ({"most_available": -1}, {"step": 0}, {"season_from": 3}, {"unit": "stone"}):
        with pytest.raises(DBAPIError), stage.database.writing() as session:
            session.execute(update(Product).where(col(Product.id) == product).values(**values))


def test_the_same_code_or_name_is_refused(stage: SupplierStage) -> None:
    stage.product("Mele", code="M1")
    stage.product("Pere")
    for name, code in (("Altro", "m1"), ("pere", "")):
        with pytest.raises(Refused):
            stage.product(name, code=code)
    assert stage.product("Mele Golden", code="M2")


def test_a_form_opened_earlier_is_told(stage: SupplierStage) -> None:
    product, bashir = stage.product(), stage.cast.bashir
    stage.do(actions.change_product, bashir, product, Said("Farina 0"), version=1)
    with pytest.raises(Overtaken):
        stage.do(actions.change_product, bashir, product, Said("Farina 00"), version=1)
    about = AboutSupplier("Altro nome", stage.zone_id)
    stage.do(actions.change_supplier, bashir, stage.supplier_id, about, version=1)
    with pytest.raises(Overtaken):
        stage.do(actions.change_supplier, bashir, stage.supplier_id, about, version=1)


def test_into_a_zone_of_others_it_does_not_go(stage: SupplierStage) -> None:
    about = AboutSupplier("Cascina", stage.cast.zones["vescovato"].id)
    with pytest.raises(Missing):
        stage.do(actions.change_supplier, stage.cast.bashir, stage.supplier_id, about, version=1)


def test_a_name_is_free_again_once_closed(stage: SupplierStage) -> None:
    bashir = stage.cast.bashir
    with pytest.raises(Refused):
        stage.supplier()
    stage.do(actions.set_state, bashir, stage.supplier_id, "closed")
    assert stage.supplier()
    with pytest.raises(Refused):
        stage.do(actions.set_state, bashir, stage.supplier_id, "open")


def at_once(stage: SupplierStage, *acts: Any) -> list[str]:
    """Let all do it in the same moment, and say what became of each."""
    barrier, met = threading.Barrier(len(acts)), []

    def run(act: Any) -> None:
        with clock.at(MONDAY):
            barrier.wait()
            try:
                act()
                met.append("done")
            except DomainError as error:
                met.append(type(error).__name__)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(met)


def test_two_write_the_same_down_at_once(stage: SupplierStage) -> None:
    assert at_once(stage, lambda: stage.supplier("Mulino"), lambda: stage.supplier("Mulino")) == ["Refused", "done"]
    assert at_once(stage, lambda: stage.product("Mele"), lambda: stage.product("Mele")) == ["Refused", "done"]
    chiara = stage.cast.chiara.id

    def name() -> None:
        stage.do(actions.add_purchaser, stage.cast.maker, stage.zone_id, chiara)

    assert at_once(stage, name, name) == ["Refused", "done"]
    with stage.database.reading() as session:
        assert len(session.exec(select(Supplier).where(col(Supplier.name) == "Mulino")).all()) == 1


def test_two_change_one_product_at_once(stage: SupplierStage) -> None:
    product = stage.product()

    def change(name: str) -> Any:
        return lambda: stage.do(actions.change_product, stage.cast.bashir, product, Said(name), version=1)

    assert at_once(stage, change("A"), change("B")) == ["Overtaken", "done"]
