"""A real browser, on a phone and a desktop, with and without scripts, in Italian and English."""

import gettext
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from app import ROOT
from tests.cast import Cast, Member
from tests.journeys.server import PASSWORD, running

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = ROOT / "node_modules/axe-core/axe.min.js"
SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}

# Each pair of (size, script, language) occurs at least once in four; `make test-all` walks all eight.
PAIRWISE = [("phone", True, "it"), ("desktop", True, "en"), ("phone", False, "en"), ("desktop", False, "it")]
EVERY = [(size, script, language) for size in SIZES for script in (True, False) for language in ("it", "en")]
WALKED = EVERY if os.environ.get("RECIPROCA_TEST_ALL") else PAIRWISE

expect.set_options(timeout=10_000)


@dataclass
class Way:
    """How a journey is walked."""

    size: str
    script: bool
    language: str

    def words(self, english: str, **params: object) -> str:
        """A sentence of the interface in the journey's language."""
        if self.language == "en":
            return english % params if params else english
        catalogue = gettext.translation("messages", ROOT / "translations", [self.language])
        found = catalogue.gettext(english)
        return found % params if params else found


@dataclass
class Traveller:
    """Somebody with a browser open."""

    page: Page
    way: Way
    address: str

    def go(self, path: str) -> "Traveller":
        """Open an address of the product and check the page."""
        self.page.goto(self.address + path)
        return self.checked()

    def press(self, english: str, **params: object) -> "Traveller":
        """Press the button that says so, and check what comes."""
        self.page.get_by_role("button", name=self.way.words(english, **params)).first.click()
        return self.checked()

    def follow(self, english: str, **params: object) -> "Traveller":
        """Follow the link that says so, and check what comes."""
        self.page.get_by_role("link", name=self.way.words(english, **params)).first.click()
        return self.checked()

    def fill(self, english: str, typed: str) -> "Traveller":
        """Write into the field of this label."""
        self.page.get_by_label(self.way.words(english)).first.fill(typed)
        return self

    def choose(self, english: str) -> "Traveller":
        """Choose the radio button or box of this label."""
        self.page.get_by_label(self.way.words(english)).first.check()
        return self

    def sees(self, words: str) -> "Traveller":
        """These words stand on the page."""
        expect(self.page.locator("body")).to_contain_text(words)
        return self

    def reads(self, english: str, **params: object) -> "Traveller":
        """This sentence stands on the page, in the journey's language."""
        return self.sees(self.way.words(english, **params))

    def sign_in(self, member: Member) -> "Traveller":
        """Sign in with the password."""
        self.go("/sign-in")
        self.page.locator("input[name=email]").fill(str(member.person.email))
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("form:has(input[name=password]) button[type=submit]").first.click()
        return self.checked()

    def checked(self) -> "Traveller":
        """Nothing on the page keeps anybody out: no axe finding, no sideways scrolling, no script error."""
        self.page.wait_for_load_state()
        if self.way.script:
            findings = self.page.evaluate(_axe() + "; axe.run(document, {resultTypes: ['violations']})")
            worst = [
                f"{found['id']}: {node['target']} {node.get('failureSummary', '')}"
                for found in findings["violations"]
                for node in found["nodes"]
            ]
            assert not worst, f"{self.page.url}\n" + "\n".join(worst)
            wide = self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            assert not wide, f"{self.page.url} scrolls sideways"
        return self


def _axe() -> str:
    assert AXE.is_file(), "axe-core is missing: run `make setup-dev`"
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Cast]]:
    """The running product and its people, one for each worker of the test run."""
    with running(tmp_path_factory.mktemp("served")) as found:
        yield found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Debian's Chromium."""
    path = os.environ.get("RECIPROCA_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "no Chromium was found: run `make chromium`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=WALKED, ids=lambda way: "-".join([way[0], "script" if way[1] else "plain", way[2]]))
def way(request: pytest.FixtureRequest) -> Way:
    """How this journey is walked."""
    return Way(*request.param)


@pytest.fixture
def travellers(chromium: Chromium, served: tuple[str, Cast], way: Way) -> Iterator[Callable[..., Traveller]]:
    """`travellers()` opens a browser for a visitor, `travellers(cast.anna)` for somebody who signs in."""
    contexts: list[BrowserContext] = []

    def open_browser(member: Member | None = None) -> Traveller:
        context = chromium.new_context(
            viewport=SIZES[way.size], java_script_enabled=way.script, locale=way.language, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        context.reciproca_errors = errors  # type: ignore[attr-defined]
        traveller = Traveller(page, way, served[0])
        return traveller.sign_in(member) if member else traveller

    yield open_browser
    errors = [error for context in contexts for error in context.reciproca_errors]  # type: ignore[attr-defined]
    for context in contexts:
        context.close()
    assert not [error for error in errors if "status of 4" not in error], errors


@pytest.fixture
def people(served: tuple[str, Cast]) -> Cast:
    """The cast of the running product."""
    return served[1]
