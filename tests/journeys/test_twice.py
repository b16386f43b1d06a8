"""Pressed twice, gone back, lost on the way: the thing is done once."""

from collections.abc import Callable

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
    with bashir.page.expect_navigation():
        bashir.button("I confirm %(time)s", time="1 h").dblclick(no_wait_after=True)
    expect(bashir.page.locator("main")).to_contain_text(bashir.way.words("Would you like to say thank you?"))
    bashir.checked()
    assert history.balance(people.anna) == 60

    anna = travellers(people.anna).go(f"/c/cremona/time/give?to={people.chiara.party.id}").choose_words("30 min")
    with anna.page.expect_navigation():
        anna.button("Give").dblclick(no_wait_after=True)
    anna.go("/c/cremona/time/")
    assert history.balance(people.chiara) == 30


def test_going_back_and_publishing_again(people: Cast, travellers: Callable[..., Traveller], board: Posts) -> None:
    board.written(people.anna, title="Una tenda da appendere")
    anna = travellers(people.anna).turn_to("Me").follow("What you wrote on the board")
    anna.follow_words("Una tenda da appendere").press("Publish").reads("It is yours")
    anna.back()
    again = anna.button("Publish")
    if again.is_visible():
        anna.press("Publish")
    anna.go("/c/cremona/posts/mine")
    expect(anna.page.get_by_role("link", name="Una tenda da appendere")).to_have_count(1)


def test_an_answer_lost_on_the_way(people: Cast, travellers: Callable[..., Traveller], history: Agreements) -> None:
    agreement_id = history.delivered(people.anna, people.bashir, minutes=60)
    bashir = travellers(people.bashir).follow_words("Anna")

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    bashir.page.route("**/confirm", lose)
    button = bashir.button("I confirm %(time)s", time="1 h")
    with (
        bashir.page.expect_request_finished(lambda request: False, timeout=1)
        if False
        else bashir.page.expect_event("requestfailed")
    ):
        button.click(no_wait_after=True)
    bashir.page.unroute("**/confirm")
    bashir.faults.clear()
    bashir.go(f"/c/cremona/agreements/{agreement_id}").reads("Would you like to say thank you?")
    assert history.balance(people.anna) == 60
