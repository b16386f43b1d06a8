"""Saying when one can, being suggested and asked, and proposing the hour that suits both."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.exchanges.posts.stage import Stage as Posts
from tests.journeys.server import Served
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey


def say_when(traveller: Traveller, *cells: str) -> Traveller:
    """Fill the ordinary week in."""
    traveller.go("/c/cremona/me").follow("When we can")
    for cell in cells:
        traveller.page.locator(f"input[value='{cell}']").check()
    return traveller.press("Save").reads("What the others read")


def say_what(traveller: Traveller, category: str) -> Traveller:
    """Say one thing that the household can give."""
    traveller.go("/c/cremona/me").follow("What we can give and need")
    traveller.page.locator("summary", has_text=category).first.click()
    traveller.page.get_by_label(category).first.check()
    return traveller.press("Save")


def test_from_ones_week_to_an_hour_that_suits_both(
    people: Cast, served: Served, travellers: Callable[..., Traveller]
) -> None:
    with served.database() as database:
        Posts(database, people).open_post(people.anna, title="Una tenda da appendere")
    bashir = travellers(people.bashir)
    say_what(say_when(bashir, "2-afternoon", "4-afternoon"), people.categories["repairs"].names[bashir.way.language])

    anna = say_when(travellers(people.anna), "4-afternoon", "6-morning")
    anna.go(f"/c/cremona/members/{people.bashir.party.id}").sees("Bashir e famiglia")
    expect(anna.page.locator("table.r-parts--seen .r-parts__on")).to_have_count(2)
    anna.go("/c/cremona/me").follow("What you wrote on the board").follow_words("Una tenda da appendere")
    anna.reads("Who could answer").open("Why do I see this?")
    anna.press("Ask %(name)s whether they could", name="Bashir e famiglia")
    anna.reads("Asked. They answer only if it suits them.")

    bashir.turn_to("Home").follow_words("Una tenda da appendere").reads("They thought of you").reads("Both of you can")
    moment = bashir.page.locator(".r-common a").first.inner_text().strip()
    bashir.follow_words(moment)
    field = bashir.page.locator("input[name=starts_at]")
    expect(field).not_to_have_value("")
    chosen = field.input_value()
    field.fill("")
    bashir.page.locator(".r-common a").first.click()
    expect(field).to_have_value(chosen)
    bashir.press("I can help").sees(moment.split(",")[0])

    anna.turn_to("Home").follow_words("Bashir").sees(moment.split(",")[0]).press("Yes, that suits us")
    anna.reads("You agree")


def test_putting_an_invitation_aside(people: Cast, served: Served, travellers: Callable[..., Traveller]) -> None:
    with served.database() as database:
        Posts(database, people).open_post(people.anna, title="Una tenda da appendere")
    chiara = travellers(people.chiara)
    say_what(chiara, people.categories["repairs"].names[chiara.way.language])
    anna = travellers(people.anna).go("/c/cremona/me").follow("What you wrote on the board")
    anna.follow_words("Una tenda da appendere").press("Ask %(name)s whether they could", name="Chiara e famiglia")
    chiara.turn_to("Home").follow_words("Anna e famiglia").press("Not now").reads("All right. Nobody is told.")
    chiara.go("/c/cremona/me").follow("Suggestions").choose("Do not suggest us for now").press("Save")
    anna.go("/c/cremona/me").follow("What you wrote on the board").follow_words("Una tenda da appendere")
    expect(anna.page.get_by_text("Chiara e famiglia")).to_have_count(0)
