"""The main pages in two languages nobody speaks: from right to left, and with long words in brackets.

What is cut, what makes a page scroll sideways and what stands on the wrong side is found in them before anybody who
reads such a language finds it; and so is every word that never went through the catalogue.
"""

from collections.abc import Callable, Iterator

import pytest
from babel.dates import get_day_names, get_month_names
from playwright.sync_api import BrowserContext, Page

from community.members.forms import TONGUES
from tests.cast import Cast
from tests.exchanges.agreements.stage import Stage as Agreements
from tests.exchanges.posts.stage import Stage as Posts
from tests.journeys.checks import WIDER, cut_words
from tests.journeys.test_any_screen import scene
from tests.journeys.traveller import Traveller
from tests.journeys.way import walked_only

pytestmark = [pytest.mark.journey, walked_only(("phone", True, "it"))]

SCREENS = ({"width": 320, "height": 640}, {"width": 360, "height": 740}, {"width": 1280, "height": 900})
WRITTEN = (
    *("Anna", "Bashir", "Prova", "Cremona", "Accompagno", "Orli", "macchina", "Reciproca", "example.org"),
    *("Repairs", "Lifts", "Child care", "Elders", "Shopping together", "Housing", "Centro", "Vescovato"),
    *get_month_names("wide", locale="en").values(),
    *get_day_names("wide", locale="en").values(),
    *(str(name) for name in TONGUES.values()),
)
"""What somebody in the scene wrote, names, and words that Babel says: nobody's to translate here."""
MORE = ("me", "messages", "scan", "me/profile", "series")
OUTSIDE = ("/sign-in", "/c/cremona/join")

# Words of the page itself that came without brackets: no name, number, or text that somebody wrote. What people wrote
# is known by its letters: in the scene everything they wrote has words that `WRITTEN` names.
BARE = """(written) => {
    const bare = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const within = (one) => one.closest('[lang]:not(html), bdi, script, noscript, style, svg, .r-foot strong');
    while (walker.nextNode()) {
        const words = walker.currentNode.data.trim();
        const parent = walker.currentNode.parentElement;
        if (!/[A-Za-z]{3}/.test(words) || /[\\[\\]]/.test(words) || within(parent)) continue;
        if (written.some((one) => words.includes(one))) continue;
        bare.push(words.slice(0, 80) + ' in ' + parent.outerHTML.slice(0, 120));
    }
    for (const one of document.querySelectorAll('[aria-label], [placeholder], [title], img[alt]')) {
        for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
            const words = (one.getAttribute(name) || '').trim();
            if (!/[A-Za-z]{3}/.test(words) || /[\\[\\]]/.test(words)) continue;
            if (written.some((it) => words.includes(it))) continue;
            bare.push(words.slice(0, 80) + ' in ' + name);
        }
    }
    return bare;
}"""

# Where things stand on a page from right to left.
SIDES = """() => {
    const middle = innerWidth / 2;
    const wrong = [];
    const centre = (one) => { const box = one.getBoundingClientRect(); return box.left + box.width / 2; };
    const back = document.querySelector('.r-back');
    if (back && centre(back) < middle) wrong.push('the way back stands at the end');
    const icon = document.querySelector('.r-back .r-flip');
    if (icon && !getComputedStyle(icon).transform.startsWith('matrix(-1')) wrong.push('the arrow back points forward');
    const items = [...document.querySelectorAll('.r-bar li')].map(centre);
    if (items.some((one, at) => at && one > items[at - 1])) wrong.push('the bar runs from left to right');
    const tools = document.querySelector('.r-top__tools');
    if (tools && innerWidth > 500 && centre(tools) > middle) wrong.push('the tools stand at the beginning');
    for (const badge of document.querySelectorAll('.r-tool .r-count')) {
        if (centre(badge) > centre(badge.closest('.r-tool'))) wrong.push('a count stands on the side of the beginning');
    }
    const title = document.querySelector('h1');
    if (title && getComputedStyle(title).textAlign === 'left') wrong.push('the title stands at the end');
    return wrong;
}"""


def walk(traveller: Traveller, language: str, paths: list[str]) -> Iterator[tuple[Page, str]]:
    """Every page on every screen, in a language."""
    context: BrowserContext = traveller.page.context
    context.add_cookies([{"name": "language", "value": language, "url": traveller.address}])
    for path in paths:
        for size in SCREENS:
            traveller.page.set_viewport_size(size)
            if size == SCREENS[0]:
                traveller.page.goto(f"{traveller.address}{path}")
            yield traveller.page, f"{path} at {size['width']} px"


def places(people: Cast, board: Posts, history: Agreements) -> list[str]:
    return [f"/c/cremona/{path}" for path in (*scene(people, board, history), *MORE)]


def test_from_right_to_left(
    people: Cast, travellers: Callable[..., Traveller], board: Posts, history: Agreements
) -> None:
    anna = travellers(people.anna)
    faults = []
    for page, where in walk(anna, "ar_001", places(people, board, history)):
        found = [*page.evaluate(WIDER), *cut_words(page), *page.evaluate(SIDES)]
        if page.evaluate("document.documentElement.dir") != "rtl":
            found.append("it does not run from right to left")
        faults += [f"{where}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def test_long_words_and_none_that_cannot_be_translated(
    people: Cast, travellers: Callable[..., Traveller], board: Posts, history: Agreements
) -> None:
    anna = travellers(people.anna)
    faults = []
    for page, where in walk(anna, "en_150", places(people, board, history)):
        found = [*page.evaluate(WIDER), *cut_words(page)]
        if where.endswith("at 320 px"):
            found += [f"never translated: {words}" for words in page.evaluate(BARE, list(WRITTEN))]
        faults += [f"{where}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def test_a_visitor_with_long_words(people: Cast, travellers: Callable[..., Traveller]) -> None:
    visitor = travellers()
    faults = []
    for page, where in walk(visitor, "en_150", ["/c/cremona/", *OUTSIDE]):
        faults += [f"{where}: {fault}" for fault in (*page.evaluate(WIDER), *cut_words(page))]
    assert not faults, "\n".join(faults)
