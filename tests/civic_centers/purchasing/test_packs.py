"""Whole packs, and whose quantities go where one stays open."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civic_centers.purchasing.rules.packs import Filling, trimmed


def test_what_is_missing() -> None:
    assert Filling(9000, 6000, 0).missing == 3000
    assert Filling(12000, 6000, 0).missing == 0
    assert Filling(0, 6000, 6000).missing == 0
    assert Filling(4000, 6000, 20000).missing == 20000
    assert Filling(4000, 0, 5000).missing == 1000
    assert (Filling(9000, 6000, 0).whole, Filling(9000, 6000, 0).packs) == (6000, 2)
    assert Filling(9000, 6000, 12000).whole == 0


def test_the_last_come_first() -> None:
    moves = [(1, 4000), (2, 3000), (3, 2000)]
    assert trimmed(moves, Filling(9000, 6000, 0), 1000, 0) == {3: 2000, 2: 1000}


def test_who_raised_theirs_keeps_the_place_of_the_rest() -> None:
    moves = [(1, 2000), (2, 5000), (1, 2000)]
    assert trimmed(moves, Filling(9000, 6000, 0), 1000, 0) == {1: 2000, 2: 1000}


def test_who_took_back_gave_up_what_was_asked_last() -> None:
    moves = [(1, 2000), (2, 5000), (1, 2000), (1, -2000)]
    assert trimmed(moves, Filling(7000, 6000, 0), 1000, 0) == {2: 1000}


def test_nobody_keeps_less_than_the_least() -> None:
    """One kilo is too much: the last has two and may not keep one, so the one before gives it."""
    moves = [(1, 5000), (2, 2000)]
    assert trimmed(moves, Filling(7000, 6000, 0), 1000, 2000) == {1: 1000}
    # Nobody can give one and keep two: the last come loses all, and so on until packs are whole.
    moves = [(1, 2000), (2, 2000), (3, 2000), (4, 1000)]
    assert trimmed(moves, Filling(7000, 6000, 0), 1000, 1000) == {4: 1000}


def test_below_the_least_of_the_group_nothing_goes() -> None:
    assert trimmed([(1, 2000), (2, 1000)], Filling(3000, 0, 4000), 1000, 0) == {1: 2000, 2: 1000}


steps = st.sampled_from([1000, 500, 250, 2000])
asked = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 9)), min_size=1, max_size=40)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(steps, asked, st.integers(1, 12), st.integers(0, 4), st.integers(0, 30))
def test_whole_packs_are_left(
    step: int, wanted: list[tuple[int, int]], in_pack: int, least_steps: int, group_least_steps: int
) -> None:
    least = least_steps * step
    moves = [(line, max(number, least_steps) * step) for line, number in wanted]
    has: dict[int, int] = {}
    for line, delta in moves:
        has[line] = has.get(line, 0) + delta
    filling = Filling(sum(has.values()), in_pack * step, group_least_steps * step)
    cuts = trimmed(moves, filling, step, least)
    left = {line: amount - cuts.get(line, 0) for line, amount in has.items()}
    assert sum(left.values()) % filling.pack == 0
    assert all(amount == 0 or amount >= least for amount in left.values())
    assert all(0 < cut <= has[line] and cut % step == 0 for line, cut in cuts.items())
    assert sum(left.values()) == 0 or sum(left.values()) >= filling.group_least
    if filling.missing == 0:
        assert not cuts
