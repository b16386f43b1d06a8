"""In a conversation with script: one goes on writing, reads backwards without losing the place, and breaks no rule."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.exchanges.agreements import stage as agreements
from tests.exchanges.agreements.stage import Stage as Agreements
from tests.journeys.traveller import Traveller
from tests.journeys.way import walked_only

pytestmark = [pytest.mark.journey, walked_only(("phone", True, "it"))]


def test_one_goes_on_writing_and_reads_backwards(
    people: Cast, travellers: Callable[..., Traveller], history: Agreements
) -> None:
    number = history.accepted(people.anna, people.bashir)
    for line in range(65):
        history.do(agreements.actions.write_words, people.bashir, number, f"Riga {line}")
    anna = travellers(people.anna).turn_to("Messages").follow_words("Bashir")
    page = anna.page
    # Somebody makes the field larger, as one may: its size is no style that htmx copies.
    page.evaluate("document.querySelector('#thread textarea').style.height = '9rem'")
    page.locator("#thread textarea").fill("Eccomi")
    anna.press_here("Send")
    expect(page.locator("#thread textarea")).to_be_focused()
    page.keyboard.type("E poi")
    expect(page.locator("#thread textarea")).to_have_value("E poi")

    first = page.locator(".r-thread li").first
    before = int((first.get_attribute("id") or "m0")[1:])
    anna.follow("Earlier messages")
    last = page.locator(".r-thread li").last
    assert int((last.get_attribute("id") or "m0")[1:]) < before
    expect(last).to_be_in_viewport()
