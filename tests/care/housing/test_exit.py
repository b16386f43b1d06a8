"""The quick way out stands first on every page of housing help, and on those that show a word of it elsewhere."""

from collections.abc import Callable

import pytest
from flask import Flask, url_for
from sqlmodel import select

from care.housing import actions
from community.moderation.actions import report
from community.moderation.tables import Case
from tests.care.housing.stage import ABOUT_OFFER, HousingStage
from tests.client import Browser, Page, on_sqlite

pytestmark = on_sqlite
Open = Callable[..., Browser]
World = dict[str, int | str]
MAKERS = {"desk", "more", "numbers", "case", "ask_match", "introduction", "ask_outcome", "ask_to_close"}
LEAD_ON = {"look_at_question", "look_at_sheet"}
"""They lead to one of the others."""


@pytest.fixture
def world(stage: HousingStage) -> World:
    """Anna and Bashir have met and wrote a sheet; a need and an offer besides are not brought together yet."""
    match = stage.introduced(*stage.pair())
    terms = {"conditions": "Bollette a metà"}
    stage.do(actions.write_sheet, stage.cast.anna, match, terms, from_on=None, to_on=None, seen=0)
    need, offer = stage.pair("moving")
    return {
        "housing_id": need, "across_id": offer, "introduction_id": match, "housing_side": "need", "section": "what",
        "asked_id": stage.question(match, "need", "hear"), "community": "cremona",
    }  # fmt: skip


def can_be_left_at_once(page: Page) -> bool:
    """The way out is the first thing to press, and its script is there: it leaves nothing to go back to."""
    first = page.soup.select_one("#content").select_one("a, button, input:not([type=hidden])")
    return first.get("data-exit-kind") == "page" and page.soup.select_one('script[src*="exit"]') is not None


def test_every_page_of_housing_can_be_left_at_once(
    stage: HousingStage, app: Flask, client_for: Open, world: World
) -> None:
    browsers = {True: client_for(stage.cast.maker), False: client_for(stage.cast.anna)}
    rules = [
        rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("housing.") and "GET" in rule.methods
    ]
    assert {f"housing.{name}" for name in MAKERS | LEAD_ON} < {rule.endpoint for rule in rules}
    for rule in rules:
        name = rule.endpoint.removeprefix("housing.")
        values = {key: world[key] for key in rule.arguments}
        with app.test_request_context():
            address = url_for(rule.endpoint, **values)
        page = browsers[name in MAKERS].look(address)
        assert can_be_left_at_once(page), rule.endpoint


def test_so_can_what_shows_a_word_of_it_elsewhere(stage: HousingStage, client_for: Open, world: World) -> None:
    anna, maker = client_for(stage.cast.anna), client_for(stage.cast.maker)
    here = "/c/cremona/beside-you"
    shown = {
        f"{here}/asked/{world['asked_id']}": ABOUT_OFFER,
        f"{here}/together/{world['introduction_id']}": "Bollette a metà",
    }
    for address, words in shown.items():
        page = anna.look(anna.look(address).link("Segnala"))
        assert page.says(words)
        assert can_be_left_at_once(page), address
    stage.do(report, stage.cast.anna, "words_of_two", world["introduction_id"], reason="insult", words="")
    with stage.database.reading() as session:
        case = session.exec(select(Case)).one()
    for address in (f"cases/{case.id}", f"cases/{case.id}/nothing", f"cases/{case.id}/hide"):
        assert can_be_left_at_once(maker.look(f"/c/cremona/{address}")), address
    for address in ("me/deeds", "privacy/mine", "reports/mine"):
        assert can_be_left_at_once(anna.look(f"/c/cremona/{address}")), address
