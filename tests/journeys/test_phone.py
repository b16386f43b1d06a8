"""On a telephone without a signal: what opens, what waits, what is sent once, and that nothing is left for others."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from exchanges.agreements import actions
from tests.cast import Cast, Member
from tests.exchanges.agreements.stage import Stage as Agreements
from tests.exchanges.agreements.stage import at
from tests.journeys.traveller import Traveller
from tests.journeys.way import walked_only

pytestmark = [pytest.mark.journey, walked_only(("phone", True, "it"))]

PATIENCE = 15.0  # seconds
NOTHING = "Nothing of yours is kept on this phone. When the connection is back, everything is where you left it."
COUNT = """async (wanted) => {
  const db = await new Promise((done, failed) => {
    const asked = indexedDB.open('reciproca');
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  try {
    const counted = async (name) => new Promise((done) => {
      const asked = db.transaction(name).objectStore(name).count();
      asked.onsuccess = () => done(asked.result);
    });
    const found = {};
    for (const name of Object.keys(wanted)) found[name] = db.objectStoreNames.contains(name) ? await counted(name) : 0;
    return Object.entries(wanted).every(([name, number]) => found[name] === number);
  } finally {
    db.close();
  }
}"""


def keeps(page: Page, **wanted: int) -> None:
    """Wait until so many things of each kind are laid down on the phone."""
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate(COUNT, wanted):  # wait_for_function takes the promise itself for a yes
        assert time.monotonic() < deadline, wanted
        page.wait_for_timeout(50)


@pytest.fixture
def phone(travellers: Callable[..., Traveller]) -> Callable[[Member], Traveller]:
    """Somebody's telephone, with the worker in place and their things taken along."""

    def open_phone(member: Member) -> Traveller:
        traveller = travellers(member, service_workers="allow")
        traveller.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        keeps(traveller.page, owner=1, snapshots=1)
        return traveller

    return open_phone


def lose_signal(traveller: Traveller) -> None:
    """No signal any more; that pictures and scripts are asked for in vain from here on is no fault."""
    traveller.has_signal = False
    traveller.page.context.set_offline(True)


def find_signal(traveller: Traveller) -> None:
    traveller.page.context.set_offline(False)
    traveller.has_signal = True


def write(traveller: Traveller, words: str) -> None:
    traveller.page.locator("#thread textarea").fill(words)
    traveller.page.locator("#thread form[data-queue] button").click()
    expect(traveller.page.locator("[data-waiting]").last).to_contain_text(words)


def test_it_can_be_installed_and_opens_without_a_signal(
    people: Cast, phone: Callable[[Member], Traveller], history: Agreements
) -> None:
    history.accepted(people.anna, people.bashir)
    bashir = phone(people.bashir)
    session = bashir.page.context.new_cdp_session(bashir.page)
    manifest: Any = session.send("Page.getAppManifest")
    assert manifest["url"].startswith(f"{bashir.address}/manifest.webmanifest")
    assert not manifest["errors"]

    lose_signal(bashir)
    bashir.page.goto(f"{bashir.address}/c/cremona/board")
    bashir.heading("Without a connection").sees("Orli e bottoni").sees("Anna").checked()
    find_signal(bashir)
    bashir.go("/c/cremona/board").heading("Board")


def test_words_and_a_yes_wait_and_are_sent_once(
    people: Cast, phone: Callable[[Member], Traveller], history: Agreements
) -> None:
    said = history.delivered(people.anna, people.bashir, minutes=60)
    bashir = phone(people.bashir).go(at(said))
    other_tab = bashir.page.context.new_page()
    other_tab.goto(bashir.address + at(said))
    lose_signal(bashir)
    write(bashir, "Grazie, è venuto benissimo.")
    bashir.button("I confirm %(time)s", time="1 h").click()
    bashir.reads("No connection just now.").sees(bashir.way.words("{n} things wait to be sent.").replace("{n}", "2"))
    assert history.state(said) == "delivered"
    find_signal(bashir)
    keeps(bashir.page, queue=0)
    bashir.go(at(said)).reads("Would you like to say thank you?").sees("Grazie, è venuto benissimo.")
    assert history.said(said).count("Grazie, è venuto benissimo.") == 1
    assert history.balance(people.anna) == 60


def test_what_changed_meanwhile_is_told(
    people: Cast, phone: Callable[[Member], Traveller], history: Agreements
) -> None:
    said = history.delivered(people.anna, people.bashir, minutes=60)
    bashir = phone(people.bashir).go(at(said))
    lose_signal(bashir)
    bashir.button("I confirm %(time)s", time="1 h").click()
    keeps(bashir.page, queue=1)
    history.do(actions.deliver, people.anna, said, history.agreement(said).version, 90)
    find_signal(bashir)
    bashir.reads("Something you wrote could not be sent: look at it.")
    bashir.page.get_by_role("link", name=bashir.way.words("Look"), exact=True).click()
    bashir.heading("Without a connection").reads("Something changed here in the meantime.").checked()
    bashir.button("Throw it away").click()
    keeps(bashir.page, queue=0)
    assert history.state(said) == "delivered"


def test_nothing_is_left_for_who_comes_next(
    people: Cast, phone: Callable[[Member], Traveller], history: Agreements, keys: dict[int, list[Any]]
) -> None:
    agreed = history.accepted(people.anna, people.bashir)
    bashir = phone(people.bashir).go(at(agreed))
    context = bashir.page.context
    lose_signal(bashir)
    write(bashir, "Arrivo alle nove.")
    # The session is over, and somebody else takes the phone: nothing is sent in their name, and nothing stays.
    context.clear_cookies()
    find_signal(bashir)
    bashir.reads("Sign in again, and what waits is sent.")
    bashir.sign_in(people.chiara)
    keeps(bashir.page, owner=1, queue=0)
    assert "Arrivo alle nove." not in history.said(agreed)

    # Leaving at once takes away what was kept; so does signing out.
    bashir.go("/c/cremona/")
    keeps(bashir.page, snapshots=1)
    context.route("https://www.meteoam.it/**", lambda route: route.fulfill(body="<title>Meteo</title>"))
    bashir.page.locator("footer [data-exit]").click()
    bashir.page.wait_for_url("https://www.meteoam.it/**")
    lose_signal(bashir)
    bashir.page.goto(f"{bashir.address}/c/cremona/board")
    bashir.reads(NOTHING)
    find_signal(bashir)
    bashir.go("/c/cremona/")
    keeps(bashir.page, snapshots=1)
    bashir.press("Sign out", within=bashir.page.locator("footer"))
    keeps(bashir.page, owner=0, snapshots=0, queue=0)


def test_a_new_post_waits_and_becomes_a_draft(people: Cast, phone: Callable[[Member], Traveller]) -> None:
    anna = phone(people.anna).go("/c/cremona/posts/new?kind=offer")
    lose_signal(anna)
    anna.fill("In a few words", "Lezioni di piano").pick("What is it about?", "Riparazioni")
    anna.page.locator("form[data-queue] button.btn-primary").first.click()
    keeps(anna.page, queue=1)
    find_signal(anna)
    anna.reads("What you wrote has been sent.")
    keeps(anna.page, queue=0)
    anna.page.get_by_role("link", name=anna.way.words("Look"), exact=True).click()
    anna.heading("When and where")
    anna.go("/c/cremona/posts/mine").sees("Lezioni di piano")


def test_it_is_answered_from_what_was_taken_along(
    people: Cast, phone: Callable[[Member], Traveller], history: Agreements
) -> None:
    said = history.delivered(people.anna, people.bashir, minutes=60)
    asked = history.proposed(people.bashir, people.anna)
    bashir = phone(people.bashir)
    lose_signal(bashir)
    bashir.page.goto(f"{bashir.address}/c/cremona/board")
    bashir.heading("Without a connection")
    for deeds in bashir.page.locator("[data-deeds] summary").all():
        deeds.click()
    bashir.page.locator(f'form[action$="/{said}/confirm"] button').click()
    bashir.page.locator(f'form[action$="/{asked}/decline"] textarea').fill("Siamo via.")
    bashir.page.locator(f'form[action$="/{asked}/decline"] button').click()
    keeps(bashir.page, queue=2)
    expect(bashir.page.locator(f'form[action$="/{asked}/accept"]')).to_be_hidden()
    bashir.checked()
    # The page is gone before the signal is back: it is sent all the same, once.
    other = bashir.page.context.new_page()
    bashir.page.close()
    bashir.page.context.set_offline(False)
    other.goto(f"{bashir.address}/c/cremona/")
    keeps(other, queue=0)
    assert (history.state(said), history.state(asked)) == ("settled", "declined")
    assert history.balance(people.anna) == 60


def test_without_room_words_stay_in_their_form(
    people: Cast, phone: Callable[[Member], Traveller], history: Agreements
) -> None:
    agreed = history.accepted(people.anna, people.bashir)
    bashir = phone(people.bashir).go(at(agreed))
    lose_signal(bashir)
    bashir.page.evaluate(
        "() => { IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    field = bashir.page.locator("#thread textarea")
    field.fill("Arrivo alle nove.")
    bashir.page.locator("#thread form[data-queue] button").click()
    expect(bashir.page.locator("#phone-bar")).to_contain_text(
        bashir.way.words(
            "There is no room left on this phone, so it cannot wait here. What you wrote is still in its form:"
            " send it when the connection is back."
        )
    )
    expect(field).to_have_value("Arrivo alle nove.")
    find_signal(bashir)


ENDED = """
  const get = IDBObjectStore.prototype.get;
  IDBObjectStore.prototype.get = function (...words) {
    const asked = get.apply(this, words);
    this.transaction.abort();
    globalThis.ended = true;
    return asked;
  };
"""


def test_reads_that_the_browser_ends_are_no_fault(people: Cast, travellers: Callable[..., Traveller]) -> None:
    anna = travellers(people.anna, service_workers="allow")
    anna.page.add_init_script(ENDED)  # as when everything is cleared while a page still reads
    anna.go("/c/cremona/board")
    anna.page.wait_for_function("() => globalThis.ended")
    anna.heading("Board").checked()
