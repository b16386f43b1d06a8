"""A real browser, on a phone and a desktop, with and without scripts, in Italian and English."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from datetime import time, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, ConsoleMessage, Response, expect, sync_playwright

from civic_centers.circles.rules import Beat
from foundation import clock
from tests.cast import Cast, Member
from tests.civic_centers.circles.stage import CircleStage
from tests.civic_centers.enrolling.stage import EnrolStage
from tests.exchanges.agreements.stage import Stage as Agreements
from tests.exchanges.posts.stage import Stage as Posts
from tests.journeys.server import Served, running
from tests.journeys.traveller import Traveller
from tests.journeys.way import SIZES, WALKED, Way
from translations import __main__ as catalogues

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

PATIENCE = 15_000  # milliseconds
OPENED = pytest.StashKey[list[Traveller]]()
SERVED = pytest.StashKey[Served]()

expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Where a journey fails, show the pages that were open and what the server said."""
    report = yield
    if report.failed:
        for traveller in item.stash.get(OPENED, []):
            if not traveller.page.is_closed():
                words = traveller.page.locator("body").inner_text()
                report.sections.append((f"open: {traveller.page.url}", words))
        if SERVED in item.config.stash:
            report.sections.append(("said by the server", item.config.stash[SERVED].log()[-6000:]))
    return report


@pytest.fixture(scope="session")
def served(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The running product, one for each worker of the test run.

    The two languages nobody speaks are written before it starts: it reads a catalogue once, whoever asks first.
    """
    assert catalogues.main("pseudo") == 0
    with running(tmp_path_factory.mktemp("served")) as found:
        pytestconfig.stash[SERVED] = found
        yield found


# What the browser and htmx say of a request that found no network.
LOST = ("net::ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Debian's Chromium."""
    names = (os.environ.get("RECIPROCA_TEST_CHROMIUM"), "chromium-headless-shell", "chromium", "chromium-browser")
    path = next(filter(None, (shutil.which(name) for name in names if name)), None)
    assert path, "no Chromium was found: run `make chromium`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=WALKED, ids=lambda way: str(Way(*way)))
def way(request: pytest.FixtureRequest) -> Way:
    """How this journey is walked."""
    return Way(*request.param)


@pytest.fixture
def people(served: Served) -> Cast:
    """The cast of the running product, with nothing done yet."""
    served.start_afresh()
    return served.cast


@pytest.fixture(scope="session")
def keys() -> dict[int, list[Any]]:
    """The cookies of those who have signed in once: start_afresh leaves them good."""
    return {}


@pytest.fixture
def travellers(
    request: pytest.FixtureRequest,
    chromium: Chromium,
    served: Served,
    people: Cast,
    way: Way,
    keys: dict[int, list[Any]],
) -> Iterator[Callable[..., Traveller]]:
    """`travellers()` opens a browser for a visitor, `travellers(people.anna)` for a member, who stands at home in it.

    The first time members sign in; after that their device knows them. Journeys about signing in do it each time.

    The people of the cast read Italian: on the device of one who is `chosen`, as on those of members, the language of
    the journey was chosen once.
    """
    contexts: list[BrowserContext] = []
    opened = request.node.stash.setdefault(OPENED, [])

    def open_browser(member: Member | None = None, *, chosen: bool = False, **options: Any) -> Traveller:
        usual = {"viewport": SIZES[way.size], "locale": way.language, "reduced_motion": "reduce"}
        # The worker stands between pages and network, where journeys put what they lose on the way; test_phone has it.
        usual["service_workers"] = "block"
        context = chromium.new_context(java_script_enabled=way.script, **{**usual, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        traveller = Traveller(context.new_page(), way, served.address)
        listen(traveller)
        opened.append(traveller)
        if member or chosen:
            context.add_cookies([{"name": "language", "value": way.language, "url": served.address}])
        return come_home(traveller, member, keys) if member else traveller

    yield open_browser
    for context in contexts:
        context.close()
    faults = [fault for traveller in opened for fault in traveller.faults]
    assert not faults, "\n".join(faults)


def come_home(traveller: Traveller, member: Member, keys: dict[int, list[Any]]) -> Traveller:
    """Open the home of a member, signing in where this is the first time."""
    context = traveller.page.context
    if member.id in keys:
        context.add_cookies(keys[member.id])
        return traveller.go("/")
    traveller.sign_in(member)
    keys[member.id] = [cookie for cookie in context.cookies() if cookie["name"] != "language"]
    return traveller


def listen(traveller: Traveller) -> None:
    """Note what goes wrong in the browser: script errors, faults of the server, pictures and scripts not found."""

    def said(message: ConsoleMessage) -> None:
        # That an answer had status 422 or 409 is meant, and said on the page.
        meant = "the server responded with a status of 4" in message.text
        # Nor is a part of the page that was renewing itself when the signal went.
        lost = any(words in message.text for words in LOST)
        unreachable = lost and not traveller.has_signal
        if message.type == "error" and not meant and not unreachable:
            traveller.faults.append(f"console: {message.text}")

    def answered(response: Response) -> None:
        asked_for = response.request.resource_type
        if response.status >= 500 or (response.status >= 400 and asked_for not in ("document", "xhr", "fetch")):
            traveller.faults.append(f"{response.status} {response.request.method} {response.url}")

    traveller.page.on("pageerror", lambda error: traveller.faults.append(f"script: {error}"))
    traveller.page.on("console", said)
    traveller.page.on("response", answered)


@pytest.fixture
def board(served: Served, people: Cast) -> Iterator[Posts]:
    """Posts put on the board of the running product by the real actions."""
    with served.database() as database:
        yield Posts(database, people)


@pytest.fixture
def history(served: Served, people: Cast) -> Iterator[Agreements]:
    """Agreements brought to a state in the running product by the real actions."""
    with served.database() as database:
        yield Agreements(database, people)


@pytest.fixture
def center(served: Served, people: Cast) -> Iterator[EnrolStage]:
    """A center that Bashir keeps, with two rooms, near Anna who looks after Ettore and Mina."""
    with served.database() as database:
        yield EnrolStage(database, people)


@pytest.fixture
def circle(served: Served, people: Cast) -> Iterator[CircleStage]:
    """A care circle of five families, every afternoon from tomorrow on; the turns are shared out."""
    with served.database() as database:
        beat = Beat((1, 2, 3, 4, 5, 6, 7), time(16, 30), 120, clock.today("Europe/Rome") + timedelta(days=1))
        stage = CircleStage(database, people, beat=beat)
        stage.rota()
        yield stage
