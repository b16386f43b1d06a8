"""A code read by the camera or typed: only ours is opened, and first it is said where it leads."""

from collections.abc import Callable

import pytest

from community.scanning.pages import readable_codes
from tests.cast import Cast
from tests.client import Browser, Page, on_sqlite

pytestmark = on_sqlite
ClientFor = Callable[..., Browser]
SCAN = "/c/cremona/scan"


@pytest.fixture
def visitor_en(app, cast: Cast) -> Browser:
    return Browser(app, language="en")


def look(browser: Browser, text: str, status: int = 200) -> Page:
    return browser.submit(browser.look(SCAN), "Look", code=text, status=status)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/c/cremona/cheque/7KQ2M9XD04TB", "A time cheque"),
        ("/c/cremona/card/7KQ2M9XD04TB", "A card"),
        ("/c/cremona/invited/abc", "An invitation"),
        ("/c/cremona/offline/own-account?code=7KQ2", "A sheet for an account of one’s own"),
        ("/c/cremona/posts/7", "A post on the board"),
    ],
)
def test_says_where_it_leads(visitor_en: Browser, path: str, words: str) -> None:
    page = look(visitor_en, f"http://localhost{path}")
    assert page.title.startswith(words)
    assert page.says(f"http://localhost{path}")
    assert page.link("Go on") == path


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/c/cremona/cheque/7KQ2M9XD04TB",
        "http://localhost.example.com/c/cremona/posts/7",
        "http://localhost@example.com/c/cremona/posts/7",
        "http://localhost//example.com",
        "http://localhost/c/cremona/running",
        "http://localhost/nothing/here",
        "javascript:alert(1)",
        "http://[localhost/c/cremona/posts/7",
        "WIFI:S:casa;T:WPA;P:segreto;;",
        "..",
    ],
)
def test_what_is_not_ours_is_not_opened(visitor_en: Browser, text: str) -> None:
    page = look(visitor_en, text, status=422)
    assert any("none of our codes" in error for error in page.errors())
    assert page.soup.find("input", attrs={"name": "code"})["value"] == text


def test_a_typed_code_asks_what_it_is(visitor_en: Browser, client_for: ClientFor, cast: Cast) -> None:
    page = look(visitor_en, "7KQ2-M9XD-04TB")
    assert page.says("What is it the code of?")
    assert page.link("A sheet for an account of one’s own").endswith("own-account?code=7KQ2-M9XD-04TB")
    assert not page.says("A time cheque")
    anna = client_for(cast.anna, language="en")
    asked = look(anna, "7KQ2-M9XD-04TB")
    assert not asked.says("A card")
    answer = anna.submit(asked, "A time cheque", status=422)
    assert answer.says("Redeem a cheque")
    maker = look(client_for(cast.maker, language="en"), "7KQ2-M9XD-04TB")
    assert maker.says("A card")


def test_the_camera_may_be_asked_for_here_only(visitor_en: Browser) -> None:
    here = visitor_en.look(SCAN).response.headers["Permissions-Policy"]
    assert here == "camera=(self), geolocation=(), microphone=(), payment=()"
    elsewhere = visitor_en.look("/c/cremona/").response.headers["Permissions-Policy"]
    assert elsewhere == "camera=(), geolocation=(), microphone=(), payment=()"
    page = visitor_en.look(SCAN)
    assert page.soup.find("script", src=lambda src: src and "js/scan.js" in src)
    assert page.soup.find(attrs={"data-scan": True}).has_attr("hidden"), "without script nothing of it shows"
    assert "js/scan.js" not in visitor_en.look("/c/cremona/").html


def test_wherever_a_code_is_typed_the_camera_is_near(client_for: ClientFor, cast: Cast) -> None:
    anna, maker = client_for(cast.anna, language="en"), client_for(cast.maker, language="en")
    assert anna.look("/c/cremona/me").link("Scan a code") == SCAN
    assert anna.look("/c/cremona/time-cheques/redeem").link("Use the camera") == SCAN
    assert maker.look("/c/cremona/card").link("Use the camera") == SCAN


def test_every_kind_leads_to_a_page_that_is_there(app) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    kinds = readable_codes()
    assert len(kinds) >= 10
    assert not [kind for kind in kinds if {kind.endpoint, kind.typed or kind.endpoint} - endpoints]
