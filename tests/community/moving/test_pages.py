"""The whole way to another community on the pages, from the choice to the goodbye."""

from collections.abc import Callable

import pytest

from tests.client import Browser, on_sqlite
from tests.community.moving.town import Town

pytestmark = on_sqlite
HERE, THERE = "/c/cremona", "/c/oglio-po"


@pytest.fixture
def anna(town: Town, client_for: Callable[..., Browser]) -> Browser:
    return client_for(town.cast.anna, language="en")


def test_the_whole_way(town: Town, anna: Browser, client_for: Callable[..., Browser]) -> None:
    child = town.full_house()
    way = anna.look(anna.look(f"{HERE}/household/changes").link("We move to another community"))
    assert way.says("Hours never go along")
    form = anna.look(way.link("Move here"))
    assert not form.soup.select("#content input[checked][type=checkbox]"), "nothing is ticked beforehand"
    missing = anna.submit(form, "Ask to join", status=422, words="y")
    assert missing.says("The makers need an answer here.")
    answers = {form.soup.textarea["name"]: "We move house."}
    asked = anna.submit(missing, "Ask to join", words="y", says_where="y", dependants=[str(child)], **answers)
    assert asked.says("Asked. Nothing changes here until you say goodbye.")
    assert asked.says("Their makers meet you")
    again = anna.submit(form, "Ask to join", **answers)
    assert again.address == f"{HERE}/me/move", "pressed twice"
    assert anna.look(f"{HERE}/me").says("Moving to Altra banca")
    zoe = client_for(town.cast.zoe, language="en")
    dossier = zoe.look(zoe.look(f"{THERE}/applications").link("Anna Prova"))
    assert dossier.says("Banca del tempo di prova, since")
    assert not dossier.says("Pulce")
    zoe.submit(dossier, "Let them in")
    assert anna.look(f"{HERE}/waiting").says("Altra banca says yes")
    let_in = anna.look(anna.look(f"{HERE}/me").link("Moving to Altra banca"))
    assert let_in.says("They said yes: you are in.")
    assert anna.look(f"{THERE}/household/").says("Pulce")
    leaving = anna.look(let_in.link("Say goodbye here"))
    gone = anna.submit(leaving, "Leave the community", typed="Banca del tempo di prova")
    assert gone.says("You have left Banca del tempo di prova")
    assert anna.look(f"{THERE}/me").says("Anna e famiglia")


def test_staying_after_all(town: Town, anna: Browser) -> None:
    town.ask(town.cast.anna)
    taken_back = anna.submit(anna.look(f"{HERE}/me/move"), "Take it back, I stay here")
    assert taken_back.says("What you had asked for there is taken back.")
    town.ask(town.cast.anna)
    town.say_yes(town.cast.anna)
    stays = anna.submit(anna.look(f"{HERE}/me/move"), "I stay here")
    assert stays.says("You belong to both now")
    assert stays.says("You belong there already")


def test_a_no_is_read_where_one_asked(town: Town, anna: Browser) -> None:
    town.ask(town.cast.anna)
    town.say_no(town.cast.anna)
    page = anna.look(f"{HERE}/me/move")
    assert page.says("Altra banca could not say yes for now. Nothing has changed here.")
    assert anna.look(page.link("Read what they wrote")).says("Vediamoci prima.")


def test_coming_along_or_going_alone(town: Town, client_for: Callable[..., Browser]) -> None:
    elia = town.second_adult("elia")
    town.ask(town.cast.anna, companions=(elia.id,))
    browser = client_for(elia, language="en")
    form = browser.look(browser.look(f"{HERE}/me").link("Anna asks whether you come along"))
    assert form.says("You share one household there, in Altrove.")
    alone = browser.look(form.link("I would rather move on my own"))
    assert not alone.says("You share one household there")
    answers = {form.soup.textarea["name"]: "With Anna."}
    assert browser.submit(form, "Ask to join", **answers).says("Your request is with their makers.")
    town.say_yes(town.cast.anna)
    town.say_yes(elia)
    assert browser.look(f"{THERE}/household/").says("Anna Prova")


def test_only_where_one_can_ask(anna: Browser) -> None:
    anna.look(f"{HERE}/me/move/to/cremona", status=404)
    anna.look(f"{HERE}/me/move/to/nowhere", status=404)
