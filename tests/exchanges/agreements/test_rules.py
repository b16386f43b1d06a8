"""The table of states, the deadlines, and the page that draws them."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from exchanges.agreements import rules
from exchanges.agreements.rules import Side, Terms, silence
from exchanges.agreements.rules.silence import Silence
from foundation import clock
from foundation.errors import Invalid, Refused

ROME = "Europe/Rome"
PAGE = Path(__file__).parents[3] / "docs" / "agreements.md"


def test_the_drawing_in_the_docs_is_the_one_in_the_code() -> None:
    drawn = PAGE.read_text().partition("```mermaid\n")[2].partition("\n```")[0]
    assert drawn == rules.diagram(), "run: python -c 'from exchanges.agreements.rules import diagram; print(diagram())'"


def test_every_state_can_be_reached_and_left_or_ends() -> None:
    reached = set(rules.TRANSITIONS.values())
    left = {state for state, _, _ in rules.TRANSITIONS if state}
    assert reached == {*rules.OPEN, *rules.ENDED}
    assert left == set(rules.OPEN)


def test_every_open_state_lets_somebody_do_something() -> None:
    for state in rules.OPEN:
        assert rules.verbs_for(state, Side.TURN, "post"), state


@pytest.mark.parametrize("verb", ["accept", "confirm", "resolve", "deliver"])
def test_nothing_leads_out_of_an_end(verb: str) -> None:
    for state in rules.ENDED:
        for side in Side:
            with pytest.raises(rules.NotNow):
                rules.next_state(state, verb, side)


def test_only_what_was_recorded_can_be_taken_back_after_it_was_told() -> None:
    assert rules.next_state("delivered", "withdraw", Side.OTHER, "recorded") == "withdrawn"
    with pytest.raises(rules.NotNow):
        rules.next_state("delivered", "withdraw", Side.OTHER, "post")


# ---------------------------------------------------------------- silence


def test_silence_settles_at_the_end_of_the_last_day_on_the_wall_clock() -> None:
    said = datetime(2026, 11, 18, 17, 12, tzinfo=UTC)
    ends = silence.silence_ends(said, 7, ROME)
    assert ends == datetime(2026, 11, 25, 23, 0, tzinfo=UTC)
    assert clock.last_day(ends, ROME) == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("said", "ends"),
    [
        # The clocks go forward on 28 March 2027: that week is an hour shorter.
        (datetime(2027, 3, 24, 9, tzinfo=UTC), datetime(2027, 3, 31, 22, tzinfo=UTC)),
        # They go back on 31 October 2027: that week is an hour longer.
        (datetime(2027, 10, 27, 9, tzinfo=UTC), datetime(2027, 11, 3, 23, tzinfo=UTC)),
    ],
)
def test_silence_counts_days_and_not_hours_when_the_clocks_change(said: datetime, ends: datetime) -> None:
    assert silence.silence_ends(said, 7, ROME) == ends


def test_the_reminder_comes_two_days_before_or_halfway() -> None:
    said = datetime(2026, 11, 18, 12, tzinfo=UTC)
    assert silence.reminder_due_at(said, said + timedelta(days=7)) == said + timedelta(days=5)
    assert silence.reminder_due_at(said, said + timedelta(days=2)) == said + timedelta(days=1)


def test_silence_never_settles_without_a_reminder_nor_right_after_it() -> None:
    end = datetime(2026, 11, 25, 23, tzinfo=UTC)
    assert not silence.silence_is_over(end, None, end + timedelta(days=30))
    assert not silence.silence_is_over(end, end, end + timedelta(hours=11))
    assert silence.silence_is_over(end, end, end + timedelta(hours=12))
    assert silence.silence_is_over(end, end - timedelta(days=2), end)
    assert not silence.silence_is_over(None, end, end + timedelta(days=30))


@pytest.mark.parametrize(
    ("circumstance", "effect"),
    [
        ({}, Silence.SETTLES),
        ({"disputed": True}, Silence.DISPUTED),
        ({"care": True}, Silence.CARE),
        ({"more_than_agreed": True}, Silence.MORE),
        ({"early": True}, Silence.EARLY),
        ({"reachable": False}, Silence.UNREACHABLE),
    ],
)
def test_what_silence_does(circumstance: dict[str, bool], effect: Silence) -> None:
    ordinary = {"disputed": False, "care": False, "more_than_agreed": False, "early": False, "reachable": True}
    assert silence.silence_does(**(ordinary | circumstance)) is effect


# ---------------------------------------------------------------- contacts and words


def test_contacts_appear_with_the_yes_and_go_two_weeks_after_the_end() -> None:
    yes = datetime(2026, 11, 1, tzinfo=UTC)
    end = yes + timedelta(days=10)
    assert not rules.contacts_visible(None, None, yes)
    assert not rules.contacts_visible(None, end, end)
    assert rules.contacts_visible(yes, None, yes + timedelta(days=300))
    assert rules.contacts_visible(yes, end, end + timedelta(days=13, hours=23))
    assert not rules.contacts_visible(yes, end, end + timedelta(days=14))


def test_a_no_ends_the_words_at_once_and_an_end_after_a_month() -> None:
    end = datetime(2026, 11, 1, tzinfo=UTC)
    assert not rules.may_write("declined", end, end)
    assert not rules.may_write("withdrawn", end, end)
    assert rules.may_write("settled", end, end + timedelta(days=29))
    assert not rules.may_write("settled", end, end + timedelta(days=30))
    assert rules.may_write("accepted", None, end)


# ---------------------------------------------------------------- what is held back


@pytest.mark.parametrize(
    ("facts", "minutes"),
    [
        ({"state": "proposed"}, 0),
        ({"state": "accepted"}, 60),
        ({"state": "delivered"}, 60),
        ({"state": "disputed"}, 60),
        ({"state": "settled"}, 0),
        ({"state": "accepted", "gift": True}, 0),
        ({"state": "delivered", "way": "recorded", "said_by_receiver": True}, 60),
        ({"state": "delivered", "way": "recorded"}, 0),
    ],
)
def test_what_each_state_holds_back(facts: dict[str, object], minutes: int) -> None:
    ordinary = {"way": "post", "gift": False, "minutes": 60, "said_by_receiver": False}
    assert rules.reserved_minutes(**(ordinary | facts)) == minutes


# ---------------------------------------------------------------- what people type

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (Terms(), "minutes"),
        (Terms(minutes=0), "minutes"),
        (Terms(minutes=-30), "minutes"),
        (Terms(minutes=6001), "minutes"),
        (Terms(minutes=60, starts_at=NOW), "starts_at"),
        (Terms(minutes=60, starts_at=NOW - timedelta(days=1)), "starts_at"),
        (Terms(minutes=60, starts_at=NOW + timedelta(days=400)), "starts_at"),
        (Terms(minutes=60, place="moon"), "place"),
        (Terms(minutes=60, expense_cents=-1), "expense"),
        (Terms(minutes=60, expense_cents=10**9), "expense"),
    ],
)
def test_terms_that_make_no_sense_name_the_field(terms: Terms, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        rules.check_terms(terms, NOW)
    assert refusal.value.field == field


def test_a_gift_needs_no_minutes() -> None:
    assert rules.check_terms(Terms(gift=True, minutes=60), NOW) == 0


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2025, 11, 1)])
def test_what_is_recorded_lies_in_the_past_year(day: date) -> None:
    with pytest.raises(Invalid):
        rules.check_happened(day, date(2026, 11, 20))


def test_nobody_misses_a_meeting_to_come() -> None:
    with pytest.raises(Refused):
        rules.check_missed(NOW + timedelta(hours=1), NOW)
    rules.check_missed(NOW - timedelta(hours=1), NOW)
    rules.check_missed(None, NOW)


@pytest.mark.parametrize("words", ["", "   ", "x" * 2001])
def test_a_reason_has_words_and_not_too_many(words: str) -> None:
    with pytest.raises(Invalid):
        rules.check_reason(words)
