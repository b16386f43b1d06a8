"""Lists of suppliers: looked at, taken in all or nothing, again, and undone."""

import threading
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from civic_centers.suppliers import actions
from civic_centers.suppliers.rules import PriceSaid, line_cents
from civic_centers.suppliers.tables import ProductPrice
from foundation import clock
from foundation.errors import Missing, Stale
from foundation.importing.runs import run_visible_to, take_run
from tests.civic_centers.stage import MONDAY
from tests.civic_centers.suppliers.stage import LATER, TODAY, SupplierStage, faults, told, workbook

LIST = """Listino gennaio 2027;;;;;;
;;;;;;
Cod.;Descrizione;U.M.;Confezione;Prezzo;IVA;Stagione
FARINE;;;;;;
F1;Farina tipo 2, 1 kg;pz;12;3,465;4%;
F2;Farina di mais;kg;5 kg;"€ 1,20";4;
FORMAGGI;;;;;;
C1;Grana 24 mesi;€/kg;;14,90;4;
C2;Ricotta;pz;500 g;2,10;4;
ORTAGGI;;;;;;
O1;Zucca;kg;;0,95;4;ottobre-marzo
O2;Olio extravergine;500 ml;6;"1.234,50";4;
"""
MAIZE = 'F2;Farina di mais;kg;5 kg;"€ 1,20";4;\n'


def test_a_real_list_becomes_products(stage: SupplierStage) -> None:
    run = stage.look(LIST)
    assert (run.state, run.lines, run.new, run.fault_count) == ("checked", 6, 6, 0)
    assert stage.products() == {}
    stage.desk().take(run.id)
    there = stage.products()
    assert set(there) == {
        "Farina tipo 2, 1 kg",
        "Farina di mais",
        "Grana 24 mesi",
        "Ricotta, 500 g",
        "Zucca",
        "Olio extravergine, 500 ml",
    }
    flour, mais = there["Farina tipo 2, 1 kg"], there["Farina di mais"]
    assert (flour.code, flour.unit, flour.pack, flour.category) == ("F1", "piece", 12_000, "FARINE")
    assert (mais.unit, mais.pack, mais.step) == ("kg", 5000, 100)
    assert (there["Zucca"].season_from, there["Zucca"].season_to, there["Zucca"].category) == (10, 3, "ORTAGGI")
    assert there["Ricotta, 500 g"].pack is None
    assert [stage.price(one.id) for one in there.values()] == [34650, 12000, 149000, 21000, 9500, 12_345_000]


def test_sums_as_by_hand(stage: SupplierStage) -> None:
    """A monthly order against a supplier's list: 24 flours, 7.5 kg of maize, 1.3 kg of grana, 2.75 kg of pumpkin."""
    stage.bring(LIST)
    there = stage.products()
    order = {"Farina tipo 2, 1 kg": 24_000, "Farina di mais": 7500, "Grana 24 mesi": 1300, "Zucca": 2750}
    cents = {name: line_cents(stage.price(there[name].id), quantity) for name, quantity in order.items()}
    # 24 x 3.465 = 83.16; 7.5 x 1.20 = 9.00; 1.3 x 14.90 = 19.37; 2.75 x 0.95 = 2.6125
    assert cents == {"Farina tipo 2, 1 kg": 8316, "Farina di mais": 900, "Grana 24 mesi": 1937, "Zucca": 261}
    assert sum(cents.values()) == 11414


def test_the_same_list_again_changes_nothing(stage: SupplierStage) -> None:
    stage.bring(LIST)
    run = stage.look(LIST)
    assert (run.new, run.unchanged) == (0, 6)
    assert set(told(run)) == {"same"}


def test_a_later_list_tells_what_changes(stage: SupplierStage) -> None:
    stage.bring(LIST)
    later = (
        LIST.replace("3,465", "3,60")
        .replace("Zucca", "Zucca mantovana")
        .replace('F2;Farina di mais;kg;5 kg;"€ 1,20";4;\n', "")
    )
    run = stage.look(later + "O3;Porri;mazzo;;1,50;4;\n", day=LATER, ends_missing=True)
    assert told(run) == {
        "price": ["Farina tipo 2, 1 kg"],
        "same": ["Grana 24 mesi", "Ricotta, 500 g", "Olio extravergine, 500 ml"],
        "changed": ["Zucca mantovana"],
        "new": ["Porri"],
        "missing": ["Farina di mais"],
    }
    stage.desk().take(run.id)
    there = stage.products()
    assert (there["Farina di mais"].available, there["Porri"].available) == (False, True)
    flour = there["Farina tipo 2, 1 kg"].id
    assert (stage.price(flour, TODAY), stage.price(flour, LATER)) == (34650, 36000)


