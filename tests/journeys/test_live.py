"""Two browsers side by side: one acts, the other sees it without loading anew, and goes on with what they were at."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.exchanges.agreements.stage import Stage as Agreements
from tests.exchanges.posts.stage import Stage as Posts
from tests.journeys.traveller import Traveller
from tests.journeys.way import walked_only

pytestmark = [pytest.mark.journey, walked_only(("phone", True, "it"))]

NOT_LOADED_ANEW = "window.stillHere = true"


def test_the_other_confirms_while_one_writes(
    people: Cast, travellers: Callable[..., Traveller], history: Agreements
) -> None:
    history.delivered(people.anna, people.bashir, minutes=60)
    anna = travellers(people.anna).turn_to("Messages").follow_words("Bashir")
    anna.page.evaluate(NOT_LOADED_ANEW)
    field = anna.page.locator("#thread textarea")
    field.press_sequentially("Grazie, ci vediamo")
    bashir = travellers(people.bashir).turn_to("Messages").follow_words("Anna")
    bashir.press("I confirm %(time)s", time="1 h")
    expect(anna.page.locator("#now")).to_contain_text(anna.way.words("Would you like to say thank you?"), timeout=10000)
    expect(field).to_have_value("Grazie, ci vediamo")
    expect(field).to_be_focused()
    assert anna.page.evaluate("window.stillHere")


def test_new_posts_are_announced_and_nothing_jumps(
    people: Cast, travellers: Callable[..., Traveller], board: Posts
) -> None:
    board.open_post(people.bashir, title="Un passaggio al mercato")
    chiara = travellers(people.chiara).turn_to("Board").sees("Un passaggio al mercato")
    board.written(people.anna, title="Una tenda da appendere")
    anna = travellers(people.anna).turn_to("Me").follow("What you wrote on the board")
    anna.follow_words("Una tenda da appendere").press("Publish").reads("It is yours")
    bar = chiara.page.get_by_role("link", name=chiara.way.plural("%(num)s new", "%(num)s new", 1))
    expect(bar).to_be_visible(timeout=15000)
    chiara.sees_not("Una tenda da appendere")
    bar.click()
    chiara.sees("Una tenda da appendere").checked()
