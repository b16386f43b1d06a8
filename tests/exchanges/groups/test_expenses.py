"""What a group costs, in euro: agreed with the rest, beside the hours and never in their place."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from exchanges.groups import actions
from foundation import clock
from foundation.errors import Invalid
from tests.cast import Member
from tests.client import Browser, Page, on_sqlite
from tests.exchanges.groups.stage import AFTER, MONDAY, GroupStage, terms

Clients = Callable[..., Browser]
CLOTH = {"expense_cents": 300, "expense_words": " Filo e stoffa "}


def written_down(stage: GroupStage, host: Member, group_id: int, cents: int | None = None, minutes: int = 60) -> None:
    """The host writes down that all were there, and what each of them spent."""
    present = {one.id: None for one in stage.places(group_id)}
    stage.do(actions.deliver, host, group_id, None, minutes, present, expense_cents=cents)


def changed(stage: GroupStage, group_id: int, **changes: Any) -> None:
    stage.do(actions.change, stage.cast.anna, group_id, None, terms(**{**CLOTH, **changes}))


def test_it_stands_beside_the_hours_and_moves_none(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir, **CLOTH)
    group = stage.group(group_id)
    assert (group.expense_cents, group.expense_words) == (300, "Filo e stoffa")
    with stage.later():
        written_down(stage, cast.anna, group_id)
        assert stage.place(group_id, cast.bashir).settles_at is not None
        stage.do(actions.confirm, cast.bashir, group_id, None)
    assert stage.group(group_id).expense_cents == 300
    assert (stage.balance(cast.anna), stage.balance(cast.bashir)) == (60, -60)


@pytest.mark.parametrize("bad", [{"expense_cents": -1}, {"expense_cents": 10**9}, {"expense_words": "x" * 201}])
def test_what_makes_no_sense_is_said_at_its_field(stage: GroupStage, bad: dict[str, Any]) -> None:
    anna = stage.cast.anna
    with pytest.raises(Invalid) as opened:
        stage.do(actions.open_group, anna, stage.offer(anna), terms(**bad))
    made = actions.Made(
        "Corso", stage.cast.categories["repairs"].id, MONDAY.date(), "gift", None,
        (actions.Present(stage.cast.bashir.party.id),), **bad,
    )  # fmt: skip
    with pytest.raises(Invalid) as recorded:
        stage.do(actions.record, anna, made)
    assert opened.value.field == recorded.value.field == next(iter(bad)).replace("_cents", "")


def test_a_dearer_one_asks_who_had_said_yes_anew(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir, **CLOTH)
    changed(stage, group_id, expense_cents=301)
    assert stage.place_states(group_id) == ["asked"]
    assert stage.reserved(cast.bashir) == 0
    assert stage.mails(cast.bashir)[-1] == "groups:changed"


@pytest.mark.parametrize("change", [{"expense_cents": 299}, {"expense_cents": 0}, {"expense_words": "Bottoni"}])
def test_a_cheaper_one_does_not(stage: GroupStage, change: dict[str, Any]) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir, **CLOTH)
    changed(stage, group_id, **change)
    assert stage.place_states(group_id) == ["coming"]
    assert "groups:changed" not in stage.mails(cast.bashir)
    assert stage.group_said(group_id)[-1] == "%(who)s changed the expenses: they are no higher than before."


def test_what_stays_as_it_is_is_not_told(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir, **CLOTH)
    said = stage.group_said(group_id)
    changed(stage, group_id)
    assert stage.group_said(group_id) == said


def test_more_euro_than_agreed_need_everybodys_yes(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir, cast.chiara, **CLOTH)
    with stage.later():
        written_down(stage, cast.anna, group_id, 500)
        assert [one.settles_at for one in stage.places(group_id)] == [None, None]
        assert stage.mails(cast.bashir)[-1] == "agreements:confirm_needed"
        written_down(stage, cast.anna, group_id, 500)
        assert stage.place(group_id, cast.bashir).settles_at is None  # saying it twice is not agreeing on it
        written_down(stage, cast.anna, group_id, 200)
        assert stage.group(group_id).expense_cents == 200
        assert all(one.settles_at is not None for one in stage.places(group_id))


def test_silence_settles_nothing_that_became_dearer(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir, **CLOTH)
    with stage.later():
        written_down(stage, cast.anna, group_id, 500)
    for days in (6, 8, 20):
        with clock.at(AFTER + timedelta(days=days)):
            stage.look()
    assert stage.place_states(group_id) == ["told"]


def test_who_has_confirmed_is_asked_anew_only_for_more(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir, cast.chiara, **CLOTH)
    with stage.later():
        written_down(stage, cast.anna, group_id)
        stage.do(actions.confirm, cast.bashir, group_id, None)
        written_down(stage, cast.anna, group_id, 100)
        assert stage.place_states(group_id) == ["confirmed", "told"]
        written_down(stage, cast.anna, group_id, 400)
        assert stage.place_states(group_id) == ["told", "told"]
        assert stage.place(group_id, cast.bashir).settles_at is None
    assert stage.reserved(cast.bashir) == 60


def test_a_gift_may_cost_its_flour(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, cast.bashir, rule="gift", minutes=None, **CLOTH)
    with stage.later():
        written_down(stage, cast.anna, group_id)
        stage.do(actions.confirm, cast.bashir, group_id, None)
    assert (stage.group(group_id).state, stage.group(group_id).expense_cents) == ("settled", 300)


# ---------------------------------------------------------------- the pages


def _open(page: Page, browser: Browser, **typed: str) -> Page:
    when = {"starts_at": "2027-01-13T18:00", "minutes": "60", "places": "3"}
    return browser.submit(page, "Propose it", **{**when, **typed})


@on_sqlite
def test_on_the_pages_from_the_post_to_the_end(stage: GroupStage, client_for: Clients) -> None:
    cast = stage.cast
    post_id = stage.offer(cast.anna, expense_cents=250, expense_words="Filo")
    anna, bashir = client_for(cast.anna, language="en"), client_for(cast.bashir, language="en")
    page = anna.look(f"/c/cremona/posts/{post_id}/group")
    assert page.soup.find("input", {"name": "expense"})["value"] == "2,50"
    bad = anna.submit(page, "Propose it", status=422, minutes="60", starts_at="2027-01-13T18:00", expense="tanto")
    assert bad.soup.find("input", {"name": "expense"})["value"] == "tanto"
    page = _open(page, anna, expense="3", expense_words="Filo e stoffa")
    here = page.link("Change something").removesuffix("/change")
    assert page.says("€3.00 each · Filo e stoffa")
    assert bashir.look(f"/c/cremona/posts/{post_id}").says("€3.00 each")
    page = bashir.look(here)
    assert page.says("Expenses: €3.00 each (Filo e stoffa).")
    bashir.submit(page, "I come too")
    with clock.at(AFTER):
        page = anna.submit(anna.look(f"{here}/held"), "Write it down", expense="4,50")
        page = bashir.look(here)
        assert page.says("Expenses: €4.50 each (Filo e stoffa).")
        assert page.says("You had agreed on €3.00.")
        assert page.says("This one never counts by itself")
        anna.submit(anna.look(f"{here}/held"), "Write it down", expense="")
        page = bashir.look(here)
        assert not page.says("Expenses")  # who emptied the field said that nothing was spent
        anna.submit(anna.look(f"{here}/held"), "Write it down", expense="3,00")
        page = bashir.submit(bashir.look(here), "I confirm 1 h")
        assert page.says("Complete")
        assert page.says("Expenses: €3.00 each (Filo e stoffa).")


@on_sqlite
def test_recording_one_with_its_expense(stage: GroupStage, client_for: Clients) -> None:
    cast = stage.cast
    anna = client_for(cast.anna, language="en")
    page = anna.look(f"/c/cremona/record/several/what?p={cast.bashir.party.id}")
    typed = {"title": "Ravioli", "minutes": "120", "category": str(cast.categories["repairs"].id), "expense": "2"}
    page = anna.submit(page, "Record it", **typed, expense_words="Farina")
    assert page.says("€2.00 each · Farina")
    here = page.link("I made a mistake: put it right").removesuffix("/held")
    page = client_for(cast.bashir, language="en").look(here)
    assert page.says("Expenses: €2.00 each (Farina).")
    page = anna.look(f"{here}/held")
    assert page.soup.find("input", {"name": "expense"})["value"] == "2,00"