def test_what_does_not_stand_on_it_is_left_alone_unless_asked(stage: SupplierStage) -> None:
    stage.bring(LIST)
    stage.bring("Codice;Prodotto;Prezzo\nN1;Miele;6,50\n")
    assert all(product.available for product in stage.products().values())


def test_only_what_is_missing_can_be_taken_in(stage: SupplierStage) -> None:
    stage.bring(LIST)
    less = LIST[: LIST.index("O2;")]
    run = stage.look(less, ends_missing=True)
    assert (run.new, run.unchanged) == (1, 5)
    assert stage.desk().take(run.id).state == "taken"
    assert not stage.products()["Olio extravergine, 500 ml"].available


def test_a_product_that_comes_back_is_there_again(stage: SupplierStage) -> None:
    stage.bring(LIST)
    oil = stage.products()["Olio extravergine, 500 ml"].id
    stage.do(actions.end_product, stage.cast.bashir, oil)
    assert told(stage.look(LIST))["back"] == ["Olio extravergine, 500 ml"]
    stage.bring(LIST)
    assert stage.products()["Olio extravergine, 500 ml"].state == "offered"


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("A;Mele;1,20\nB;Pere;2\na;Mele Golden;1,30\n", "4: Line 2 has the same product “a” with something else"),
        (";Mele;1,20\n;mele;1,30\n", "3: Line 2 has the same product “mele” with something else"),
        ("A;Mele;1.234\n", "2: “1.234” may be 1,234 or 1234: write it with a comma."),
        ("A;Mele;-3\n", "2: Write the price as"),
        ("A;Mele;1e9\n", "2: "),
        ("A;Mele;٣\n", "2: Write the price as"),
        ("A;Mele;0\n", "2: A price is more than zero."),
        ("A;Mele;99999999999999999999\n", "2: "),
        ("A;Mele;\n", "2: There is no price on this line."),
        ("A;;3\n", "2: There is no name of a product on this line."),
    ],
)
def test_a_line_that_is_not_right_is_told_and_nothing_kept(stage: SupplierStage, lines: str, sentence: str) -> None:
    run = stage.look(f"Codice;Prodotto;Prezzo\n{lines}")
    assert run.fault_count == 1
    assert faults(run)[0].startswith(sentence)
    assert stage.products() == {}


def test_the_same_line_twice_is_told_and_counts_once(stage: SupplierStage) -> None:
    run = stage.look("Codice;Prodotto;Prezzo\nA;Mele;1,20\nA;Mele;1,20\n")
    assert (run.fault_count, run.new) == (0, 1)
    assert [(one["line"], one["first"]) for one in run.preview if one["what"] == "twice"] == [(3, 2)]
    stage.desk().take(run.id)
    assert len(stage.products()) == 1


def test_a_list_that_gained_codes_finds_its_products(stage: SupplierStage) -> None:
    stage.bring("Prodotto;U.M.;Prezzo\nMele;kg;1,20\n")
    stage.bring("Codice;Prodotto;U.M.;Prezzo\nM1;Mele;kg;1,30\n", day=LATER)
    [apples] = stage.products().values()
    assert (apples.code, stage.price(apples.id, LATER)) == ("M1", 13000)


def test_what_a_list_has_no_column_for_stays(stage: SupplierStage) -> None:
    product = stage.product("Mele", code="M1", unit="kg", step=500, least=500, description="Dolci", producer="Ida")
    stage.bring("Codice;Prodotto;U.M.;Prezzo\nM1;Mele;kg;1,30\n", day=LATER)
    apples = stage.products()["Mele"]
    assert (apples.id, apples.step, apples.description, apples.producer) == (product, 500, "Dolci", "Ida")


def test_sold_out_in_place_of_a_price_keeps_the_price(stage: SupplierStage) -> None:
    product = stage.product("Mele", code="M1")
    stage.bring("Codice;Prodotto;Prezzo\nM1;Mele;esaurito\n", day=LATER)
    assert (stage.products()["Mele"].available, stage.price(product, LATER)) == (False, 34650)


def test_prices_without_vat_get_it(stage: SupplierStage) -> None:
    stage.bring("Codice;Prodotto;Imponibile;IVA\nM1;Miele;6,50;10\n")
    with stage.database.reading() as session:
        price = session.exec(select(ProductPrice)).one()
    assert (price.price, price.net, price.vat_rate) == (71500, 65000, 1000)


