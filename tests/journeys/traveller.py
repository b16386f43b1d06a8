"""Somebody with a browser open, who finds things by the words on them."""

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.cast import Member
from tests.journeys.checks import check_page
from tests.journeys.way import Way

PASSWORD = "una frase che ricordo"

# No part of the page is still on its way, or moving into its place.
AT_REST = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')"


@dataclass
class Traveller:
    """Opens pages, presses buttons and fills fields; every page that comes is checked."""

    page: Page
    way: Way
    address: str
    faults: list[str] = field(default_factory=list)
    has_signal: bool = True

    # ------------------------------------------------------------ going about

    def go(self, path: str) -> "Traveller":
        """Open an address of the product."""
        self.page.goto(self.address + path)
        return self.checked()

    def press(self, english: str, *, within: Locator | None = None, **params: object) -> "Traveller":
        """Press the button that says so, and look at the page that comes."""
        self._leave_by(self.button(english, within=within, **params))
        return self.checked()

    def press_here(self, english: str, **params: object) -> "Traveller":
        """Press a button that changes a part of the page; without script the whole page comes anew."""
        if not self.way.script:
            return self.press(english, **params)
        with self.page.expect_response(lambda response: "hx-request" in response.request.headers):
            self.button(english, **params).click()
        return self.checked()

    def follow(self, english: str, *, within: Locator | None = None, **params: object) -> "Traveller":
        """Follow the link that says so, or begins with it and goes on with a number or a hint."""
        # "Me" is neither "Home" nor "Messages".
        return self._follow(_beginning(self.way.words(english, **params), r"(?![A-Za-zÀ-ÿ])"), within)

    def follow_words(self, words: str, *, within: Locator | None = None) -> "Traveller":
        """Follow the link in which these words stand, whoever wrote them."""
        return self._follow(words, within)

    def _follow(self, name: str | re.Pattern[str], within: Locator | None) -> "Traveller":
        self._leave_by((within or self.page.locator("main")).get_by_role("link", name=name).first)
        return self.checked()

    def turn_to(self, english: str) -> "Traveller":
        """Go where the main bar leads."""
        bar = self.page.get_by_role("navigation", name=self.way.words("Main"))
        return self.follow(english, within=bar)

    def back(self) -> "Traveller":
        """The browser's back button."""
        self.page.go_back()
        return self.checked()

    def open(self, english: str) -> "Traveller":
        """Unfold what is folded away under these words."""
        self.page.locator("summary").filter(has_text=self.way.words(english)).first.click()
        return self

    def sign_in(self, member: Member) -> "Traveller":
        """Sign in with the password."""
        self.go("/sign-in").fill("E-mail", str(member.person.email)).fill("Password", PASSWORD)
        return self.press("Sign in", within=self.page.locator("main"))

    # ------------------------------------------------------------ finding and filling

    def button(self, english: str, *, within: Locator | None = None, **params: object) -> Locator:
        """The button that says so."""
        name = self.way.words(english, **params)
        return (within or self.page).get_by_role("button", name=name, exact=True).first

    def card(self, words: str) -> Locator:
        """The item of a list in which these words stand."""
        return self.page.locator("main li", has_text=words).last

    def fill(self, english: str, typed: str, **params: object) -> "Traveller":
        """Write into the field of this label."""
        self._field(english, **params).fill(typed)
        return self

    def pick(self, english: str, option: str) -> "Traveller":
        """Choose from the list of this label."""
        self._field(english).select_option(label=option)
        return self

    def choose(self, english: str, *, of: str = "", **params: object) -> "Traveller":
        """Choose the radio button or the box of this label, in the group called `of`."""
        return self.choose_words(self.way.words(english, **params), of=of)

    def choose_words(self, words: str, *, of: str = "") -> "Traveller":
        """The same, whoever wrote the words."""
        inside: Any = self.page
        if of:
            inside = self._group(of)
        inside.get_by_label(_beginning(words)).first.check()
        return self

    def take(self, hours: int, minutes: int, *, of: str) -> "Traveller":
        """Say how long, in hours and minutes of one's own."""
        group = self._group(of)
        group.get_by_label(self.way.words("Another time")).check()
        group.get_by_label(self.way.words("Hours"), exact=True).fill(str(hours))
        group.get_by_label(self.way.words("Minutes"), exact=True).fill(str(minutes))
        return self

    def _group(self, english: str) -> Locator:
        return self.page.get_by_role("group", name=self._label(english))

    def _label(self, english: str, **params: object) -> re.Pattern[str]:
        # A label may go on with "(optional)".
        return _beginning(self.way.words(english, **params), r"(?: \(.*\))?$")

    def _field(self, english: str, **params: object) -> Locator:
        name = self._label(english, **params)
        return self.page.get_by_label(name).and_(self.page.locator("input, select, textarea")).first

    # ------------------------------------------------------------ reading

    def sees(self, words: str) -> "Traveller":
        """These words stand on the page."""
        expect(self.page.locator("body")).to_contain_text(words)
        return self

    def sees_not(self, words: str) -> "Traveller":
        """These words do not stand on the page."""
        expect(self.page.locator("body")).not_to_contain_text(words)
        return self

    def reads(self, english: str, **params: object) -> "Traveller":
        """This sentence stands on the page, in the journey's language."""
        return self.sees(self.way.words(english, **params))

    def reads_not(self, english: str, **params: object) -> "Traveller":
        """This sentence does not stand on the page."""
        return self.sees_not(self.way.words(english, **params))

    def heading(self, english: str, **params: object) -> "Traveller":
        """The page is called so."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.way.words(english, **params))
        return self

    def heading_words(self, words: str) -> "Traveller":
        """The page is called by words that somebody wrote."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)
        return self

    def checked(self) -> "Traveller":
        """The page that came is all right."""
        self.page.wait_for_load_state()
        if self.way.script:
            self.page.wait_for_function(AT_REST)
        check_page(self.page, self.way)
        assert not self.faults, f"{self.page.url}\n" + "\n".join(self.faults)
        return self

    def _leave_by(self, way_out: Locator) -> None:
        with self.page.expect_navigation():
            way_out.click()


def _beginning(words: str, end: str = "") -> re.Pattern[str]:
    """What begins with these words; between a number and its unit the line does not break, and it is a space too."""
    return re.compile("^" + re.escape(words).replace("\\ ", r"\s") + end)
