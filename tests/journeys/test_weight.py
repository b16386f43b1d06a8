"""A first visit on a phone is light: under 100 KB over the wire, in at most 12 requests."""

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


class Wire:
    """What passes over the wire while a page is opened with nothing kept from before."""

    def __init__(self, traveller: Traveller) -> None:
        self.asked: dict[str, str] = {}
        self.received = 0
        self.session = traveller.page.context.new_cdp_session(traveller.page)
        self.session.send("Network.enable")
        self.session.send("Network.setCacheDisabled", {"cacheDisabled": True})
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
