"""From printing a card to the yes with it, and what others see of it."""

import re
from collections.abc import Callable

import pytest

from foundation.database import Database
from tests.cast import Cast, Member
from tests.client import Browser, Page, on_sqlite
from tests.exchanges.agreements.stage import Stage

pytestmark = on_sqlite


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


def print_card(maker: Browser, rosa: Member) -> Page:
    home = maker.look(f"/c/cremona/offline/{rosa.party.id}")
    words = "Print a new card" if home.says("card of") else "Print a card"
    return maker.submit(maker.look(home.link(words)), "Make the card")


def code_of(card: Page) -> str:
    return re.search(r"\w{4}-\w{4}-\w{4}", card.words).group()


def pin_of(card: Page) -> str:
    return re.search(r"(?:Your|Il tuo) PIN ?: ?(\d{5})", card.words).group(1)


def test_from_the_printer_to_the_yes(stage: Stage, client_for: Callable[..., Browser]) -> None:
    rosa, maker = stage.offline("rosa"), client_for(stage.cast.maker, language="en")
    agreement_id = stage.delivered(stage.cast.anna, rosa)
    card = print_card(maker, rosa)
    assert card.response.headers["Cache-Control"] == "no-store"
    code, pin = code_of(card), pin_of(card)
    waits = maker.look(f"/c/cremona/card/{code}")
    assert waits.says("Confirm what you received from Anna e famiglia")
    assert waits.says("1 h · Orli e bottoni")
    page = maker.look(waits.link("Yes, that is right"))
    wrong = maker.submit(page, "Yes, that is right", status=409, pin="00000")
    assert wrong.says("Tries left: 4")
    assert stage.state(agreement_id) == "delivered"
    done = maker.submit(wrong, "Yes, that is right", pin=pin)
    assert done.says("Done, with their PIN.")
    assert stage.state(agreement_id) == "settled"
    again = maker.submit(wrong, "Yes, that is right", pin=pin)
    assert again.says("Done, with their PIN.")
    assert stage.balance(rosa) == -60
    assert maker.look("/c/cremona/me").says("Maker")


def test_typed_by_hand_and_gone_when_replaced(stage: Stage, client_for: Callable[..., Browser]) -> None:
    rosa, maker = stage.offline("rosa"), client_for(stage.cast.maker, language="en")
    code = code_of(print_card(maker, rosa))
    page = maker.look(maker.look("/c/cremona/me").link("Somebody says yes with card and PIN"))
    assert maker.submit(page, "Go on", status=422, code="ABCD-EFGH-1234").says("This card is not good any more.")
    assert maker.submit(page, "Go on", code=code.lower().replace("-", "")).says("Rosa Prova")
    print_card(maker, rosa)
    assert maker.look(f"/c/cremona/card/{code}", status=410).says("This card is not good any more.")
    home = maker.submit(maker.look(f"/c/cremona/offline/{rosa.party.id}"), "The card is lost")
    assert home.says("The card is good for nothing from now on.")


def test_a_card_on_the_street_says_nothing_of_its_holder(
    stage: Stage, client_for: Callable[..., Browser], visitor: Browser
) -> None:
    rosa = stage.offline("rosa")
    code = code_of(print_card(client_for(stage.cast.maker, language="en"), rosa))
    for browser in (visitor, client_for(stage.cast.anna)):
        for secret in (code, "never-was-one"):
            page = browser.look(f"/c/cremona/card/{secret}")
            assert "Rosa" not in page.html
    assert client_for(stage.cast.anna).look(f"/c/cremona/card/{code}/waits", status=404)
    other = client_for(stage.cast.other_maker, language="en")
    assert "Rosa" not in other.look(f"/c/cremona/card/{code}", status=410).html


def test_five_wrong_tries_lock_it_and_the_right_one_is_then_refused(
    stage: Stage, client_for: Callable[..., Browser]
) -> None:
    rosa, maker = stage.offline("rosa"), client_for(stage.cast.maker, language="en")
    agreement_id = stage.delivered(stage.cast.anna, rosa)
    card = print_card(maker, rosa)
    page = maker.look(maker.look(f"/c/cremona/card/{code_of(card)}").link("Yes, that is right"))
    for _ in range(5):
        page = maker.submit(page, "Yes, that is right", status=409, pin="00000")
    assert page.says("the card is locked")
    assert maker.submit(page, "Yes, that is right", status=409, pin=pin_of(card)).says("the card is locked")
    assert stage.state(agreement_id) == "delivered"
    assert maker.look(f"/c/cremona/card/{code_of(card)}").says("Print a new card")


def test_the_agreement_that_makers_act_ends_with_the_card(stage: Stage, client_for: Callable[..., Browser]) -> None:
    rosa, maker = stage.offline("rosa"), client_for(stage.cast.maker, language="en")
    card = print_card(maker, rosa)
    page = maker.look(maker.look(f"/c/cremona/card/{code_of(card)}").link("End it now"))
    assert maker.submit(page, "End it now", pin=pin_of(card)).says("Done, with their PIN.")
    home = maker.look(f"/c/cremona/offline/{rosa.party.id}")
    assert home.says("ended with card and PIN")
    assert home.says("They have not agreed")


def test_reloading_the_printed_page_makes_no_other_card(stage: Stage, client_for: Callable[..., Browser]) -> None:
    rosa, maker = stage.offline("rosa"), client_for(stage.cast.maker, language="en")
    ask = maker.look(f"/c/cremona/offline/{rosa.party.id}/people/{rosa.id}/card")
    code = code_of(maker.submit(ask, "Make the card"))
    assert maker.submit(ask, "Make the card").says("its PIN is shown once")
    assert maker.look(f"/c/cremona/card/{code}").says("Rosa Prova")


def test_the_sheet_speaks_the_language_of_who_keeps_it(stage: Stage, client_for: Callable[..., Browser]) -> None:
    rosa, maker = stage.offline("rosa"), client_for(stage.cast.maker, language="en")
    assert print_card(maker, rosa).says("Il tuo PIN")
    assert maker.look(f"/c/cremona/offline/{rosa.party.id}/sheet").says("Le maker scrivono per noi")
