"""What a line costs, in whole cents: rounded once, half upwards."""

from datetime import date
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_centers.suppliers.rules import MOST_PRICE, MOST_QUANTITY, in_season, is_sold_by_piece, line_cents

prices = st.integers(0, MOST_PRICE)
quantities = st.integers(0, MOST_QUANTITY)


@pytest.mark.parametrize(
    ("price", "quantity", "cents"),
    [
        (34650, 1000, 347),  # 3.465 € for one: half a cent goes up
        (34650, 333, 115),  # 1.153845 €
        (34649, 1000, 346),
        (12500, 2000, 250),
        (1, 1, 0),
        (50, 1000, 1),  # half a cent
        (49, 1000, 0),
        (0, 5000, 0),
        (9900, 0, 0),
    ],
)
def test_by_hand(price: int, quantity: int, cents: int) -> None:
    assert line_cents(price, quantity) == cents


@given(prices, quantities)
def test_is_the_nearest_cent(price: int, quantity: int) -> None:
    exact = Fraction(price, 100) * Fraction(quantity, 1000)
    assert line_cents(price, quantity) == floor(exact + Fraction(1, 2))


@given(prices, quantities, quantities)
def test_more_never_costs_less(price: int, one: int, other: int) -> None:
    assert line_cents(price, min(one, other)) <= line_cents(price, max(one, other))


@pytest.mark.parametrize(("price", "quantity"), [(-1, 1000), (1000, -1)])
def test_nothing_below_zero(price: int, quantity: int) -> None:
    with pytest.raises(ValueError, match="below zero"):
        line_cents(price, quantity)


@pytest.mark.parametrize(
    ("first", "last", "inside", "outside"),
    [(11, 2, {11, 12, 1, 2}, {3, 10}), (4, 6, {4, 5, 6}, {3, 7}), (7, 7, {7}, {6, 8}), (None, None, {1, 12}, set())],
)
def test_a_season_may_go_over_the_new_year(
    first: int | None, last: int | None, inside: set[int], outside: set[int]
) -> None:
    assert all(in_season(first, last, date(2026, month, 15)) for month in inside)
    assert not any(in_season(first, last, date(2026, month, 15)) for month in outside)


def test_cheese_by_the_wedge_is_ordered_by_the_piece() -> None:
    assert is_sold_by_piece("kg", is_weighed=True)
    assert not is_sold_by_piece("kg", is_weighed=False)
    assert is_sold_by_piece("dozen", is_weighed=False)
