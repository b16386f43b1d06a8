"""Which product a line of a list means, and what a list leaves alone; undoing one that is in use."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlmodel import select

from civic_centers.purchasing.actions.making import What, make_cycle
from civic_centers.purchasing.actions.placing import Where
from civic_centers.purchasing.rules.cycles import Times
from civic_centers.suppliers import actions
from civic_centers.suppliers.rules import Overtaken, PriceSaid, Said
from civic_centers.suppliers.tables import SupplierListChange
from foundation import clock
from foundation.errors import Invalid, Missing
from foundation.importing.runs import take_run, undo_run
from tests.cast import Member
from tests.civic_centers.stage import MONDAY
from tests.civic_centers.suppliers.stage import LATER, TODAY, SupplierStage, faults, told

APPLES = "Codice;Prodotto;Prezzo\nM1;Mele;2,15\n"


def elsewhere(stage: SupplierStage) -> Member:
    """Who runs the other community, and nothing here."""
    who, other = stage.cast.administrator, stage.cast.other_community
    assert other is not None
    return Member(who.person, who.party, replace(who.actor, community_id=other.id))


def close(stage: SupplierStage) -> None:
    stage.do(actions.set_state, stage.cast.bashir, stage.supplier_id, "closed")


def test_without_a_code_it_means_the_one_without_or_the_only_one(stage: SupplierStage) -> None:
    coded = stage.product("Mele", code="M1", price=10_000)
    stage.bring("Prodotto;Prezzo\nMele;1,50\n")
    assert stage.price(coded) == 15_000
    plain = stage.product("Mele", price=10_000)
    stage.bring("Prodotto;Prezzo\nMele;1,60\n")
    assert (stage.price(coded), stage.price(plain)) == (15_000, 16_000)


def test_several_of_one_name_need_the_code(stage: SupplierStage) -> None:
    for code in ("M1", "M2"):
        stage.product("Mele", code=code)
    assert faults(stage.look("Prodotto;Prezzo\nMele;1,50\n")) == [
        "2: Several products are called “Mele”: write the code."
    ]
    assert not stage.look("Codice;Prodotto;Prezzo\nM1;Mele;1,50\nM3;Mele;1,50\n").faults


def test_two_lines_for_one_product_are_refused(stage: SupplierStage) -> None:
    stage.product("Mele")
    run = stage.look("Codice;Prodotto;Prezzo\nM1;Mele;1,50\n;Mele;1,60\n")
    assert faults(run) == ["3: Another line of this file means the same product, “Mele”."]


def test_a_line_says_its_own_day(stage: SupplierStage) -> None:
    product = stage.product("Mele", code="M1")
    stage.bring("Codice;Prodotto;Prezzo;Valido dal\nM1;Mele;1,50;2027-02-01\n")
    assert (stage.price(product, TODAY), stage.price(product, LATER)) == (34_650, 15_000)
    run = stage.look("Codice;Prodotto;Prezzo;Valido dal\nM1;Mele;1,60;1999-01-01\n")
    assert faults(run) == ["2: Look at the year once more."]
    with pytest.raises(Invalid):
        stage.upload(APPLES, day=TODAY.replace(year=1999))


def test_what_is_sold_no_more_or_sold_out_already_is_not_told_as_missing(stage: SupplierStage) -> None:
    bashir, ended, out = stage.cast.bashir, stage.product("Uva"), stage.product("Pere")
    stage.do(actions.end_product, bashir, ended)
    stage.do(actions.set_available, bashir, out, available=False, most=None)
    run = stage.look(APPLES, ends_missing=True)
    assert told(run) == {"new": ["Mele"]}
    stage.desk().take(run.id)
    there = stage.products()
    assert [(there[name].available, there[name].version) for name in ("Uva", "Pere")] == [(True, 2), (False, 2)]


def test_what_was_sold_out_is_back(stage: SupplierStage) -> None:
    product = stage.product("Mele", code="M1", price=21_500)
    stage.do(actions.set_available, stage.cast.bashir, product, available=False, most=None)
    run = stage.look(APPLES)
    assert told(run) == {"back": ["Mele"]}
    stage.desk().take(run.id)
    assert stage.products()["Mele"].available


def test_a_form_opened_before_the_list_came_in_is_told(stage: SupplierStage) -> None:
    changed, missing = stage.product("Mele", code="M1"), stage.product("Pere")
    run_id = stage.bring(APPLES, ends_missing=True)
    for product, version in ((changed, 1), (missing, 1)):
        with pytest.raises(Overtaken):
            stage.do(actions.change_product, stage.cast.bashir, product, Said("Altro"), version=version)
    stage.desk().undo(run_id)
    for product in (changed, missing):
        with pytest.raises(Overtaken):
            stage.do(actions.change_product, stage.cast.bashir, product, Said("Altro"), version=2)


def test_what_was_ended_and_came_back_is_ended_again_when_it_is_undone(stage: SupplierStage) -> None:
    product = stage.product("Mele", code="M1", price=21_500)
    stage.do(actions.end_product, stage.cast.bashir, product)
    stage.desk().undo(stage.bring(APPLES))
    assert stage.products()["Mele"].state == "ended"


def test_what_was_said_since_is_not_put_back(stage: SupplierStage) -> None:
    stage.product("Mele", code="M1", price=21_500)
    run_id = stage.bring("Codice;Prodotto;Prezzo;Disponibile\nM1;Mele;2,15;40\n")
    product = stage.products()["Mele"]
    stage.do(actions.set_available, stage.cast.bashir, product.id, available=True, most=7000)
    stage.desk().undo(run_id)
    assert stage.products()["Mele"].most_available == 7000


def test_the_price_of_a_later_day_stays_when_it_is_undone(stage: SupplierStage) -> None:
    product = stage.product("Mele", code="M1")
    first = stage.bring(APPLES)
    stage.bring(APPLES.replace("2,15", "2,30"), day=LATER)
    stage.desk().undo(first)
    assert (stage.price(product, TODAY), stage.price(product, LATER)) == (34_650, 23_000)


# ---------------------------------------------------------------- who may, and what is in the way


def test_a_supplier_that_closed_meanwhile_takes_nothing_in_and_nothing_back(stage: SupplierStage) -> None:
    done = stage.bring(APPLES)
    run = stage.look(APPLES.replace("Mele", "Pere").replace("M1", "P1"))
    with stage.database.writing() as session:
        take_run(session, stage.cast.bashir.actor, run.id)
        undo_run(session, stage.cast.bashir.actor, done)
    close(stage)
    stage.desk().work()
    assert [stage.desk().run(number).state == "undone" for number in (run.id, done)] == [False, False]
    assert [(one.name, one.state) for one in stage.products().values()] == [("Mele", "offered")]


def test_nobody_else_takes_it_in_or_looks_what_is_in_the_way(stage: SupplierStage) -> None:
    run_id = stage.bring(APPLES)
    for who in (stage.cast.anna, stage.cast.other_maker, elsewhere(stage)):
        for find in (actions.list_import, actions.built_on_list):
            with pytest.raises(Missing):
                stage.ask(find, who, run_id)
    assert stage.ask(actions.built_on_list, stage.cast.bashir, run_id) == []


def test_what_stands_in_a_cycle_is_in_the_way(stage: SupplierStage) -> None:
    run_id = stage.bring(APPLES)
    now = clock.now()
    when = Times(now + timedelta(hours=1), now + timedelta(days=2), (MONDAY + timedelta(days=5)).date())
    what = What("Mele", "", when)
    stage.do(make_cycle, stage.cast.bashir, stage.supplier_id, what, Where("Oratorio", time(17), time(19)))
    [found] = stage.ask(actions.built_on_list, stage.cast.bashir, run_id)
    assert found.params == {"name": "Mele"}
    assert stage.desk().undo(run_id).state == "taken"
    assert stage.products()["Mele"].state == "offered"


def test_what_it_changed_is_noted(stage: SupplierStage) -> None:
    stage.product("Mele", code="M1")
    stage.product("Pere")
    stage.bring(APPLES + "U1;Uva;3\n", ends_missing=True)
    with stage.database.reading() as session:
        noted = session.exec(select(SupplierListChange).order_by(SupplierListChange.product_id)).all()
    assert [one.kind for one in noted] == ["changed", "missing", "new"]
    former = PriceSaid(**{name: noted[0].before["price"][name] for name in ("price", "net", "vat_rate")})
    assert former == PriceSaid(34_650)
