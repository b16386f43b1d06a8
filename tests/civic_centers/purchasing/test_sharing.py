"""Splitting a sum to the cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_centers.purchasing.rules.sharing import shares


def test_by_hand() -> None:
    """1000 cents among 1, 1 and 1: 333 each, and the cent that is left goes to the first."""
    assert shares(1000, [1, 1, 1]) == [334, 333, 333]
    # 30 * 1000 / 70 = 428.57, 40 * 1000 / 70 = 571.43: the cent goes to who lost more by rounding down.
    assert shares(1000, [30, 40]) == [429, 571]
    assert shares(5, [0, 0]) == [3, 2]
    assert shares(0, [7, 9]) == [0, 0]


@pytest.mark.parametrize(("cents", "parts"), [(-1, [1]), (1, [-1]), (1, [])])
def test_nonsense(cents: int, parts: list[int]) -> None:
    with pytest.raises(ValueError, match=r"zero|nobody"):
        shares(cents, parts)


@given(st.integers(0, 10_000_000), st.lists(st.integers(0, 10**9), min_size=1, max_size=400))
def test_to_the_cent(cents: int, parts: list[int]) -> None:
    found = shares(cents, parts)
    assert sum(found) == cents
    assert found == shares(cents, parts)
    whole = sum(parts)
    for share, part in zip(found, parts, strict=True):
        if whole:
            assert abs(share * whole - cents * part) < whole  # within a cent of the exact share
            assert part or not share
        assert share >= 0
