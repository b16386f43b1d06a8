"""Two browsers side by side: one acts, the other sees it without loading anew, and goes on with what they were at."""

from collections.abc import Callable

import pytest
from playwright.sync_api import WebSocket, expect
from sqlmodel import col, update

from exchanges.agreements.tables import Agreement
from foundation import clock
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


def test_what_is_being_filled_in_stays(people: Cast, travellers: Callable[..., Traveller], history: Agreements) -> None:
    number = history.accepted(people.anna, people.bashir)
    anna = travellers(people.anna).turn_to("Messages").follow_words("Bashir")
    part = anna.page.locator("#now")
    part.get_by_label(anna.way.words("Another time")).check()
    field = part.get_by_label(anna.way.words("Hours"), exact=True)
    field.fill("7")
    with history.database.writing() as session:
        session.exec(update(Agreement).where(col(Agreement.id) == number).values(title="Un altro titolo"))
    anna.page.evaluate("htmx.trigger('#now', 'live')")
    expect(part.locator("h1")).to_have_text("Un altro titolo")
    expect(field).to_have_value("7")
    expect(field).to_be_focused()

    # What one is at is gone: the part stays as it is, and a line offers to look.
    with history.database.writing() as session:
        gone = {"state": "cancelled", "ended_at": clock.now()}
        session.exec(update(Agreement).where(col(Agreement.id) == number).values(**gone))
    anna.page.evaluate("htmx.trigger('#now', 'live')")
    anna.reads("This has changed in the meantime.")
    expect(field).to_have_value("7")


def _told(who: Traveller, said: Callable[[], bool]) -> None:
    """Turn the page's own loop until something was told to it over its socket."""
    for _turn in range(1000):
        if said():
            return
        who.page.evaluate("new Promise((done) => setTimeout(done, 10))")
    raise AssertionError("nothing was told")


LOOK = """(away) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => away });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_what_changes_while_one_looks_away_for_a_moment(
    people: Cast, travellers: Callable[..., Traveller], history: Agreements
) -> None:
    history.accepted(people.anna, people.bashir)
    anna = travellers(people.anna)
    told: list[str] = []

    def listened(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: told.append(str(frame)))

    anna.page.on("websocket", listened)
    anna.turn_to("Messages").follow_words("Bashir")
    _told(anna, lambda: any("heard" in one for one in told))
    anna.page.evaluate("Math.random = () => 0")
    anna.page.evaluate(LOOK, True)
    bashir = travellers(people.bashir).turn_to("Messages").follow_words("Anna")
    bashir.page.locator("#thread textarea").fill("Arrivo")
    bashir.page.locator("#thread").get_by_role("button", name=bashir.way.words("Send")).click()
    bashir.sees("Arrivo")
    _told(anna, lambda: any("changed" in one and "thread:" in one and "heard" not in one for one in told))
    anna.page.evaluate("new Promise((done) => setTimeout(done, 0))")
    expect(anna.page.locator("#thread-lines")).not_to_contain_text("Arrivo")
    anna.page.evaluate(LOOK, False)
    expect(anna.page.locator("#thread-lines")).to_contain_text("Arrivo", timeout=10000)
