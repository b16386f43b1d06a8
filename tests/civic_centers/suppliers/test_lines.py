"""What one line of a list says of a product: units beside prices, sizes, cases, and what stays as it was."""

from typing import Any

import pytest

from civic_centers.suppliers.rules import PriceSaid, Said, check_product, thousandths, usual_step, with_vat
from civic_centers.suppliers.rules.cells import grams_in, season_cell, unit_cell, vat_cell
from civic_centers.suppliers.rules.lists import ListLine, key_of, line_of, list_columns
from foundation.errors import Invalid

COLUMNS = {column.name: column for column in list_columns()}


def read(before: Said | None = None, **cells: str) -> ListLine:
    """A line with these columns, each as it is written; the list has no other."""
    values: dict[str, Any] = {name: column.default for name, column in COLUMNS.items()}
    for name, cell in cells.items():
        values[name] = COLUMNS[name].parse(cell) if cell else COLUMNS[name].default
    return line_of(values, set(cells), before)


def test_the_price_says_the_unit_and_may_not_say_another() -> None:
    assert read(name="Mele", price="2,15 €/kg").said.unit == "kg"
    assert read(name="Mele", price_kg="2,15").said.unit == "kg"
    assert read(name="Mele", price_kg="2,15 €/hg").said.unit == "hg"
    assert read(name="Mele", price="2,15").said.unit == "piece"
    with pytest.raises(Invalid):
        read(name="Mele", price="2,15 €/kg", unit="pz")


def test_without_vat_it_needs_the_rate_and_half_goes_up() -> None:
    assert read(name="Miele", net_price="0,0125", vat="4").price == PriceSaid(130, 125, 400)
    with pytest.raises(Invalid):
        read(name="Miele", net_price="6,50")
    assert with_vat(50, 100) == 51
    assert with_vat(49, 100) == 49


def test_the_rate_of_vat_in_two_ways() -> None:
    assert [vat_cell(cell) for cell in ("0,04", "0,5 %", "4")] == [400, 50, 400]


def test_sold_out_stands_in_place_of_a_price_or_in_its_own_column() -> None:
    assert not read(name="Mele", price="esaurito").said.available
    line = read(name="Mele", available="no")
    assert (line.said.available, line.price.price) == (False, None)
    with pytest.raises(Invalid):
        read(name="Mele", available="sì")


def test_a_size_is_said_once() -> None:
    assert read(name="Farina, 1 kg", size="1 kg", price="3").said.name == "Farina, 1 kg"
    assert read(name="Farina", size="1 kg", price="3").said.name == "Farina, 1 kg"
    assert read(name="Ricotta", unit="pz", pack="500 g", price="2").said.name == "Ricotta, 500 g"
    assert unit_cell("2 kg") == ("piece", "2 kg")


def test_how_much_is_in_a_case() -> None:
    assert read(name="Farina", unit="kg", pack="5 kg", price="1").said.pack == 5000
    assert read(name="Farina", unit="kg", pack="500 g", price="1").said.pack == 500
    assert read(name="Viti", unit="pz", pack="6 conf", price="1").said.pack == 6000
    assert read(name="Viti", unit="pz", pack="0", price="1").said.pack is None
    with pytest.raises(Invalid):
        read(name="Olio", unit="l", pack="5 kg", price="1")


def test_by_how_much_one_orders() -> None:
    assert [usual_step(unit) for unit in ("kg", "g", "piece")] == [100, 1000, 1000]
    kilo = read(name="Mele", unit="kg", price="2").said
    assert (kilo.step, kilo.least) == (100, 100)
    own = read(name="Mele", unit="kg", price="2", step="500 g", least="1").said
    assert (own.step, own.least) == (500, 1000)
    cheese = read(name="Caciotta", unit="kg", price="12", weighed="sì", piece_weight="800 g", step="1", pack="4").said
    assert (cheese.step, cheese.least, cheese.piece_weight, cheese.pack) == (800, 800, 800, 4000)
    assert read(name="Caciotta", unit="kg", price="12", piece_weight="800 g").said.piece_weight is None


BEFORE = Said(
    "Mele", code="M1", description="Dolci", producer="Ida", label="bio", category="Frutta", unit="kg", step=500,
    least=1000, pack=5000, available=True, most_available=40_000, season_from=10, season_to=3,
)  # fmt: skip


def test_what_the_list_has_no_column_for_stays() -> None:
    assert read(BEFORE, name="Mele", price="2").said == BEFORE


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"description": ""}, "description", ""),
        ({"producer": ""}, "producer", ""),
        ({"label": ""}, "label", ""),
        ({"pack": ""}, "pack", None),
        ({"available": ""}, "most_available", None),
        ({"season": ""}, "season_from", None),
        ({"code": ""}, "code", "M1"),
        ({"category": ""}, "category", "Frutta"),
        ({"least": ""}, "least", 100),
    ],
)
def test_what_it_has_a_column_for_does_not(cells: dict[str, str], field: str, value: Any) -> None:
    assert getattr(read(BEFORE, name="Mele", price="2", **cells).said, field) == value


def test_of_another_unit_nothing_of_the_quantities_stays() -> None:
    said = read(BEFORE, name="Mele", price="2", unit="pz", pack="").said
    assert (said.unit, said.step, said.least) == ("piece", 1000, 1000)


def test_by_what_two_lines_are_the_same() -> None:
    assert key_of("m1", "Mele", "kg") == key_of("M1", "Pere", "piece")
    assert key_of("", "MÈLE", "kg") == key_of("", "mele", "kg")
    assert key_of("", "Mele", "kg") != key_of("", "Mele", "piece")
    assert read(code="M1", name="Mele", price="2").key == ("code", "m1")


@pytest.mark.parametrize(
    "said",
    [
        Said(" "),
        Said("Uova", unit="piece", step=500, least=500),
        Said("Farina", unit="kg", step=300, least=300, pack=1000),
    ],
)
def test_what_cannot_be(said: Said) -> None:
    with pytest.raises(Invalid):
        check_product(said)


def test_half_a_dozen_and_a_case_of_what_is_weighed() -> None:
    check_product(Said("Uova", unit="dozen", step=500, least=500))
    check_product(Said("Caciotta", unit="kg", step=800, least=800, is_weighed=True, piece_weight=800, pack=5000))


def test_the_last_size_of_a_name_and_months_of_two_figures() -> None:
    assert grams_in("Tonno 80 g x 3, scatola da 240 g") == 240
    assert season_cell("02-4") == (2, 4)
    for cell in ("002-4", "2-1e1"):
        with pytest.raises(Invalid):
            season_cell(cell)


def test_no_quantity_beyond_everything() -> None:
    assert thousandths(COLUMNS["pack"].parse("100000")[0]) == 100_000_000
    with pytest.raises(Invalid):
        thousandths(COLUMNS["pack"].parse("100001")[0])
