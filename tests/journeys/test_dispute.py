"""It was not like that: the two remember an exchange differently, and a maker who is no party decides."""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.exchanges.agreements.stage import Stage as Agreements
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey


def test_a_maker_settles_a_disagreement(
    people: Cast, travellers: Callable[..., Traveller], history: Agreements
) -> None:
    history.delivered(people.anna, people.bashir, minutes=60, said=120)
    bashir = travellers(people.bashir).follow_words("Anna").follow("It was different")
    bashir.press("Send").reads("One more look, please").fill("Why?", "Era un'ora, non due.").press("Send")
    bashir.reads("You remember it differently").sees("Era un'ora, non due.").reads("Until then no hours move.")

    anna = travellers(people.anna).turn_to("Messages").follow_words("Orli e bottoni").sees("Era un'ora, non due.")

    maker = travellers(people.maker).turn_to("Me").follow("Disagreements").follow_words("Orli e bottoni")
    maker.heading_words("Orli e bottoni").reads("Read, listen to both, then decide").press("Decide")
    maker.reads("One more look, please").choose("With another time", of="How does it end?")
    maker.take(1, 30, of="How long, if with another time").fill("Why? Both will read it", "A metà strada.")
    maker.press("Decide").reads("Decided. Both read your reason.").reads("Nobody disagrees")

    for side in (anna, bashir):
        side.turn_to("Messages").follow_words("Orli e bottoni").sees("A metà strada.")
    assert history.balance(people.anna) == 90
    assert history.balance(people.bashir) == -90


def test_the_giver_puts_it_right(people: Cast, travellers: Callable[..., Traveller], history: Agreements) -> None:
    history.disputed(people.anna, people.bashir, minutes=60)
    anna = travellers(people.anna).turn_to("Messages").follow_words("Orli e bottoni")
    anna.open("They are right: I put the time right").choose_words("30 min", of="How long did it take?")
    anna.press("Write it down").reads("We wait for %(name)s", name="Bashir")
    travellers(people.bashir).follow_words("Anna").press("I confirm %(time)s", time="30 min")
    assert history.balance(people.anna) == 30