def test_weighed_goods(stage: SupplierStage) -> None:
    stage.bring("Prodotto;U.M.;Prezzo;Peso variabile;Peso medio\nCaciotta;kg;12,50;sì;800 g\n")
    cheese = stage.products()["Caciotta"]
    assert (cheese.is_weighed, cheese.piece_weight, cheese.step, cheese.least) == (True, 800, 800, 800)


def test_a_workbook_is_read_as_it_is(stage: SupplierStage) -> None:
    rows: list[list[Any]] = [
        ["Listino", None, None, None, None],
        ["Codice", "Prodotto", "U.M.", "Prezzo", "IVA"],
        ["LATTE", None, None, None, None],
        [7, "Yogurt", "pz", 3.465, 0.04],
    ]
    content = workbook(rows, formats={"A4": "000", "E4": "0%"})
    stage.bring(content)
    yogurt = stage.products()["Yogurt"]
    assert (yogurt.code, yogurt.category, stage.price(yogurt.id)) == ("007", "LATTE", 34650)


# ---------------------------------------------------------------- undoing


def test_undoing_puts_back_what_was(stage: SupplierStage) -> None:
    stage.bring(LIST)
    before = {name: (one.available, one.state) for name, one in stage.products().items()}
    flour = stage.products()["Farina tipo 2, 1 kg"].id
    later = LIST.replace("3,465", "3,60")
    run_id = stage.bring(later[: later.index("O2;")] + "O3;Porri;mazzo;;1,50;4;\n", ends_missing=True)
    assert stage.price(flour) == 36000
    assert stage.desk().undo(run_id).state == "undone"
    after = stage.products()
    assert after["Porri"].state == "ended"
    assert {name: (one.available, one.state) for name, one in after.items() if name != "Porri"} == before
    assert stage.price(flour) == 34650


def test_what_was_changed_since_is_not_put_back(stage: SupplierStage) -> None:
    stage.bring(LIST)
    flour = stage.products()["Farina tipo 2, 1 kg"].id
    run_id = stage.bring(LIST.replace("3,465", "3,60"))
    stage.do(actions.set_price, stage.cast.bashir, flour, PriceSaid(40000), from_day=TODAY)
    stage.desk().undo(run_id)
    assert stage.price(flour) == 40000


def test_after_undoing_the_list_can_be_taken_in_again(stage: SupplierStage) -> None:
    stage.desk().undo(stage.bring(LIST))
    assert {one.state for one in stage.products().values()} == {"ended"}
    stage.bring(LIST)
    assert {one.state for one in stage.products().values()} == {"offered"}
    assert stage.price(stage.products()["Zucca"].id) == 9500


# ---------------------------------------------------------------- who may, and two at once


def test_any_keeper_goes_on_with_it_and_nobody_else_knows(stage: SupplierStage) -> None:
    run_id = stage.upload(LIST)
    cast = stage.cast
    assert stage.ask(run_visible_to, cast.maker, run_id).id == run_id
    for who in (cast.anna, cast.other_maker, cast.zoe):
        with pytest.raises(Missing):
            stage.ask(run_visible_to, who, run_id)


def test_who_is_in_charge_no_more_takes_nothing_in(stage: SupplierStage) -> None:
    run = stage.look(LIST)
    with stage.database.writing() as session:
        take_run(session, stage.cast.bashir.actor, run.id)
    stage.do(actions.end_purchaser, stage.cast.maker, stage.charge)
    stage.desk().work()
    assert stage.desk().run(run.id).problem
    assert stage.products() == {}


def test_a_request_sent_twice_is_one_upload(stage: SupplierStage) -> None:
    first = stage.upload(LIST, request_key="k")
    assert stage.upload(LIST, request_key="k") == first
    with pytest.raises(Stale):
        stage.upload(LIST + "X;Y;pz;;1;4;\n", request_key="k")


def test_two_take_lists_in_at_once(stage: SupplierStage) -> None:
    runs = [stage.look(LIST).id, stage.look(LIST.replace("3,465", "3,60")).id]
    for run_id in runs:
        with stage.database.writing() as session:
            take_run(session, stage.cast.bashir.actor, run_id)

    def work() -> None:
        with clock.at(MONDAY):
            stage.desk().work()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert {stage.desk().run(run_id).state for run_id in runs} == {"taken"}
    assert len(stage.products()) == 6
    assert stage.price(stage.products()["Farina tipo 2, 1 kg"].id, date(2027, 1, 20)) in (34650, 36000)
