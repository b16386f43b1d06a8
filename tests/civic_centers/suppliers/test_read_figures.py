"""Figures of a list that could be read in two ways: the others settle it, and the preview says how."""

import pytest

from tests.civic_centers.suppliers.stage import SupplierStage, faults, workbook

POINTS = "Codice;Prodotto;Prezzo;Pezzi per collo\nF1;Farina;3.465;12\nF2;Riso;{other};6\n"


@pytest.mark.parametrize(("other", "price"), [("2.50", 34_650), ("2,50", 34_650_000)])
def test_the_other_prices_say_what_a_point_is(stage: SupplierStage, other: str, price: int) -> None:
    stage.bring(POINTS.format(other=other))
    assert stage.price(stage.products()["Farina"].id) == price


def test_a_point_that_nothing_settles_is_refused_with_both_readings(stage: SupplierStage) -> None:
    assert faults(stage.look(POINTS.format(other="2"))) == ["2: “3.465” may be 3,465 or 3465: write it with a comma."]
    typed = [["Codice", "Prodotto", "Prezzo"], ["F1", "Farina", "3.465"], ["F2", "Riso", 2.5]]
    assert len(faults(stage.look(workbook(typed)))) == 1
    stage.bring(workbook([*typed, ["F3", "Semola", "2.40"]]))
    assert stage.price(stage.products()["Farina"].id) == 34_650


@pytest.mark.parametrize(
    ("price", "other", "read"),
    [
        ("3.465", "2.50", [["price", "3.465", "3,465"]]),
        ("3.465", "2,50", [["price", "3.465", "3465"]]),
        ("3,465", "2.50", [["price", "3,465", "3,465"]]),
        ("3,465", "2,50", []),
        ("3,46", "2,50", []),
    ],
)
def test_what_could_be_read_in_two_ways_says_how_it_was(
    stage: SupplierStage, price: str, other: str, read: list[list[str]]
) -> None:
    run = stage.look(f"Codice;Prodotto;Prezzo\nF1;Farina;{price}\nF2;Riso;{other}\n")
    assert not run.faults
    assert [one["read"] for one in run.preview] == [read, []]


def test_numbers_of_a_workbook_are_read_in_one_way(stage: SupplierStage) -> None:
    run = stage.look(workbook([["Codice", "Prodotto", "Prezzo"], ["F1", "Farina", 3.465], ["F2", "Riso", "€ 2.50"]]))
    assert [one["read"] for one in run.preview] == [[], []]


def test_quantities_too(stage: SupplierStage) -> None:
    run = stage.look("Codice;Prodotto;Prezzo;Pezzi per collo\nF1;Viti;3,40;1.500\nF2;Riso;2,50;1,5 kg\n")
    assert run.preview[0]["read"] == [["pack", "1.500", "1500"]]
