"""The quick way out: first on every page about something one may be afraid to be seen reading, and in every menu."""

from collections.abc import Callable

import pytest
from bs4 import Tag

from tests.cast import Cast
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite

PAGES = (
    "help-me/", "me/deeds", "privacy/mine", "blocks/", "reports/mine", "decisions/", "me/leave", "me/move",
    "me/move/to/oglio-po", "beside-you/", "beside-you/new/need", "beside-you/new/offer",
)  # fmt: skip


def is_plain(link: Tag) -> bool:
    """A link that works without script, and tells the other site nothing."""
    return link["href"].startswith("https://") and link["rel"] == ["noreferrer", "noopener"] and link["data-home"] != ""


@pytest.mark.parametrize("address", PAGES)
def test_it_comes_first_on_pages_of_this_kind(cast: Cast, client_for: Callable[..., Browser], address: str) -> None:
    page = client_for(cast.anna, language="en").look(f"/c/cremona/{address}")
    content = page.soup.select_one("#content")
    first = content.select_one("a, button, input:not([type=hidden])")
    assert first["data-exit-kind"] == "page"
    assert is_plain(first)
    assert page.soup.select_one('script[src*="exit"]')


def test_it_is_in_the_menu_of_every_page(cast: Cast, client_for: Callable[..., Browser], visitor: Browser) -> None:
    anna = client_for(cast.anna, language="en")
    for address in ("", "board", "me"):
        page = anna.look(f"/c/cremona/{address}")
        assert is_plain(page.soup.select_one("footer a[data-exit]"))
        assert len(page.soup.select('script[src*="exit"]')) == 1
    assert anna.look("/c/cremona/me").soup.select_one("main a[data-exit]")
    assert not visitor.look("/c/cremona/").soup.select_one("[data-exit]"), "a visitor has nothing here to hide"
