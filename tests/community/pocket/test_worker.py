"""What makes a browser keep things: the worker, the page without a connection, the manifest, and taking it all back."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from struct import unpack
from urllib.parse import urlsplit

import pytest
from flask import Flask

from app import ROOT
from tests.cast import Cast
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite


def told_to(browser: Browser) -> dict[str, object]:
    """What the server writes before the worker's own script."""
    script = browser.look("/worker.js").response.get_data(as_text=True)
    found = re.match(r"self\.reciproca=(\{.*\});\n", script)
    assert found is not None
    return dict(json.loads(found[1]))


def read(browser: Browser, address: str, **headers: str) -> bytes:
    """What stands at an address that must be there."""
    with browser.client.get(address, headers=headers) as answer:
        assert answer.status_code == 200, address
        return bytes(answer.get_data())


def turn_off(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    here = app.extensions["reciproca"]
    monkeypatch.setattr(here, "settings", replace(here.settings, worker="off"))


def test_it_is_served_for_the_whole_site_and_asked_for_anew(visitor: Browser) -> None:
    answer = visitor.look("/worker.js").response
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    for encoding in ("br", "identity"):
        known = visitor.client.get("/worker.js", headers={"Accept-Encoding": encoding}).headers["ETag"]
        headers = {"Accept-Encoding": encoding, "If-None-Match": known}
        again = visitor.client.get("/worker.js", headers=headers)
        assert (again.status_code, again.get_data()) == (304, b""), encoding


def test_everything_it_keeps_is_there_and_the_same_for_everybody(
    cast: Cast, visitor: Browser, client_for: Callable[..., Browser]
) -> None:
    anna = client_for(cast.anna)
    kept = told_to(visitor)["kept"]
    assert kept == told_to(anna)["kept"]
    assert isinstance(kept, list)
    for one in kept:
        found = [read(browser, one["url"]) for browser in (visitor, anna)]
        assert found[0] == found[1], one


def test_the_page_without_a_connection_needs_nothing_else(visitor: Browser) -> None:
    told = told_to(visitor)
    kept = {one["url"] for one in told["kept"]}  # type: ignore[attr-defined]  # read from JSON
    for address in told["pages"].values():  # type: ignore[attr-defined]  # read from JSON
        page = visitor.look(address)
        wanted = [tag.get("src") or tag.get("href") for tag in page.soup.select("script, link, use")]
        assert {each.partition("#")[0] for each in wanted} <= kept


def test_the_page_without_a_connection_speaks_the_languages_offered(visitor: Browser) -> None:
    assert visitor.look("/without-connection/it").says("Senza connessione")
    assert visitor.look("/without-connection/en").says("Without a connection")
    visitor.look("/without-connection/xx", status=404)


def test_turned_off_it_takes_itself_away_and_pages_ask_for_it_no_more(
    app: Flask, cast: Cast, client_for: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = client_for(cast.anna)
    turn_off(app, monkeypatch)
    script = anna.look("/worker.js").response.get_data(as_text=True)
    assert "unregister" in script
    assert "reciproca=" not in script
    assert anna.look("/c/cremona/").soup.select_one("#this-phone")["data-worker"] == ""


def test_it_can_be_installed(cast: Cast, visitor: Browser) -> None:
    answer = visitor.look("/manifest.webmanifest?of=cremona&language=en").response
    assert answer.mimetype == "application/manifest+json"
    told = json.loads(answer.get_data())
    assert (told["id"], told["scope"], told["start_url"], told["display"]) == ("/", "/", "/", "standalone")
    assert {(icon["sizes"], icon["purpose"]) for icon in told["icons"]} >= {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    }  # fmt: skip
    for icon in told["icons"]:
        assert read(visitor, icon["src"]).startswith(b"\x89PNG")
    assert [each["url"] for each in told["shortcuts"]] == [
        "/c/cremona/messages", "/c/cremona/board", "/c/cremona/me/card",
    ]  # fmt: skip


def test_it_is_named_in_the_language_of_the_page(cast: Cast, visitor: Browser) -> None:
    page = visitor.look("/c/cremona/")
    address = page.soup.select_one('link[rel="manifest"]')["href"]
    shortcuts = json.loads(visitor.look(str(address)).response.get_data())["shortcuts"]
    assert shortcuts[0]["name"] == "Messaggi"
    visitor.look("/manifest.webmanifest?of=nowhere&language=xx")


def test_icons_are_as_large_as_they_say_and_light(visitor: Browser) -> None:
    files = sorted((ROOT / "static/img").glob("icon-*.png"))
    assert len(files) == 4
    for file in files:
        width, height = unpack(">II", file.read_bytes()[16:24])
        assert file.stem.endswith(f"-{width}")
        assert width == height
        assert file.stat().st_size < 8 * 1024


def test_what_is_packed_goes_out_packed(visitor: Browser) -> None:
    found = visitor.look("/sign-in").soup.select_one('link[rel="stylesheet"]')
    address = str(found["href"])
    with visitor.client.get(address, headers={"Accept-Encoding": "gzip, br"}) as packed:
        assert packed.headers["Content-Encoding"] == "br"
        assert "immutable" in packed.headers["Cache-Control"]
        assert packed.headers["Vary"] == "Accept-Encoding", "what varies by cookie is fetched anew after every deed"
        assert packed.get_data() == (ROOT / urlsplit(address).path[1:]).with_suffix(".css.br").read_bytes()
        assert len(packed.get_data()) < 26 * 1024
        known = packed.headers["ETag"]
    assert len(read(visitor, address)) > 100 * 1024
    with visitor.client.get(address, headers={"Accept-Encoding": "br", "If-None-Match": known}) as again:
        assert again.status_code == 304
