"""What stands in the cells of suppliers' lists."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_centers.suppliers.forms import shown
from civic_centers.suppliers.rules import MOST_PRICE, MOST_QUANTITY, thousandths
from civic_centers.suppliers.rules.cells import (
    amount_cell,
    converted,
    grams_in,
    label_cell,
    price_cell,
    season_cell,
    stock_cell,
    unit_cell,
    vat_cell,
)
from foundation.errors import Invalid


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("3,465", (34650, "")),
        ("€ 3,465", (34650, "")),
        ("3,50 €", (35000, "")),
        ("3.5", (35000, "")),
        ("1.234,50", (12345000, "")),
        ("EUR 2", (20000, "")),
        ("3,50 €/kg", (35000, "kg")),
        ("€ 2,00 al pezzo", (20000, "piece")),
        ("1,2/l", (12000, "l")),
        ("0.25 €/pz.", (2500, "piece")),
        ("3,33333", (33333, "")),
        ("esaurito", (None, "")),
        ("-", (None, "")),
        ("0,00005", (1, "")),
    ],
)
def test_prices(written: str, price: tuple[int | None, str]) -> None:
    assert price_cell(written) == price


@pytest.mark.parametrize("written", ["-3", "0", "0,00001", "1e9", "100001", "tanto", "3,50 €/casa", "3.465", "٣"])
def test_what_is_no_price(written: str) -> None:
    with pytest.raises(Invalid):
        price_cell(written)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("6", (Decimal(6), "")),
        ("6 pz", (Decimal(6), "piece")),
        ("3,5 kg", (Decimal("3.5"), "kg")),
        ("da 12", (Decimal(12), "")),
        ("g 500", (Decimal(500), "g")),
        ("x 6", (Decimal(6), "")),
        ("500gr", (Decimal(500), "g")),
        ("1 lt", (Decimal(1), "l")),
        ("circa 800 g", (Decimal(800), "g")),
    ],
)
def test_amounts(written: str, amount: tuple[Decimal, str]) -> None:
    assert amount_cell(written) == amount


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("kg", ("kg", "")),
        ("€/kg", ("kg", "")),
        ("al kg", ("kg", "")),
        ("KG.", ("kg", "")),
        ("Pz.", ("piece", "")),
        ("n.", ("piece", "")),
        ("etto", ("hg", "")),
        ("500 g", ("piece", "500 g")),
        ("1 kg", ("kg", "")),
        ("mazzo", ("bunch", "")),
    ],
)
def test_units(written: str, unit: tuple[str, str]) -> None:
    assert unit_cell(written) == unit


@pytest.mark.parametrize(
    ("written", "season"),
    [
        ("ottobre-marzo", (10, 3)),
        ("da ott a mar", (10, 3)),
        ("10-3", (10, 3)),
        ("estate", (6, 8)),
        ("tutto l’anno", None),
        ("giugno", (6, 6)),
        ("giu, lug, ago", (6, 8)),
        ("Nov/Dic/Gen", (11, 1)),
        ("October to March", (10, 3)),
    ],
)
def test_seasons(written: str, season: tuple[int, int] | None) -> None:
    assert season_cell(written) == season


@pytest.mark.parametrize("written", ["gen, mar, mag", "13-2", "presto", "0"])
def test_what_is_no_season(written: str) -> None:
    with pytest.raises(Invalid):
        season_cell(written)


@pytest.mark.parametrize(
    ("written", "rate"),
    [("4", 400), ("10 %", 1000), ("0,04", 400), ("22,0", 2200), ("esente", 0), ("5%", 500), ("0", 0)],
)
def test_vat(written: str, rate: int) -> None:
    assert vat_cell(written) == rate


@pytest.mark.parametrize("written", ["101", "-4", "4,123", "quattro"])
def test_what_is_no_vat(written: str) -> None:
    with pytest.raises(Invalid):
        vat_cell(written)


@pytest.mark.parametrize(
    ("written", "stock"),
    [
        ("sì", (True, None, "")),
        ("no", (False, None, "")),
        ("esaurito", (False, None, "")),
        ("40", (True, Decimal(40), "")),
        ("25 kg", (True, Decimal(25), "kg")),
        ("0", (False, Decimal(0), "")),
        ("1", (True, Decimal(1), "")),
    ],
)
def test_stock(written: str, stock: tuple[bool, Decimal | None, str]) -> None:
    assert stock_cell(written) == stock


def test_a_tick_in_a_column_of_organic_goods() -> None:
    assert [label_cell()(cell) for cell in ("x", "no", "Demeter")] == ["bio", "", "Demeter"]


def test_what_measures_the_same_is_converted() -> None:
    assert converted(Decimal(500), "g", "kg") == Decimal("0.5")
    assert converted(Decimal(2), "hg", "g") == 200
    assert converted(Decimal(75), "cl", "l") == Decimal("0.75")
    assert converted(Decimal(1), "l", "kg") is None


@given(st.integers(1, MOST_PRICE))
def test_a_price_that_is_shown_is_read_as_the_same(price: int) -> None:
    assert price_cell(shown(price, 10_000)) == (price, "")


@given(st.integers(0, MOST_QUANTITY))
def test_so_is_a_quantity(quantity: int) -> None:
    assert thousandths(amount_cell(shown(quantity, 1000))[0]) == quantity


@given(st.text(max_size=30))
def test_whatever_stands_there_is_read_or_refused(written: str) -> None:
    for read in (price_cell, amount_cell, unit_cell, vat_cell, season_cell, stock_cell):
        with contextlib.suppress(Invalid):
            read(written)


@pytest.mark.parametrize(
    ("name", "grams"),
    [
        ("Farina tipo 2, 1 kg", 1000), ("Passata 6 x 700 g", 4200), ("Olio, 0,75 l", 750), ("Vino rosso 75 cl", 750),
        ("Miele, 500 gr.", 500), ("Caffè 2x250g (busta)", 500), ("Uova", 0), ("Detersivo 5 lt", 5000),
        ("Farina tipo 2", 0), ("Forma da 999999 kg", 0), ("Zucchero 1.5 kg", 1500), ("Sacco da 25 Kg", 25_000),
        ("Lenticchie ٣ kg", 0),
    ],
)  # fmt: skip
def test_what_a_piece_weighs_by_its_name(name: str, grams: int) -> None:
    assert grams_in(name) == grams
