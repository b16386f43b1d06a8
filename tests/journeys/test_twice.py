"""Pressed twice, gone back, lost on the way: the thing is done once."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from tests.cast import Cast
from tests.exchanges.agreements.stage import Stage as Agreements
from tests.exchanges.posts.stage import Stage as Posts
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey


def test_a_button_pressed_twice_moves_hours_once(
    people: Cast, travellers: Callable[..., Traveller], history: Agreements
) -> None:
    history.delivered(people.anna, people.bashir, minutes=60)
    bashir = travellers(people.bashir).follow_words("Anna")
    bashir.button("I confirm %(time)s", time="1 h").dblclick(no_wait_after=True)
    bashir.reads("Would you like to say thank you?").checked()
    assert history.balance(people.anna) == 60

    anna = travellers(people.anna).go(f"/c/cremona/time/give?to={people.chiara.party.id}").choose_words("30 min")
    anna.button("Give").dblclick(no_wait_after=True)
    anna.heading("My time").checked()
    assert history.balance(people.chiara) == 30


def test_going_back_and_publishing_again(people: Cast, travellers: Callable[..., Traveller], board: Posts) -> None:
    board.written(people.anna, title="Una tenda da appendere")
    anna = travellers(people.anna).turn_to("Me").follow("What you wrote on the board")
    anna.follow_words("Una tenda da appendere")
    # The same page stands open on another device.
    elsewhere = travellers(people.anna).go(urlsplit(anna.page.url).path)
    anna.press("Publish").reads("It is yours").back().reads("It is yours")
    expect(anna.button("Publish")).to_have_count(0)
    elsewhere.press("Publish").reads("It is yours").go("/c/cremona/posts/mine")
    expect(elsewhere.page.get_by_role("link", name="Una tenda da appendere")).to_have_count(1)


def test_an_answer_lost_on_the_way(people: Cast, travellers: Callable[..., Traveller], history: Agreements) -> None:
    history.delivered(people.anna, people.bashir, minutes=60)
    bashir = travellers(people.bashir).follow_words("Anna")

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    bashir.page.route("**/confirm", lose)
    bashir.button("I confirm %(time)s", time="1 h").click(no_wait_after=True)
    expect(bashir.page).to_have_url(re.compile("^chrome-error:"))
    bashir.page.unroute("**/confirm")
    bashir.faults.clear()
    # The browser asks once more, with the same request.
    with bashir.page.expect_request("**/confirm"):
        bashir.page.reload()
    bashir.reads("Would you like to say thank you?").checked()
    assert history.balance(people.anna) == 60
