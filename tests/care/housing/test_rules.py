"""What follows from the answers, whatever they are and in whatever order; and what fits."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care.housing.rules.cases import STEPS as PAGES
from care.housing.rules.cases import Told, check_bands, check_cents, check_days, check_words, is_whole
from care.housing.rules.fitting import Wish, fit
from care.housing.rules.sealing import close_told, open_told
from care.housing.rules.steps import STEPS, Standing, ends_it, may_try, standing
from foundation.crypto.keyring import Unreadable
from foundation.crypto.scopes import close_in, new_scope, open_in
from foundation.errors import Invalid

SIDES = ("need", "offer")


@given(st.sampled_from(SIDES), st.lists(st.sampled_from(["yes", "no", "not_now", "expired", "taken_back"]), max_size=8))
def test_nothing_is_told_before_both_said_yes(first: str, said: list[str]) -> None:
    answers: dict[tuple[str, str], str] = {}
    for answer in said:
        far = standing(answers, first)
        if not far.due:
            break
        asked = far.due[0]
        if asked[1] == "hear" and asked[0] != first:
            assert answers[first, "hear"] == "yes", "the second hears nothing until the first has said yes"
        answers[asked] = answer
        if ends_it(answer):
            break
    far = standing(answers, first)
    for shown, step in ((far.names, "names"), (far.contacts, "contacts")):
        assert shown == all(answers.get((side, step)) == "yes" for side in SIDES)
        if shown:
            before = STEPS[: STEPS.index(step) + 1]
            assert all(answers[side, one] == "yes" for side in SIDES for one in before)
    assert far.names or not far.contacts
    if any(ends_it(one) for one in answers.values()):
        assert far.due == () or answers.get(far.due[0]) is None
        assert not far.contacts


@given(st.sampled_from(SIDES))
def test_the_order_of_the_questions(first: str) -> None:
    answers: dict[tuple[str, str], str] = {}
    order = []
    while due := standing(answers, first).due:
        order.append(due)
        answers |= dict.fromkeys(due, "")
        assert standing(answers, first).due == ()
        answers |= dict.fromkeys(due, "yes")
    second = SIDES[1 - SIDES.index(first)]
    both = [tuple((side, step) for side in SIDES) for step in ("names", "contacts")]
    assert order == [((first, "hear"),), ((second, "hear"),), *both]


@pytest.mark.parametrize(
    ("ended", "may"),
    [
        ([], True),
        (["not_now"], True),
        (["no"], False),
        (["not_now", "expired"], False),
        (["taken_back", "called_off"], False),
        (["done", "done", "done"], True),
        (["moved", "not_now"], True),
    ],
)
def test_whether_two_are_asked_again(ended: list[str], may: bool) -> None:
    assert may_try(ended) is may


DAYS = st.none() | st.integers(0, 60).map(lambda number: date(2027, 1, 1) + timedelta(days=number))


@given(DAYS, DAYS, DAYS, DAYS)
def test_days_agree_where_there_is_a_day_for_both(one: date, two: date, three: date, four: date) -> None:
    need, offer = Wish("stay", 1, one, two), Wish("stay", 1, three, four)
    found = fit(need, offer).days
    if found is not None:
        every = [date(2026, 12, 1) + timedelta(days=number) for number in range(200)]
        shared = [
            day for day in every if all((wish.from_on or day) <= day <= (wish.to_on or day) for wish in (need, offer))
        ]
        assert found == bool(shared)


def test_too_few_places_count_against_it() -> None:
    need = Wish("stay", 1, people=3, amount_cents=500)
    enough, little = Wish("stay", 1, people=4, amount_cents=500), Wish("stay", 2, people=2, amount_cents=499)
    assert fit(need, enough).points > fit(need, Wish("stay", 2)).points > fit(need, little).points


@pytest.mark.parametrize("cents", [None, 0, -1, 1_000_001, 10**30])
def test_euro_that_make_no_sense(cents: int | None) -> None:
    with pytest.raises(Invalid):
        check_cents(cents)


@pytest.mark.parametrize("bands", [{"0-5": 21}, {"0-5": 11, "65+": 10}, {"0-5": -1}, {"baby": 1}])
def test_people_that_make_no_sense(bands: dict[str, int]) -> None:
    with pytest.raises(Invalid):
        check_bands(bands)


def test_what_people_write() -> None:
    with pytest.raises(Invalid):
        check_words("   ")
    with pytest.raises(Invalid):
        check_words("x" * 2001)
    with pytest.raises(Invalid):
        check_days(date(2027, 2, 2), date(2027, 2, 1))
    assert check_bands({"0-5": 0}) is None
    assert is_whole("deposit", Told(words="x"), None) == "amount"
    assert is_whole("stay", Told(), None) == "what"
    assert all("readers" in pages and pages[0] == "what" for pages in PAGES.values())


def test_each_case_has_a_key_of_its_own() -> None:
    mine, other = new_scope(), new_scope()
    told = Told("Parole", "Centro", "Scale", "Dopo le nove", {"0-5": 2})
    kept = close_told(mine, told)
    assert "Parole" not in kept
    assert open_told(mine, kept) == told
    with pytest.raises(Unreadable):
        open_told(other, kept)
    assert open_told("", kept) == Told(), "without its key nothing is left to read"
    with pytest.raises(Unreadable):
        open_in(mine, close_in(mine, "x", "one.place"), "another.place")


@pytest.mark.parametrize("said", ["no", "not_now", "expired", "taken_back", "dropped"])
def test_after_anything_but_yes_nobody_else_is_asked(said: str) -> None:
    heard = {("need", "hear"): "yes", ("offer", "hear"): "yes"}
    assert standing({**heard, ("need", "names"): said}, "need") == Standing()
    assert standing({**heard, ("need", "names"): "yes"}, "need").due == (("offer", "names"),)
