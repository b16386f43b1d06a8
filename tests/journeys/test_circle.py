"""A care circle: Anna cannot on her turn and says so in one tap, Bashir takes it; Chiara's child does not come."""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.civic_centers.circles.stage import CircleStage
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey


def test_cover_in_two_taps(people: Cast, travellers: Callable[..., Traveller], circle: CircleStage) -> None:
    turn = circle.turn_of("anna")
    place = f"/c/cremona/circles/turns/{turn.id}"

    anna = travellers(people.anna).turn_to("Me").follow("Care circles").follow_words("Il girotondo")
    anna.sees("Il girotondo").follow("All turns")
    anna.go(place).reads("You have this turn").press("I can’t").reads("Swap it")

    bashir = travellers(people.bashir).go(place).press("Yes, I take it").reads("The turn is yours: thank you!")
    bashir.sees("Bimbo di chiara")

    chiara = travellers(people.chiara).go(place).press("Does not come this time")
    chiara.reads("Said: they do not come this time. Nobody is told why.").reads("Comes after all")
    anna.go(place).sees("Bashir").sees_not("Bimbo di chiara")

    visitor = travellers().go(place)
    visitor.sees_not("Bimbo")
