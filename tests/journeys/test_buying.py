"""A family orders oranges in the last days, the maker closes the order, and the family reads what it pays."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from civic_centers.suppliers.tables import Supplier
from foundation import clock
from foundation.database import Database
from tests.architecture.plenty_purchasing import cycle_of
from tests.cast import Cast
from tests.civic_centers.enrolling.stage import EnrolStage
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey

TITLE = "Arance di gennaio"


def an_order(database: Database, people: Cast) -> None:
    """An open order of two products, each 2.15 euro a kilo."""
    with clock.at(clock.now() - timedelta(minutes=5)), database.writing() as session:
        zone_id = people.zones["centro"].id
        supplier = Supplier(community_id=people.community.id, zone_id=zone_id, name="Agrumi di prova")
        session.add(supplier)
        session.flush()
        cycle_of(session, people, supplier, TITLE, products=2)


def test_buying_together(people: Cast, travellers: Callable[..., Traveller], center: EnrolStage) -> None:
    an_order(center.database, people)
    anna = travellers(people.anna).turn_to("Me").follow("Shared orders").follow_words(TITLE)
    anna.reads("Nobody has ordered yet.").follow("Order here")
    anna.page.get_by_label(f"{TITLE} 0").fill("tre")
    anna.press("Save the order").reads("One more look, please")
    anna.page.get_by_label(f"{TITLE} 0").fill("3")
    anna.press("Save the order").sees("6,45" if anna.way.language == "it" else "6.45")

    maker = travellers(people.maker).turn_to("Me").follow("Shared orders").follow_words(TITLE)
    maker.open("Close it now").press("Close the order").reads("Closed: everybody has been told what they get.")
    maker.follow("Who ordered what").sees("Anna e famiglia")

    anna.page.reload()
    anna.follow("The sheet").sees(f"{TITLE} 0")
