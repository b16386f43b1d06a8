"""The table of a series: drawn in the docs, without dead ends; and terms that are cut where new ones begin."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app as application
from exchanges.agreements.rules import NotNow, Side
from exchanges.series import rules
from exchanges.series.rules import Terms

ROME = "Europe/Rome"
TUESDAY = date(2027, 1, 12)


def test_the_drawing_in_the_docs_is_the_one_in_the_code() -> None:
    words = (Path(application.ROOT) / "docs" / "series.md").read_text(encoding="utf-8")
    drawn = re.search(r"```mermaid\n(.*?)\n```", words, re.DOTALL).group(1)
    assert drawn == rules.diagram(), "run: python -c 'from exchanges.series.rules import diagram; print(diagram())'"
    verbs = {verb for _, verb, _ in rules.TRANSITIONS}
    told = {verb for line in re.findall(r"^\| ([a-z, ]+) \|", words, re.MULTILINE) for verb in line.split(", ")}
    assert verbs <= told


def test_every_state_is_reached_and_those_that_do_not_end_can_be_left_by_both() -> None:
    reached = set(rules.TRANSITIONS.values())
    left = {state for state, _, _ in rules.TRANSITIONS if state}
    assert reached - left == set(rules.ENDED)
    for state in rules.STANDING:
        for side in (Side.TURN, Side.OTHER):
            assert "end" in rules.verbs_for(state, side)
        assert rules.next_state(state, "stop", Side.CLOCK) == "ended"


@pytest.mark.parametrize("verb", ["accept", "counter", "suggest", "end", "nonsense"])
def test_nothing_follows_on_an_end(verb: str) -> None:
    for state in rules.ENDED:
        for side in Side:
            with pytest.raises(NotNow):
                rules.next_state(state, verb, side)


days = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@given(days, st.none() | st.integers(0, 400), days)
def test_terms_are_cut_without_losing_a_day(first: date, length: int | None, where: date) -> None:
    last = None if length is None else first + timedelta(days=length)
    left = rules.cut(Terms((1, 3), "16:30", first, last, minutes=60), where)
    if left is None:
        assert first >= where
        return
    assert left.first_day == first
    assert left.last_day is not None
    assert left.last_day < where
    assert left.last_day == (where - timedelta(days=1) if last is None or last >= where else last)


@given(st.sets(st.integers(1, 7), min_size=1), st.integers(1, 2), st.integers(0, 300), st.integers(1, 200))
def test_a_change_leaves_no_gap_and_no_day_twice(weekdays: set[int], every: int, start: int, cut_at: int) -> None:
    """The old terms up to a day and the same ones from that day on are what the old ones were, every week."""
    first = TUESDAY + timedelta(days=start)
    where = first + timedelta(days=7 * every * cut_at)
    terms = Terms(tuple(sorted(weekdays)), "16:30", first, every_weeks=every, minutes=60)
    since = datetime(2027, 1, 1, tzinfo=UTC)
    until = since + timedelta(days=700)
    before = rules.cut(terms, where)
    after = Terms(terms.weekdays, terms.at, where, every_weeks=every, minutes=60)
    parts = [part for part in (before, after) if part is not None]
    assert rules.meetings_between(parts, ROME, since, until) == rules.meetings_between([terms], ROME, since, until)
