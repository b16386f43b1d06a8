"""How the hours of a group are shared, whatever the numbers; and its two tables, drawn in the docs."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app as application
from exchanges.agreements.rules import NotNow
from exchanges.groups import rules
from exchanges.groups.rules import Side

MINUTES = st.integers(min_value=1, max_value=6000)
COUNT = st.integers(min_value=1, max_value=100)


@given(MINUTES, COUNT)
def test_by_default_each_gives_the_time_the_host_receives_it_once_and_the_rest_goes_to_the_fund(
    minutes: int, count: int
) -> None:
    found = rules.shares("fund", minutes, count)
    assert found.each == (minutes,) * count
    assert found.host == minutes
    assert found.fund == minutes * (count - 1)


@given(MINUTES, COUNT)
def test_shared_equally_it_sums_up_to_the_minute_and_nobody_gives_more_than_one_minute_more(
    minutes: int, count: int
) -> None:
    found = rules.shares("equal", minutes, count)
    assert sum(found.each) == found.host == minutes
    assert found.fund == 0
    assert max(found.each) - min(found.each) <= 1
    assert list(found.each) == sorted(found.each, reverse=True)
    assert found == rules.shares("equal", minutes, count)


@given(MINUTES, COUNT)
def test_nobody_sets_aside_less_than_an_equal_part_with_all_places_taken(minutes: int, places: int) -> None:
    assert max(rules.shares("equal", minutes, places).each) == rules.promised("equal", minutes, places)


@given(st.lists(MINUTES, min_size=1, max_size=100))
def test_as_agreed_with_each_the_host_receives_it_all(agreed: list[int]) -> None:
    found = rules.shares("weighted", 60, len(agreed), agreed)
    assert list(found.each) == agreed
    assert (found.host, found.fund) == (sum(agreed), 0)


@given(st.lists(st.integers(0, 6000), max_size=100), st.none() | st.integers(0, 10_000))
def test_what_moves_in_the_end_is_balanced_whoever_was_left_out(given_minutes: list[int], host: int | None) -> None:
    found = rules.settled_shares(given_minutes, host)
    assert sum(found.each) == found.host + found.fund
    assert found.fund >= 0
    assert host is None or found.host <= host


@given(COUNT)
def test_a_gift_moves_nothing(count: int) -> None:
    assert rules.shares("gift", 0, count) == rules.Shares((0,) * count, 0)


def test_numbers_that_cannot_be_are_a_mistake_of_the_code() -> None:
    for wrong in (("fund", -1, 2), ("fund", 60, -1), ("half", 60, 2)):
        with pytest.raises(ValueError, match="among"):
            rules.shares(*wrong)
    with pytest.raises(ValueError, match="agreed"):
        rules.shares("weighted", 60, 2, [30])


def test_what_the_table_does_not_allow_is_not_done() -> None:
    with pytest.raises(NotNow):
        rules.next_group("settled", "cancel", Side.HOST)
    with pytest.raises(NotNow):
        rules.next_place("confirmed", "dispute", Side.ATTENDEE)


def test_every_state_of_a_group_is_left_or_ends() -> None:
    left = {state for state, _, _ in rules.GROUP}
    assert {*rules.GROUP.values()} - left == {*rules.ENDED}
    assert left - {rules.START} == {*rules.OPEN}


def test_the_drawings_in_the_docs_are_those_in_the_code() -> None:
    words = (Path(application.ROOT) / "docs" / "groups.md").read_text(encoding="utf-8")
    drawn = re.findall(r"```mermaid\n(.*?)\n```", words, re.DOTALL)
    assert drawn == [rules.diagram(rules.GROUP, rules.ENDED), rules.diagram(rules.PLACE)]
