"""A landlord is introduced to a family, walked from both sides."""

from collections.abc import Callable

import pytest

from tests.cast import Cast, Member
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey

HOME = "Home: ask for help or offer it"
STAY = "A room, or a place to stay for a while"


def test_a_landlord_and_a_family_get_to_know_each_other(people: Cast, travellers: Callable[..., Traveller]) -> None:
    def beginning(member: Member, way_in: str, words: str) -> Traveller:
        who = travellers(member).turn_to("Me").follow(HOME).follow(way_in).choose(STAY).press("Next")
        who.fill("In your own words", words)
        for _page in range(6):
            who.press("Next")
        return who.press("Send it to the desk").reads("Sent to the desk. Only those whose names stand here read it.")

    anna = beginning(people.anna, "I need help", "Siamo in tre, da febbraio.")
    owner = beginning(people.bakery, "I can help", "Un bilocale sopra il forno.")

    def answering(who: Traveller, step: str) -> None:
        who.turn_to("Me").follow(HOME).follow(STAY).follow(step).press("Yes")
        who.reads("Your yes is written down. You can take it back on this page.")

    maker = travellers(people.maker).turn_to("Me").follow("Help with a home: the desk")
    maker.sees_not("Anna Prova").follow(STAY, within=maker.page.locator('section[aria-labelledby="needs"]'))
    maker.sees("Anna Prova").sees("Siamo in tre").sees_not("Bakery Prova")
    maker.follow_words(",", within=maker.page.locator('section[aria-labelledby="who"]'))
    maker.fill("What do you tell them of the other?", "Un piccolo appartamento in centro.").press("Ask the first")
    owner.turn_to("Me").follow(HOME).follow(STAY).reads_not("What you were asked")
    answering(anna, "Hearing of each other")
    anna.sees_not("Bakery")
    maker.turn_to("Me").follow("Help with a home: the desk").follow("Being asked")
    maker.fill("What do you tell %(name)s of the other?", "Una famiglia di tre.", name="Bakery Prova").press(
        "Ask the second"
    )
    answering(owner, "Hearing of each other")
    for step in ("Names", "Telephone and e-mail"):
        for who in (anna, owner):
            answering(who, step)
    anna.follow("Who you were introduced to").sees("bakery@example.org").follow("Write the sheet")
    anna.fill("What you agree upon", "Da febbraio a maggio, bollette a metà.").press("Write the sheet")
    owner.turn_to("Me").follow(HOME).follow(STAY).follow("Who you were introduced to").sees("bollette a metà")
    owner.press("I agree").reads("Your yes is written down.")
    owner.turn_to("Me").follow(HOME).follow(STAY).follow("Telephone and e-mail").open("Take my yes back")
    owner.press("Take it back").reads("Taken back. The other hears only that it did not go on.")
    anna.turn_to("Me").follow(HOME).follow(STAY).reads_not("Who you were introduced to").follow("Hearing of each other")
    anna.reads("This one did not go on. At the desk they keep looking.").sees_not("Bakery")
