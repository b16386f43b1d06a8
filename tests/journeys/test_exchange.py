"""The main job: a need is posted, answered, agreed, done, confirmed and thanked for; hours move in both balances."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.exchanges.posts.stage import Stage as Posts
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey


def see_hours(traveller: Traveller, given: str, received: str) -> Traveller:
    """At home the two figures of one's balance."""
    traveller.turn_to("Home")
    figures = traveller.page.locator(".r-balance dl > div")
    expect(figures.nth(0)).to_contain_text(given)
    expect(figures.nth(1)).to_contain_text(received)
    return traveller


def write_the_need(anna: Traveller) -> Traveller:
    """The three steps, with a rest after the first and a step back."""
    anna.turn_to("Home").follow("I ask for a hand").press("Next: when and where").reads("One more look, please")
    anna.fill("In a few words", "Una tenda da appendere").press("Save and finish later")
    anna.follow_words("Una tenda da appendere").follow("Choose what it is about.")
    anna.pick("What is it about?", {"it": "Riparazioni", "en": "Repairs"}[anna.way.language])
    anna.fill("Tell a little more", "Il bastone è alto: serve una scala, che ho.").press("Next: when and where")
    anna.choose("Whenever it suits", of="How often?").choose("At my place", of="Where?").press("Next: how")
    anna.press("When and where")
    expect(anna.page.get_by_label(anna.way.words("Whenever it suits"))).to_be_checked()
    return anna.press("Next: how").choose_words("1 h", of="About how long, each time?").press("Next: reread")


def test_from_a_need_to_thanks(people: Cast, travellers: Callable[..., Traveller]) -> None:
    anna = travellers(people.anna)
    write_the_need(anna).sees("Il bastone è alto").press("Publish").reads("It is yours")

    bashir = travellers(people.bashir).turn_to("Board").follow_words("Una tenda da appendere").follow("I can help")
    bashir.fill("Two words for %(name)s", "Vengo con il trapano.", name="Anna e famiglia").press("I can help")
    bashir.reads("Nobody is committed until the answer is yes.")

    anna.turn_to("Home").follow_words("Bashir").sees("Vengo con il trapano.").press("Yes, that suits us")
    anna.reads("You agree").sees("+39 372 000000")
    anna.fill("Write to %(name)s", "Il citofono è rotto: chiama.", name="Bashir").press_here("Send")
    anna.sees("Il citofono è rotto: chiama.")

    bashir.turn_to("Messages").follow_words("Una tenda da appendere").sees("Il citofono è rotto: chiama.")
    bashir.sees("Via Anna 1").take(1, 15, of="How long did it take?").press("Write it down")
    bashir.reads("We wait for %(name)s", name="Anna")

    anna.turn_to("Home").follow_words("Bashir").reads("You had agreed on %(time)s.", time="1 h")
    anna.press("I confirm %(time)s", time="1 h 15")
    anna.reads("Done! %(time)s have passed to %(name)s", time="1 h 15", name="Bashir")
    anna.fill("A word for %(name)s", "Preciso e gentile.", name="Bashir")
    anna.choose("It may stand on their profile, if they like").press("Say thank you")
    anna.sees("Preciso e gentile.")
    see_hours(anna, "0 h", "1 h 15")

    see_hours(bashir, "1 h 15", "0 h").turn_to("Messages").follow_words("Una tenda da appendere")
    bashir.sees("Preciso e gentile.").press("Put it on our profile")
    anna.go(f"/c/cremona/members/{people.bashir.party.id}").sees("Preciso e gentile.")


def test_another_way_no_and_calling_off(people: Cast, travellers: Callable[..., Traveller], board: Posts) -> None:
    board.open_post(people.anna, "offer", title="Cucio orli e cerniere")
    bashir = travellers(people.bashir).turn_to("Board").follow_words("Cucio orli e cerniere").follow("I need this")
    bashir.press("I need this").reads("Nobody is committed until the answer is yes.")

    anna = travellers(people.anna).follow_words("Bashir").follow("I propose it another way")
    anna.take(0, 20, of="How long").press("Propose").reads("Nobody is committed until the answer is yes.")

    bashir.turn_to("Home").follow_words("Anna").reads(
        "%(name)s proposes %(time)s of help for you.", name="Anna", time="20 min"
    )
    bashir.press("Yes, that suits us").reads("You agree").open("I cannot make it: call it off")
    bashir.press("Call it off").reads("One more look, please")
    bashir.fill("Why?", "Ho la febbre.").press("Call it off").reads("Those set aside are free again.")

    anna.turn_to("Messages").follow_words("Cucio orli e cerniere").sees("Ho la febbre.").reads("No hours have moved.")
    see_hours(bashir, "0 h", "0 h")


def test_the_life_of_a_post(people: Cast, travellers: Callable[..., Traveller], board: Posts) -> None:
    board.open_post(people.anna, title="Chi mi presta una scala?")
    anna = travellers(people.anna).turn_to("Me").follow("What you wrote on the board")
    anna.follow_words("Chi mi presta una scala?").press("Pause").reads("It is paused: nobody sees it.")
    anna.press("Put it back on the board").follow("Change", within=anna.page.locator("aside"))
    anna.fill("In a few words", "Chi mi presta una scala alta?").press("Save").sees("Chi mi presta una scala alta?")
    anna.follow("Found, or no longer needed").choose("Found, thank you").press("Close it")
    anna.reads("Somebody was found: thank you.").press("Make a copy")
    anna.reads("Here is a copy. Look it over, then publish it.").follow("Throw it away").press("Yes, throw it away")


def test_narrowing_the_board(people: Cast, travellers: Callable[..., Traveller], board: Posts) -> None:
    board.open_post(people.anna, title="Chi mi porta al mercato?", category="transport")
    board.open_post(people.chiara, "offer", title="Riparo biciclette", gift=True)
    bashir = travellers(people.bashir).turn_to("Board").sees("Chi mi porta al mercato?").sees("Riparo biciclette")
    bashir.choose("Who offers")
    if not bashir.way.script:
        bashir.press("Search")
    bashir.sees("Riparo biciclette").sees_not("Chi mi porta al mercato?").checked()
    bashir.fill("What are you looking for?", "trombone").press_here("Search").reads("Nothing like this, for now")
    bashir.follow("See the whole board").sees("Chi mi porta al mercato?")
