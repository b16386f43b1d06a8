"""An afternoon for children: its keeper makes it, a mother enrols two in one go, the keeper reads their names."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from foundation import clock
from tests.cast import Cast
from tests.civic_centers.enrolling.stage import EnrolStage
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey

TITLE = "Merenda e giochi"


def make_an_afternoon(bashir: Traveller, center: EnrolStage) -> Traveller:
    bashir.go(f"/c/cremona/centers/{center.slug}").follow("Plan something")
    bashir.fill("What is it called?", TITLE).pick(
        "What kind of thing is it?", bashir.way.words("An afternoon for children")
    )
    bashir.fill("From how many years?", "6").fill("To how many years?", "10").fill("How many places?", "2")
    bashir.press("Go on: when?").follow_words(bashir.way.words("On one day: a party, an evening"))
    bashir.fill("On which day?", (clock.today("Europe/Rome") + timedelta(days=7)).isoformat())
    bashir.fill("Begins at", "16:00").fill("Ends at", "17:30").pick("Which room?", "Biblioteca").press("Write it down")
    if bashir.button("Write it down all the same").count():  # on a Saturday, on a holiday: one is told, and may
        bashir.press("Write it down all the same")
    return bashir.press("Publish it").reads("Published: now everybody sees it.")


def test_an_afternoon_for_children(people: Cast, travellers: Callable[..., Traveller], center: EnrolStage) -> None:
    bashir = make_an_afternoon(travellers(people.bashir), center)

    anna = travellers(people.anna).turn_to("Calendar").follow_words(TITLE).reads("Nobody is enrolled yet")
    anna.follow("Enrol").press("Enrol").reads("Choose at least one person.")
    anna.choose_words("Ettore").choose_words("Mina").press("Enrol").reads("Has a place")
    anna.turn_to("Me").follow("Our places").sees("Mina")

    bashir.turn_to("Calendar").follow_words(TITLE).follow("The list").sees("Ettore").sees("Mina")
    bashir.follow("Print the list").sees("Ettore")

    anna.press("None of us can come").reads(
        "Thank you for saying so: who waits has the place now. If it was a slip, come back while there is room."
    )
    bashir.back().page.reload()
    bashir.reads("Nobody has a place yet.")

    visitor = travellers().go("/c/cremona/calendar/").follow_words(TITLE)
    visitor.reads("From %(least)s to %(most)s years", least=6, most=10).sees_not("Ettore").reads("Sign in to enrol")
