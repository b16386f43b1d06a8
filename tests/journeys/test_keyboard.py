"""With the keyboard alone: every stop is seen, nothing hides it, and the main job can be done."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.civic_centers.enrolling.stage import EnrolStage
from tests.exchanges.posts.stage import Stage as Posts
from tests.journeys.traveller import PASSWORD, Traveller
from tests.journeys.way import walked_only

pytestmark = [
    pytest.mark.journey,
    walked_only(("phone", True, "it"), ("desktop", True, "en")),
]
MOST_STOPS = 90

# The name of what has the focus, and what is wrong with how it shows.
STOP = """() => {
    const one = document.activeElement;
    const frame = one.closest('label') || one;
    const words = one.getAttribute('aria-label') || (one.labels && one.labels[0] || one).innerText || '';
    const name = words.trim().replace(/\\s+/g, ' ');
    if (one === document.body || one.id === 'content') return {name: '', fault: ''};
    // Inside a field for a day or an hour the browser itself marks the part.
    const ringed = /date|time/.test(one.type) || [one, frame].some((each) => {
        const style = getComputedStyle(each);
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    });
    const box = frame.getBoundingClientRect();
    const inside = (x, y) => {
        const top = document.elementFromPoint(x, y);
        return top && (frame.contains(top) || top.contains(frame));
    };
    const [left, right, top, bottom] = [box.left + 2, box.right - 2, box.top + 2, box.bottom - 2];
    const points = [[left, top], [right, bottom], [(left + right) / 2, (top + bottom) / 2]];
    const seen = box.height > innerHeight || points.some(([x, y]) => inside(x, y));
    return {name, fault: !ringed ? 'no focus to be seen' : !seen ? 'hidden behind something' : ''};
}"""


def tab_to(traveller: Traveller, words: str, *, back: bool = False) -> Traveller:
    """Press Tab until what has the focus begins with these words; every stop on the way is looked at."""
    stops = []
    for _stop in range(MOST_STOPS):
        traveller.page.keyboard.press("Shift+Tab" if back else "Tab")
        stop = traveller.page.evaluate(STOP)
        stops.append(stop["name"])
        assert not stop["fault"], f"{traveller.page.url}: {stop['fault']}: {stop['name']!r}"
        if stop["name"].startswith(words):
            return traveller
    raise AssertionError(f"{traveller.page.url}: no Tab leads to {words!r}, only to {json.dumps(stops, indent=1)}")


def strike(traveller: Traveller, key: str = "Enter") -> Traveller:
    """Press a key that leads to another page."""
    with traveller.page.expect_navigation():
        traveller.page.keyboard.press(key)
    return traveller.checked()


def sign_in(traveller: Traveller, email: str) -> Traveller:
    traveller.go("/sign-in")
    tab_to(traveller, "E-mail").page.keyboard.type(email)
    tab_to(traveller, traveller.way.words("Password")).page.keyboard.type(PASSWORD)
    return strike(traveller)


def test_the_skip_link_leads_to_the_content(people: Cast, travellers: Callable[..., Traveller]) -> None:
    visitor = travellers().go("/c/cremona/")
    tab_to(visitor, visitor.way.words("Skip to the content")).page.keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_be_focused()
    tab_to(visitor, visitor.way.words("Join the community"))


def test_posting_and_answering(people: Cast, travellers: Callable[..., Traveller]) -> None:
    anna = sign_in(travellers(chosen=True), "anna@example.org")
    say = anna.way.words
    strike(tab_to(anna, say("I ask for a hand")))
    tab_to(anna, say("In a few words")).page.keyboard.type("Una lampada da cambiare")
    tab_to(anna, say("What is it about?")).page.keyboard.press("ArrowDown")
    strike(tab_to(anna, say("Next: when and where")))
    # One Tab enters a group of choices, the arrows move within it.
    tab_to(anna, say("On a day, or on a few")).page.keyboard.press("ArrowUp")
    expect(anna.page.get_by_label(say("Whenever it suits"))).to_be_checked()
    tab_to(anna, say("At my place")).page.keyboard.press("Space")
    strike(tab_to(anna, say("Next: how")), "Space")
    tab_to(anna, "15 min").page.keyboard.press("ArrowDown")
    strike(tab_to(anna, say("Next: reread")))
    strike(tab_to(anna, say("Publish"))).reads("It is yours")

    bashir = sign_in(travellers(chosen=True), "bashir@example.org")
    strike(tab_to(bashir, say("Board")))
    strike(tab_to(bashir, "Una lampada da cambiare"))
    strike(tab_to(bashir, say("I can help")))
    strike(tab_to(bashir, say("I can help")), "Space").reads("Nobody is committed until the answer is yes.")


def test_the_focus_goes_where_something_is_to_be_put_right(people: Cast, travellers: Callable[..., Traveller]) -> None:
    anna = travellers(people.anna).follow("I ask for a hand").press("Next: when and where")
    expect(anna.page.locator("[data-focus]")).to_be_focused()
    tab_to(anna, anna.way.words("In a few words")).page.keyboard.press("Enter")
    expect(anna.page.get_by_label(anna.way.words("In a few words"))).to_be_in_viewport()


def test_no_page_hides_a_stop(
    people: Cast, travellers: Callable[..., Traveller], board: Posts, center: EnrolStage
) -> None:
    for number in range(4):
        board.open_post(people.anna, title=f"Chi mi aiuta, volta {number}?")
    bashir = travellers(people.bashir)
    kept = f"centers/{center.slug}"
    meeting = ("calendar/", "calendar/?view=month", kept, f"{kept}/activities/new", f"{kept}/volunteering/new")
    for path in ("", "board", "me", "members/", "time/", *meeting):
        bashir.go(f"/c/cremona/{path}")
        tab_to(bashir, bashir.way.words("Sign out"))
