"""A community lab from the idea to its first goal: proposed, opened, joined; a visitor reads it without a name."""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.journeys.traveller import Traveller
from tests.journeys.way import walked_only

pytestmark = [pytest.mark.journey, walked_only(("phone", False, "it"), ("desktop", True, "en"))]
PLACE = "/c/cremona/labs/ore-dopo-scuola"


def test_from_the_idea_to_a_goal_that_is_reached(people: Cast, travellers: Callable[..., Traveller]) -> None:
    chiara = travellers(people.chiara).go("/c/cremona/labs/").follow("Propose a lab")
    chiara.fill("Name", "Ore dopo scuola").fill("What do you all need?", "Chi prende i bambini alle quattro")
    chiara.choose("Open: whoever wants to is in at once", of="Who may come in?")
    chiara.choose("Its page is read without an account").press("Propose the lab")
    chiara.heading_words("Ore dopo scuola").reads(
        "Proposed. A maker of the zone reads it, and opens it or tells you why not."
    )
    visitor = travellers()
    visitor.page.goto(visitor.address + PLACE)
    visitor.sees_not("Chi prende i bambini")

    maker = travellers(people.maker).follow("A community lab is proposed").heading_words("Ore dopo scuola")
    maker.press("Open the lab")

    anna = travellers(people.anna).go(PLACE).follow("Come in").fill("What would you like to do in it?", "Guido")
    anna.press("Come in").reads("You are in: welcome. Say hello in the conversation.")

    chiara.go(PLACE).follow("A new goal").fill("What do you want to reach?", "Cinque famiglie si conoscono")
    chiara.press("Set the goal").follow("How did it go?").heading_words("Cinque famiglie si conoscono")
    chiara.press("Write it down").reads("Write a few words first.")
    chiara.fill("By what does one see it?", "Alla cena erano in sei, c’era Anna").press("Write it down")
    chiara.reads("Reached: it stands on the page.").sees("Alla cena erano in sei")
    anna.go(PLACE).sees("Alla cena erano in sei")

    visitor.go(PLACE).sees("Chi prende i bambini alle quattro").sees("Cinque famiglie si conoscono").reads("Reached")
    for name in ("Chiara", "Anna", "Maker", "Guido", "Alla cena"):
        visitor.sees_not(name)
    visitor.follow("Poster").sees("Ore dopo scuola").sees_not("Chiara")
