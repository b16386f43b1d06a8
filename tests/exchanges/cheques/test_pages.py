"""From the printer to the hours, on pages: printed once, read from the drawing or typed, with card and PIN, lost."""

import re
from collections.abc import Callable

import pytest

from exchanges.cheques import actions
from exchanges.cheques.rules import Wanted
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, Page, on_sqlite
from tests.community.pins.test_pages import code_of, pin_of, print_card
from tests.exchanges.agreements.stage import Stage

pytestmark = on_sqlite
CODE = re.compile(r"\w{4}-\w{4}-\w{4}")


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


def print_sheet(browser: Browser, **more: str) -> Page:
    listed = browser.look(browser.look("/c/cremona/me").link("Print some, or redeem one"))
    return browser.submit(browser.look(listed.link("Print cheques")), "Make the sheet", **{"count": "2"} | more)


def category(stage: Stage, name: str = "repairs") -> str:
    return str(stage.cast.categories[name].id)


def test_from_the_printer_to_the_hours(stage: Stage, client_for: Callable[..., Browser]) -> None:
    anna, bashir = client_for(stage.cast.anna, language="en"), client_for(stage.cast.bashir, language="en")
    paper = print_sheet(anna)
    assert paper.response.headers["Cache-Control"] == "no-store"
    codes = CODE.findall(paper.words)
    assert len(codes) == 2
    assert "Anna e famiglia" in paper.words
    assert anna.look("/c/cremona/time/").says("Set aside on time cheques")
    page = bashir.look(f"/c/cremona/cheque/{codes[0]}")
    assert page.says("A cheque of 1 h")
    assert page.says("Anna e famiglia")
    assert stage.balance(stage.cast.bashir) == 0
    wrong = bashir.submit(page, "Redeem it", status=422, title="", category=category(stage))
    assert wrong.errors()
    done = bashir.submit(wrong, "Redeem it", title="Spesa", category=category(stage))
    assert done.says("Redeemed: the hours are yours.")
    assert stage.balance(stage.cast.bashir) == 60
    assert bashir.look(f"/c/cremona/cheque/{codes[0]}", status=410).says("redeemed already")
    assert anna.look(f"/c/cremona/cheque/{codes[1]}", status=409).says("a cheque of your own")
    assert anna.look("/c/cremona/time-cheques/").says("redeemed on")


def test_typed_by_hand_and_lost(stage: Stage, client_for: Callable[..., Browser]) -> None:
    anna, bashir = client_for(stage.cast.anna, language="en"), client_for(stage.cast.bashir, language="en")
    codes = CODE.findall(print_sheet(anna).words)
    typed = bashir.look("/c/cremona/time-cheques/redeem")
    assert bashir.submit(typed, "Look", status=422, code="0000-0000-0000").says("not that of a good cheque")
    assert bashir.submit(typed, "Look", code=codes[0].lower().replace("-", " ")).says("A cheque of 1 h")
    listed = anna.look("/c/cremona/time-cheques/")
    asked = anna.look(listed.link("Lost?"))
    assert anna.submit(asked, "Declare void").says("1 cheque is no longer good")
    assert stage.reserved(stage.cast.anna) == 60
    assert bashir.look(f"/c/cremona/cheque/{codes[0]}", status=410).says("has declared it void")
    assert anna.look(listed.link("Lost?")).says("nothing is left to declare void")


def test_the_page_proposes_what_fits_and_says_what_to_do_when_it_does_not(
    stage: Stage, client_for: Callable[..., Browser]
) -> None:
    stage.accepted(stage.cast.bashir, stage.cast.anna, minutes=450)  # of ten hours, two and a half are left
    anna = client_for(stage.cast.anna, language="en")
    asked = anna.look("/c/cremona/time-cheques/new")
    refused = anna.submit(asked, "Make the sheet", status=422, count="3")
    assert refused.says("These cheques are worth 3 h, and your balance has room for 2 h 30.")
    assert refused.says("Print fewer")
    assert len(CODE.findall(anna.submit(asked, "Make the sheet").words)) == 2


def test_a_form_sent_again_shows_no_codes_a_second_time(stage: Stage, client_for: Callable[..., Browser]) -> None:
    anna = client_for(stage.cast.anna, language="en")
    form = anna.look("/c/cremona/time-cheques/new")
    assert CODE.search(anna.submit(form, "Make the sheet", count="1").words)
    assert anna.submit(form, "Make the sheet", count="1").says("its codes are shown once")
    assert stage.reserved(stage.cast.anna) == 60
    assert anna.submit(form, "Make the sheet", status=422, count="13").errors()


def test_with_card_and_pin(stage: Stage, client_for: Callable[..., Browser]) -> None:
    rosa, maker = stage.offline("rosa"), client_for(stage.cast.maker, language="en")
    card = print_card(maker, rosa)
    (code,) = stage.do(actions.print_sheet, stage.cast.anna, Wanted(1, 60)).codes
    page = maker.look(maker.look(f"/c/cremona/cheque/{code}").link("It is for somebody with card and PIN"))
    words = {"title": "Spesa", "category": category(stage), "card": code_of(card)}
    wrong = maker.submit(page, "Redeem it for them", status=409, pin="00000", **words)
    assert wrong.says("Tries left: 4")
    assert stage.balance(rosa) == 0
    done = maker.submit(wrong, "Redeem it for them", pin=pin_of(card), **words)
    assert done.says("Redeemed, with their PIN")
    assert (stage.balance(rosa), stage.balance(stage.cast.maker)) == (60, 0)


def test_no_cheques_where_the_community_wants_none(stage: Stage, client_for: Callable[..., Browser]) -> None:
    from community.communities.tables import CommunityRules

    with stage.database.writing() as session:
        session.add(CommunityRules(community_id=stage.cast.community.id, cheque_most_minutes=0))
    anna = client_for(stage.cast.anna, language="en")
    assert anna.look("/c/cremona/time-cheques/").says("no new cheques are printed")
    assert anna.look("/c/cremona/time-cheques/new").says("no new cheques are printed")
