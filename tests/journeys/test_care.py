"""Child care: only somebody whom a maker has met can come, and being met takes one conversation."""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.exchanges.posts.stage import Stage as Posts
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey


def write_the_need(anna: Traveller) -> Traveller:
    """The first two steps, with the questions that child care has of its own."""
    way = anna.way
    anna.follow("I ask for a hand").fill("In a few words", "Chi resta con i miei due il giovedì?")
    anna.pick("What is it about?", {"it": "Bambini", "en": "Child care"}[way.language]).press("Next: when and where")
    anna.choose("Every week", of="How often?").choose_words({"it": "gio", "en": "Thu"}[way.language])
    anna.choose("At my place", of="Where?").press("Next: how").reads("Say how many children.")
    anna.fill("How many children?", "2").choose_words("3–5").fill("Who picks them up?", "La nonna")
    return anna.press("Next: how").choose_words("2 h", of="About how long, each time?").press("Next: reread")


def test_only_somebody_who_was_met_can_come(people: Cast, travellers: Callable[..., Traveller]) -> None:
    anna = travellers(people.anna)
    write_the_need(anna).press("Publish").reads("With children we go with care.")

    chiara = travellers(people.chiara).turn_to("Board").follow_words("Chi resta con i miei due").sees_not("La nonna")
    chiara.follow("I can help").follow("One time only").press("I can help")
    chiara.reads("For children and frail people only somebody whom a community maker has met can come.")

    meet(travellers(people.maker), "Chiara Prova")
    chiara.press("I can help").reads("Nobody is committed until the answer is yes.")
    anna.turn_to("Home").follow_words("Chiara").press("Yes, that suits us").reads("You agree")
    chiara.turn_to("Messages").follow_words("Chi resta con i miei due").reads("You agree")


def meet(maker: Traveller, name: str) -> None:
    """Record that a document was seen and that two people vouch."""
    maker.turn_to("Me").follow("Who is here").follow_words("Chiara e famiglia").follow_words(name)
    maker.follow("Verification of %(name)s", name="Chiara").choose("Identity card")
    seen = maker.page.get_by_label(maker.way.words("On which day?"))
    seen.fill(maker.page.evaluate("new Date().toISOString().slice(0, 10)"))
    maker.press("Record it").reads("Recorded: you met this person.")
    for number in (1, 2):
        if number > 1:
            maker.open("Somebody vouched for them")
        maker.fill("Who vouches for this person?", f"Maestra {number}")
        spoken = maker.page.get_by_label(maker.way.words("When did you speak?"))
        spoken.fill(maker.page.evaluate("new Date().toISOString().slice(0, 10)"))
        maker.press("Record it", within=maker.page.locator("section[aria-labelledby=of-reference]"))
    maker.reads("Met and vouched for.")


def test_a_confidential_need_reaches_the_makers_only(
    people: Cast, travellers: Callable[..., Traveller], board: Posts
) -> None:
    own = {"help": "room"}
    post_id = board.written(
        people.anna, title="Una stanza per un mese", category="housing", own=own, visibility="confidential"
    )
    anna = travellers(people.anna).turn_to("Me").follow("What you wrote on the board")
    anna.follow_words("Una stanza per un mese").press("Send it to the makers")
    anna.reads("Only the makers of the zone read it: they speak with you and look for the right person.")
    bashir = travellers(people.bashir).turn_to("Board").sees_not("Una stanza per un mese")
    bashir.go(f"/c/cremona/posts/{post_id}").heading("There is nothing here")
    maker = travellers(people.maker).turn_to("Board").follow_words("Una stanza per un mese")
    maker.reads("Only the makers of the zone see it. Speak with them first, then look for the right person together.")
