"""A fair rota and exact shares, whatever the numbers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_centers.circles.rules import Due, Taker, credit_of, make_rota, moved_hours, shares

START = datetime(2027, 1, 11, 15, 30, tzinfo=UTC)


def due(number: int, unfit: frozenset[int] = frozenset()) -> list[Due]:
    days = [START + timedelta(days=count) for count in range(number)]
    return [
        Due(count + 1, at.date(), at, at + timedelta(hours=2), unfit) for count, at in enumerate(days)
    ]  # fmt: skip


@given(minutes=st.integers(0, 1440), children=st.dictionaries(st.integers(1, 30), st.integers(1, 6), min_size=1))
def test_shares_are_whole_and_sum_exactly(minutes: int, children: dict[int, int]) -> None:
    found = shares(minutes, children)
    assert sum(found.values()) == minutes
    total = sum(children.values())
    for family, count in children.items():
        assert abs(found[family] - minutes * count / total) < 1


def test_what_is_left_over_goes_to_who_was_cut_most_then_to_the_first() -> None:
    assert shares(100, {1: 1, 2: 1, 3: 1}) == {1: 34, 2: 33, 3: 33}
    assert shares(10, {1: 1, 2: 3}) == {1: 3, 2: 7}  # 2.5 and 7.5: both cut alike
    with pytest.raises(ValueError, match="nobody"):
        shares(10, {})


@given(
    minutes=st.integers(1, 1440),
    takers=st.sets(st.integers(1, 5), min_size=1, max_size=2),
    children=st.dictionaries(st.integers(1, 5), st.integers(0, 4)),
)
def test_what_moves_sums_to_zero(minutes: int, takers: set[int], children: dict[int, int]) -> None:
    moved = moved_hours(minutes, takers, children)
    assert sum(moved.values()) == 0
    assert all(moved.values())


@given(turns=st.integers(1, 30), families=st.integers(1, 7))
def test_the_rota_goes_round(turns: int, families: int) -> None:
    takers = [Taker(10 + number, number) for number in range(1, families + 1)]
    found = make_rota(due(turns), takers)
    assert found == make_rota(list(reversed(due(turns))), list(reversed(takers)))
    had = [one.family_id for one in found.values() if one]
    counts = [had.count(number) for number in range(1, families + 1)]
    assert max(counts) - min(counts) <= 1


def test_who_is_away_unfit_or_busy_is_left_out() -> None:
    away = Taker(1, 1, away=((date(2027, 1, 11), date(2027, 1, 12)),))
    busy = Taker(2, 2, busy=((START, START + timedelta(minutes=1)),))
    found = make_rota(due(3, frozenset({3})), [away, busy, Taker(3, 3)])
    assert [one.person_id if one else None for one in found.values()] == [None, 2, 1]


def test_who_has_had_fewer_comes_first_then_whose_last_is_longest_ago() -> None:
    takers = [Taker(1, 1, 2, START), Taker(2, 2, 1, START), Taker(3, 3, 1, START - timedelta(days=9))]
    assert [one.person_id for one in make_rota(due(3), takers).values() if one] == [3, 2, 1]


def test_who_comes_later_does_not_have_to_catch_up() -> None:
    """Twenty turns of four families; a fifth comes: it has its part of what follows, not all of it."""
    takers = [Taker(number, number, 5, START - timedelta(days=9 - number)) for number in range(1, 5)]
    newcomer = Taker(5, 5, credit=credit_of([4] * 20))
    had = [one.family_id for one in make_rota(due(10), [*takers, newcomer]).values() if one]
    assert {number: had.count(number) for number in range(1, 6)} == dict.fromkeys(range(1, 6), 2)
    assert credit_of([]) == 0
    assert credit_of([3] * 13) == 4
    assert credit_of([0, 1, 2, 3, 6]) == 3


def test_what_counts_for_a_family_counts_once_however_many_adults_it_has() -> None:
    takers = [Taker(1, 1, 2), Taker(2, 2, credit=2), Taker(3, 2, credit=2)]
    had = [one.family_id for one in make_rota(due(4), takers).values() if one]
    assert sorted(had) == [1, 1, 2, 2]
