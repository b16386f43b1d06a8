"""A visit on a phone is light: the first under 100 KB over the wire, in at most 12 requests, later ones under 25 KB."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import Cast
from tests.exchanges.posts.stage import Stage as Posts
from tests.journeys.traveller import Traveller
from tests.journeys.way import walked_only

pytestmark = [
    pytest.mark.journey,
    walked_only(("phone", True, "it")),
]
HEAVIEST = 100 * 1024
MOST_REQUESTS = 12
HEAVIEST_AGAIN = 25 * 1024


class Wire:
    """What passes over the wire while a page is opened: with nothing kept from before, or with what was `cached`."""

    def __init__(self, traveller: Traveller, *, cached: bool = False) -> None:
        self.asked: dict[str, str] = {}
        self.received = 0
        self.session = traveller.page.context.new_cdp_session(traveller.page)
        self.session.send("Network.enable")
        self.session.send("Network.setCacheDisabled", {"cacheDisabled": not cached})
        self.session.on("Network.requestWillBeSent", self._sent)
        self.session.on("Network.loadingFinished", self._finished)

    def _sent(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self.asked[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.asked:
            self.received += int(event["encodedDataLength"])


@pytest.mark.parametrize("path", ["/", "/c/cremona/", "/c/cremona/board", "/c/cremona/posts/1"])
def test_a_first_visit_is_light(people: Cast, travellers: Callable[..., Traveller], board: Posts, path: str) -> None:
    for number in range(25):
        kind = ("offer", "need")[number % 2]
        board.open_post(
            people.anna, kind, title=f"Annuncio {number}", description="Due righe. " * 9, visibility="public"
        )
    visitor = travellers()
    wire = Wire(visitor)
    visitor.page.goto(visitor.address + path, wait_until="networkidle")
    said = f"{path}: {wire.received} bytes, {len(wire.asked)} requests: {sorted(wire.asked.values())}"
    assert len(wire.asked) > 1
    assert 0 < wire.received < HEAVIEST, said
    assert len(wire.asked) <= MOST_REQUESTS, said


@pytest.mark.parametrize("path", ["/c/cremona/board", "/c/cremona/posts/1"])
def test_a_second_visit_is_lighter_still(
    people: Cast, travellers: Callable[..., Traveller], board: Posts, path: str
) -> None:
    for number in range(25):
        board.open_post(people.anna, "offer", title=f"Annuncio {number}", description="Due righe. " * 9)
    anna = travellers(people.anna)
    anna.page.goto(anna.address + "/c/cremona/board", wait_until="networkidle")
    wire = Wire(anna, cached=True)
    anna.page.goto(anna.address + path, wait_until="networkidle")
    said = f"{path}: {wire.received} bytes, {sorted(wire.asked.values())}"
    assert 0 < wire.received < HEAVIEST_AGAIN, said


def test_nothing_but_the_stylesheet_is_waited_for(
    people: Cast, travellers: Callable[..., Traveller], board: Posts
) -> None:
    board.open_post(people.anna, "offer", title="Orli e bottoni", visibility="public")
    visitor = travellers()
    visitor.page.goto(visitor.address + "/c/cremona/board", wait_until="networkidle")
    blocking = visitor.page.evaluate(
        "() => performance.getEntriesByType('resource').filter((one) => one.renderBlockingStatus === 'blocking')"
        ".map((one) => new URL(one.name).pathname)"
    )
    assert blocking == ["/static/dist/css/reciproca.css"]
