"""What is read of suppliers: what can be ordered, what is out of sight, and what of a list that comes again."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select

from civic_centers.purchasing.queries.prices import sold_on
from civic_centers.suppliers import actions
from civic_centers.suppliers.actions import AboutSupplier
from civic_centers.suppliers.queries import (
    list_before,
    lists_of,
    offers_of,
    organisation_of,
    organisations_to_choose,
    price_history,
    product_visible_to,
    products_of,
    supplier_visible_to,
    suppliers_of,
)
from civic_centers.suppliers.rules import PriceSaid
from civic_centers.suppliers.tables import Supplier
from community.parties.tables import Party
from foundation import clock
from foundation.database import Session
from foundation.errors import Invalid, Missing
from foundation.importing.runs import withdraw_run
from foundation.importing.tables import ImportRun
from foundation.search.tables import SearchEntry
from tests.cast import Member
from tests.civic_centers.suppliers.stage import LATER, TODAY, SupplierStage

LINES = "Codice;Prodotto;Prezzo\nM1;Mele;2,15\n"


def orderable(stage: SupplierStage) -> list[str]:
    """By what is said of each product with its price, whoever asks and whatever they were shown."""
    with stage.database.reading() as session:
        found = products_of(session, stage.supplier_id, hidden=True)
        found += products_of(session, stage.supplier_id, ended=True)
        there = sorted(offer.product.name for offer in offers_of(session, found, TODAY) if offer.orderable)
        sold = sorted(product.name for product, _price in sold_on(session, stage.supplier_id, TODAY))
    assert there == sold
    return there


def sold_no_more(stage: SupplierStage, product: int) -> None:
    stage.do(actions.end_product, stage.cast.bashir, product)


def out_of_sight(stage: SupplierStage, product: int) -> None:
    stage.do(actions.hide_product, stage.cast.maker, product)


def sold_out(stage: SupplierStage, product: int) -> None:
    stage.do(actions.set_available, stage.cast.bashir, product, available=False, most=None)


def none_left(stage: SupplierStage, product: int) -> None:
    stage.do(actions.set_available, stage.cast.bashir, product, available=True, most=0)


def without_a_price(stage: SupplierStage, product: int) -> None:
    stage.do(actions.set_price, stage.cast.bashir, product, PriceSaid(), from_day=TODAY)


@pytest.mark.parametrize("act", [sold_no_more, out_of_sight, sold_out, none_left, without_a_price])
def test_what_can_be_ordered(stage: SupplierStage, act: Callable[[SupplierStage, int], None]) -> None:
    stage.product("Mele", most_available=1000)
    product = stage.product("Pere")
    assert orderable(stage) == ["Mele", "Pere"]
    act(stage, product)
    assert orderable(stage) == ["Mele"]


def test_from_the_day_of_its_price(stage: SupplierStage) -> None:
    stage.product("Mele", day=LATER)
    assert orderable(stage) == []


def test_of_one_day_the_price_written_last_holds(stage: SupplierStage) -> None:
    product = stage.product("Mele")
    for price in (20_000, 18_000, 19_000):
        stage.do(actions.set_price, stage.cast.bashir, product, PriceSaid(price), from_day=LATER)
    assert stage.price(product, LATER) == 19_000
    with stage.database.reading() as session:
        assert [one.price for one in price_history(session, product)] == [19_000, 34_650]


def test_what_is_out_of_sight_is_read_by_keepers_and_not_counted(stage: SupplierStage) -> None:
    cast = stage.cast
    stage.product("Mele")
    hidden, ended = stage.product("Pere"), stage.product("Uva")
    out_of_sight(stage, hidden)
    sold_no_more(stage, ended)
    assert [number for _one, number in stage.ask(suppliers_of, cast.anna)] == [1]
    assert stage.ask(product_visible_to, cast.bashir, hidden)[0].name == "Pere"
    with pytest.raises(Missing):
        stage.ask(product_visible_to, cast.anna, hidden)
    assert stage.ask(product_visible_to, cast.anna, ended)[0].name == "Uva"


def test_nothing_of_it_is_seen_in_another_community(stage: SupplierStage) -> None:
    product, other = stage.product(), stage.cast.other_community
    assert other is not None
    administrator = stage.cast.administrator
    elsewhere = Member(administrator.person, administrator.party, replace(administrator.actor, community_id=other.id))
    for who in (stage.cast.zoe, elsewhere):
        assert stage.ask(suppliers_of, who) == []
        for find, number in ((supplier_visible_to, stage.supplier_id), (product_visible_to, product)):
            with pytest.raises(Missing):
                stage.ask(find, who, number)
        for act in (actions.hide_product, actions.show_product):
            with pytest.raises(Missing):
                stage.do(act, who, product)


def test_a_list_that_was_put_away_is_not_shown_and_one_that_comes_again_is_known(stage: SupplierStage) -> None:
    other = stage.supplier("Mulino")

    def lists() -> list[int | None]:
        with stage.database.reading() as session:
            return [run.id for _about, run in lists_of(session, stage.supplier_id, 5)]

    def twin(run_id: int, supplier_id: int) -> int | None:
        with stage.database.reading() as session:
            before = list_before(session, session.get_one(ImportRun, run_id), supplier_id)
            return before.id if before is not None else None

    first = stage.look(LINES).id
    second = stage.look(LINES).id
    assert twin(second, stage.supplier_id) is None
    stage.desk().take(first)
    assert (twin(second, stage.supplier_id), twin(second, other), twin(first, stage.supplier_id)) == (first, None, None)
    assert twin(stage.look(LINES.replace("2,15", "2,20")).id, stage.supplier_id) is None
    stage.do(withdraw_run, stage.cast.bashir, second)
    assert second not in lists()
    assert first in lists()
    stage.desk().undo(first)
    assert twin(second, stage.supplier_id) is None


def test_only_what_is_in_sight_and_goes_on_stands_in_the_index(stage: SupplierStage) -> None:
    cast, number = stage.cast, stage.supplier_id

    def indexed() -> list[int]:
        with stage.database.reading() as session:
            return list(session.exec(select(SearchEntry.object_id).where(SearchEntry.kind == "supplier")))

    seen = [indexed()]
    for act in (actions.hide_supplier, actions.show_supplier):
        stage.do(act, cast.maker, number)
        seen.append(indexed())
    for state in ("closed", "open"):
        stage.do(actions.set_state, cast.bashir, number, state)
        seen.append(indexed())
    assert seen == [[number], [], [number], [], [number]]


# ---------------------------------------------------------------- an organisation of the community


def about(stage: SupplierStage, party_id: int | None, **more: Any) -> AboutSupplier:
    return AboutSupplier(**{"name": "Panificio", "zone_id": stage.zone_id, "party_id": party_id, **more})


def close(stage: SupplierStage, party_id: int) -> None:
    with stage.database.writing() as session:
        session.get_one(Party, party_id).closed_at = clock.now()


def test_it_may_be_an_open_organisation_of_the_community(stage: SupplierStage) -> None:
    cast = stage.cast
    bakery, anna = cast.bakery.party.id, cast.anna.party.id
    with stage.database.writing() as session:
        far = session.get_one(Party, cast.zoe.party.id)
        far.kind = "organisation"
    for wrong in (anna, cast.zoe.party.id, 10**9):
        with pytest.raises(Invalid) as caught:
            stage.do(actions.add_supplier, cast.bashir, about(stage, wrong))
        assert caught.value.field == "party_id"
    number = stage.do(actions.add_supplier, cast.bashir, about(stage, bakery)).id

    def organisation(session: Session) -> Party | None:
        return organisation_of(session, session.get_one(Supplier, number))

    with stage.database.reading() as session:
        assert organisation(session) is not None
        assert [one.id for one in organisations_to_choose(session, cast.community.id)] == [bakery]
    close(stage, bakery)
    with stage.database.reading() as session:
        assert organisation(session) is None
        assert organisations_to_choose(session, cast.community.id) == []
    # Its page is changed as before: only to become that organisation one has to choose it.
    stage.do(actions.change_supplier, cast.bashir, number, about(stage, bakery, name="Forno"), version=1)
    with pytest.raises(Invalid):
        stage.do(actions.add_supplier, cast.bashir, about(stage, bakery, name="Altro"))
    with stage.database.reading() as session:
        assert session.exec(select(col(Supplier.name)).where(col(Supplier.id) == number)).one() == "Forno"
