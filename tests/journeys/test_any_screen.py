"""The main pages on the narrowest screen, with large letters, in the dark, and from right to left."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from foundation import clock
from tests.cast import Cast
from tests.civic_centers.enrolling.stage import EnrolStage
from tests.exchanges.agreements.stage import Stage as Agreements
from tests.exchanges.posts.stage import Stage as Posts
from tests.journeys.checks import cut_words
from tests.journeys.traveller import Traveller
from tests.journeys.way import walked_only

pytestmark = [
    pytest.mark.journey,
    walked_only(("phone", True, "it"), ("phone", True, "en")),
]
NARROW = {"width": 320, "height": 640}


def scene(people: Cast, board: Posts, history: Agreements) -> list[str]:
    """A home with something on it, the board, a post, writing one, an agreement, the statement."""
    post_id = board.open_post(
        people.bashir,
        "offer",
        title="Accompagno in ospedale o in stazione, anche all’alba",
        description="Ho la macchina libera il martedì e il giovedì. " * 6,
        visibility="public",
        urgent=False,
    )
    history.settled(people.anna, people.bashir, minutes=90)
    waiting = history.delivered(people.bashir, people.anna, minutes=60)
    return ["", "board", f"posts/{post_id}", "posts/new?kind=need", f"agreements/{waiting}", "time/"]


def meeting_places(center: EnrolStage) -> list[str]:
    """A center, the calendar in its three shapes, a full date with people waiting, enrolling, one's places, shifts."""
    tomorrow = clock.now() + timedelta(days=1)
    date = center.date(places=2, starts_at=tomorrow, min_age=6, max_age=10, price_cents=250, left_alone=True)
    center.enrol(center.cast.anna, date, *center.kids())
    here = f"activities/{center.one(date).activity_id}"
    calendar = ["calendar/", "calendar/?view=week", "calendar/?view=month"]
    places = ["centers/", f"centers/{center.slug}", *calendar, here, f"{here}/sessions/{date}"]
    return [*places, f"sessions/{date}/enrol", "enrolments", "volunteering", f"centers/{center.slug}/volunteering"]


def look_at(traveller: Traveller, path: str) -> None:
    traveller.go(f"/c/cremona/{path}")
    cut = cut_words(traveller.page)
    assert not cut, "\n".join([traveller.page.url, *cut])


def test_large_letters_in_the_dark(
    people: Cast, travellers: Callable[..., Traveller], board: Posts, history: Agreements, center: EnrolStage
) -> None:
    anna = travellers(people.anna, viewport=NARROW, color_scheme="dark")
    letters = anna.page.context.new_cdp_session(anna.page)
    letters.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    for path in [*scene(people, board, history), *meeting_places(center)]:
        look_at(anna, path)
    assert anna.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"


def test_from_right_to_left(
    people: Cast, travellers: Callable[..., Traveller], board: Posts, history: Agreements, center: EnrolStage
) -> None:
    anna = travellers(people.anna, viewport=NARROW)
    mirror = "document.addEventListener('DOMContentLoaded', () => { document.documentElement.dir = 'rtl'; })"
    anna.page.add_init_script(mirror)
    for path in [*scene(people, board, history), *meeting_places(center)]:
        look_at(anna, path)
    assert anna.page.evaluate("getComputedStyle(document.body).direction") == "rtl"


def test_a_visitor_on_the_narrowest_screen(
    people: Cast, travellers: Callable[..., Traveller], board: Posts, history: Agreements
) -> None:
    visitor = travellers(viewport=NARROW, color_scheme="dark")
    for path in (*scene(people, board, history)[:3], "join", "help/how-it-works"):
        look_at(visitor, path)
    visitor.go("/sign-in")
