"""A lesson for several, from the offer to the one transfer that settles it, and what each finds in their balance."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from foundation import clock
from tests.cast import Cast
from tests.exchanges.posts.stage import Stage as Posts
from tests.journeys.test_exchange import see_hours
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey


def test_a_lesson_for_several(people: Cast, travellers: Callable[..., Traveller], board: Posts) -> None:
    post_id = board.open_post(people.anna, "offer", title="Impariamo a cucire", places=5)
    soon = clock.local(clock.now() + timedelta(hours=3), "Europe/Rome")
    anna = travellers(people.anna).go(f"/c/cremona/posts/{post_id}").follow("Meet all together")
    anna.press("Propose it").reads("One more look, please")
    anna.fill("When", soon.strftime("%Y-%m-%dT%H:%M")).choose_words("1 h", of="How long")
    anna.fill("For how many households?", "3").fill("Two words for all", "Portate ago e filo.").press("Propose it")
    anna.sees("Portate ago e filo.").reads("%(name)s receives", name="Anna")

    bashir = travellers(people.bashir).turn_to("Board").follow_words("Impariamo a cucire").follow("Come too")
    bashir.press("I come too").reads("You come: your place is kept").sees("Portate ago e filo.")
    chiara = travellers(people.chiara).go(f"/c/cremona/posts/{post_id}").follow("Come too").press("I come too")
    chiara.press("I cannot come").reads("Do you come too?").press("I come too")
    chiara.fill("Write to all", "Porto la macchina da cucire.").press_here("Send")
    chiara.sees("Porto la macchina da cucire.")

    anna.turn_to("Messages").follow_words("Impariamo a cucire").sees("Porto la macchina da cucire.")
    anna.follow("Write down who was there").press("Write it down").reads("Each confirms for themselves")

    bashir.turn_to("Home").follow_words("Anna").press("I confirm %(time)s", time="1 h").reads("You have answered")
    chiara.turn_to("Home").follow_words("Anna").press("I confirm %(time)s", time="1 h").reads("Complete")
    see_hours(chiara, "0 h", "1 h")
    see_hours(bashir, "0 h", "1 h")
    see_hours(anna, "1 h", "0 h").follow("See all the exchanges").sees("Impariamo a cucire")
