"""Figures with decimals, as lists write them."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import Invalid
from foundation.importing.figures import figure, point_means, settled

whole = st.integers(0, 10**9)
decimals = st.integers(0, 9999)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", "12"),
        ("3,5", "3.5"),
        ("3.50", "3.50"),
        ("3,465", "3.465"),
        ("0.250", "0.250"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234.567", "1234567"),
        ("1,234,567.8", "1234567.8"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234", "1234"),
        ("1’234,50", "1234.50"),
        (",5", "0.5"),
        ("3.4655", "3.4655"),
        ("12345,678", "12345.678"),
    ],
)
def test_written_so_it_means_that(written: str, value: str) -> None:
    assert figure(written) == Decimal(value)


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "-3",
        "+3",
        "1e9",
        "٣",
        "3,4,5",
        "1.23.456",
        "1.2345,6",
        "3,",
        "abc",
        "½",
        "0x10",
        "1,234,56",
        "9" * 40,
        "∞",
        "NaN",
    ],
)
def test_what_is_no_figure(written: str) -> None:
    with pytest.raises(Invalid):
        figure(written)


@pytest.mark.parametrize("written", ["3.465", "12.500", "999.000"])
def test_what_may_be_either_is_asked_about(written: str) -> None:
    with pytest.raises(Invalid, match="write it with a comma"):
        figure(written)


@given(whole, decimals)
def test_italian_and_english_ways_say_the_same(number: int, rest: int) -> None:
    value = Decimal(f"{number}.{rest:04d}")
    apart = f"{number:,}"
    assert figure(f"{number},{rest:04d}") == value
    assert figure(f"{number}.{rest:04d}") == value
    assert figure(f"{apart.replace(',', '.')},{rest:04d}") == value
    assert figure(f"{apart}.{rest:04d}") == value


@given(st.text(max_size=20))
def test_anything_is_a_figure_of_zero_or_more_or_refused(written: str) -> None:
    with contextlib.suppress(Invalid):
        assert figure(written) >= 0


@pytest.mark.parametrize(
    ("cells", "meaning"),
    [
        (["3.465", "2.50", "12"], "decimals"), (["3.465", "0.995"], "decimals"), (["€ 3.465", "1,234.50"], "decimals"),
        (["3.465", "2,50 €/kg"], "thousands"), (["3.465", "1.234,50"], "thousands"), (["3.465", "12", "tre", ""], ""),
        (["3.465", "2.50", "2,50"], ""), (["3.465", "3.465.000"], ""), (["3.465", "9.999"], ""),
    ],
)  # fmt: skip
def test_what_a_point_is_in_a_column(cells: list[str], meaning: str) -> None:
    assert point_means(cells) == meaning


def test_a_number_of_a_workbook_says_nothing_of_what_was_typed_as_text() -> None:
    assert point_means(["3.465", "2,5"], of_workbook=True) == ""
    assert point_means(["3.465", "€ 2,50"], of_workbook=True) == "thousands"
    assert point_means(["3.465", "2.50"], of_workbook=True) == "decimals"


def test_a_figure_is_settled_wherever_it_stands() -> None:
    assert settled("€ 3.465 /kg", "decimals") == "€ 3,465 /kg"
    assert settled("€ 3.465 /kg", "thousands") == "€ 3465 /kg"
    for kept in ("1.234.567", "1.234,50", "0.465", "3.46", "12.4655"):
        assert settled(kept, "thousands") == kept
    assert settled("3.465", "") == "3.465"
