"""What a telephone waits for: the weight of a visit, and the board over a slow line, in a real browser.

The line is Chromium's own throttling, 400 ms and 400 kbit/s; the server is the product as the journeys run it.
"""

import os
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.measures import Measure
from tests.cast import Cast
from tests.exchanges.posts.stage import Stage as Posts
from tests.journeys.server import Served, running
from tests.journeys.traveller import PASSWORD

BOARD, POSTS, TIMES = "/c/cremona/board", 25, 5
LATENCY, BYTES_PER_SECOND = 400, 400_000 / 8
FIRST_KB, FIRST_REQUESTS, SECOND_KB, MOST_SECONDS = 100, 12, 25, 3.0
PHONE: Any = {"viewport": {"width": 360, "height": 740}, "locale": "it", "is_mobile": True, "has_touch": True}
CARD = "#board li, .r-board li, main article"
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').map((one) => one.startTime)[0] || null"


class Line:
    """What passes over the wire of a page, and how slow it is."""

    def __init__(self, page: Page) -> None:
        self.bytes, self.requests = 0, set[str]()
        self.session = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.session.on("Network.requestWillBeSent", self._sent)
        self.session.on("Network.requestServedFromCache", lambda event: self.requests.discard(event["requestId"]))
        self.session.on("Network.loadingFinished", self._finished)

    def _sent(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self.requests.add(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def throttle(self) -> None:
        conditions = {"latency": LATENCY, "downloadThroughput": BYTES_PER_SECOND, "uploadThroughput": BYTES_PER_SECOND}
        self.session.send("Network.emulateNetworkConditions", {"offline": False, **conditions})


def measure() -> list[Measure]:
    """A visitor's first and second visit, a member's later ones, and the board over a slow line."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as served, chromium() as browser:
        _fill(served)
        return [*_weights(browser, served), *_slow_line(browser, served)]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that the journeys drive."""
    names = (os.environ.get("RECIPROCA_TEST_CHROMIUM"), "chromium-headless-shell", "chromium", "chromium-browser")
    path = next(filter(None, (shutil.which(name) for name in names if name)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def _fill(served: Served) -> None:
    with served.database() as database:
        board = Posts(database, served.cast)
        for number in range(POSTS):
            kind = ("offer", "need")[number % 2]
            words = "Due righe su che cosa serve, quando e per chi. " * 3
            board.open_post(served.cast.anna, kind, title=f"Annuncio {number}", description=words, visibility="public")


def _weights(browser: Browser, served: Served) -> list[Measure]:
    context = browser.new_context(**PHONE)
    first, second = _visit(context, served, BOARD), _visit(context, served, BOARD)
    context.close()
    # What passes through a worker is not counted by the browser: without one it is all the same bytes.
    member = browser.new_context(**PHONE, service_workers="block")
    page = member.new_page()
    _sign_in(page, served, served.cast)
    page.evaluate("() => indexedDB.deleteDatabase('reciproca')")
    later = _visit(member, served, BOARD)
    member.close()
    return [
        _weight("first visit, board", first, FIRST_KB, FIRST_REQUESTS),
        _weight("second visit, board", second, SECOND_KB),
        _weight("later visit of a member, with all that the phone takes along, board", later, SECOND_KB),
    ]


def _visit(context: BrowserContext, served: Served, path: str) -> Line:
    page = context.new_page()
    line = Line(page)
    page.goto(served.address + path, wait_until="networkidle")
    page.close()
    return line


def _weight(name: str, line: Line, most_kb: int, most_requests: int | None = None) -> Measure:
    weight, asked = line.bytes / 1024, len(line.requests)
    limit = f"under {most_kb} KB" + (f", at most {most_requests} requests" if most_requests else "")
    holds = weight < most_kb and (most_requests is None or asked <= most_requests)
    return Measure(name, f"{weight:.1f} KB, {asked} requests", limit, holds)


def _sign_in(page: Page, served: Served, cast: Cast) -> None:
    page.goto(served.address + "/sign-in")
    page.fill("input[name=email]", str(cast.anna.person.email))
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")
    page.goto(served.address + BOARD, wait_until="networkidle")


def _slow_line(browser: Browser, served: Served) -> list[Measure]:
    painted, shown = [], []
    for _time in range(TIMES):
        context = browser.new_context(**PHONE)
        page = context.new_page()
        Line(page).throttle()
        page.goto(served.address + BOARD, wait_until="commit")
        page.locator(CARD).first.wait_for(state="visible")
        page.wait_for_function(PAINTED)
        shown.append(float(page.evaluate("() => performance.now()")) / 1000)
        painted.append(float(page.evaluate(PAINTED)) / 1000)
        context.close()
    label = f"first visit over {LATENCY} ms and 400 kbit/s, median of {TIMES}"
    card, paint = statistics.median(shown), statistics.median(painted)
    figures = f"{paint:.2f} s painted, {card:.2f} s the first post to be read"
    return [Measure(f"board, {label}", figures, f"under {MOST_SECONDS:g} s", max(card, paint) < MOST_SECONDS)]
