"""A client that uses pages as people do: it follows links, submits the forms it finds, and checks every page."""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HERE = "http://localhost"

WRITTEN = ("text", "email", "password", "search", "tel", "url")
"""The types of fields that may say how long what is typed may be."""

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For tests of pages: what lies below them is tested on both databases already."""


_WORDS = re.compile(r'(?<==")[^"&<>]+|(?<=>)[^<>&]+')
"""What stands between tags and in attributes: nothing that could make a page valid or not."""
_valid: set[int] = set()
"""The pages without those words that were found valid, hashed: reading one as strictly as html5lib does takes long."""


class Page:
    """What came back, ready to be asked about."""

    def __init__(self, response: TestResponse, address: str) -> None:
        self.response = response
        self.status = response.status_code
        self.address = address
        self.html = response.get_data(as_text=True)
        self.soup = BeautifulSoup(self.html, "html.parser")

    @property
    def words(self) -> str:
        """All that a person can read on the page, in one line."""
        main = self.soup.find("body") or self.soup
        return re.sub(r"\s+", " ", main.get_text(" ").replace("\u2060", "")).strip()  # no eye sees a word joiner

    @property
    def title(self) -> str:
        return self.soup.title.get_text() if self.soup.title else ""

    def says(self, words: str) -> bool:
        """Whether these words stand on the page."""
        return words in self.words

    def link(self, words: str) -> str:
        """The address behind the first link with these words in it."""
        for found in self.soup.find_all("a", href=True):
            if words in re.sub(r"\s+", " ", found.get_text(" ")):
                return str(found["href"])
        raise AssertionError(
            f"no link says {words!r}; links: {[a.get_text(strip=True) for a in self.soup.find_all('a')]}"
        )

    def form(self, button: str) -> Tag:
        """The form whose button says `button` (or whose action ends with it)."""
        for form in self.soup.find_all("form"):
            labels = [re.sub(r"\s+", " ", b.get_text(" ")).strip() for b in form.find_all("button")]
            if any(button in label for label in labels) or str(form.get("action", "")).endswith(button):
                return form
        raise AssertionError(f"no form has a button {button!r}")

    def errors(self) -> list[str]:
        """What the page says is wrong with what was typed."""
        return [found.get_text(" ", strip=True) for found in self.soup.select(".r-error, .r-summary li, .r-summary p")]


class Browser:
    """Somebody at a phone. `look` opens a page, `submit` sends a form of it; both check what comes back."""

    def __init__(self, app: Flask, *, language: str = "it") -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.headers = {"Accept-Language": language}

    def look(self, address: str, *, status: int = 200, follow: bool = True, **options: Any) -> Page:
        """GET a page, redirects followed, and check it."""
        response = self.client.get(address, headers=self.headers, follow_redirects=follow, **options)
        return self._page(response, address, status)

    def submit(self, page: Page, button: str, *, status: int | None = None, follow: bool = True, **fields: Any) -> Page:
        """Fill the form that has this button and press it. `None` leaves a field out."""
        form = page.form(button)
        data = self.filled(form, button)
        data.update({name: value for name, value in fields.items() if value is not None})
        for name in [name for name, value in fields.items() if value is None]:
            data.pop(name, None)
        address = urljoin(page.address, str(form.get("action") or page.address))
        response = self.client.post(
            address,
            data=data,
            headers={**self.headers, "Referer": urljoin(HERE, page.address)},
            follow_redirects=follow,
            content_type=form.get("enctype") or "application/x-www-form-urlencoded",
        )
        return self._page(response, address, status or 200)

    def post(self, address: str, *, status: int, token_from: str | None = None, **fields: Any) -> Page:
        """POST without a page in between, as an attacker would; with a token when `token_from` names a page."""
        if token_from is not None:
            found = self.look(token_from).soup.find("input", attrs={"name": "csrf_token"})
            assert found is not None, f"no form at {token_from}"
            fields["csrf_token"] = found["value"]
        return self._page(self.client.post(address, data=fields, headers=self.headers), address, status)

    @staticmethod
    def filled(form: Tag, button: str = "") -> dict[str, Any]:
        """What a browser would send: every field as it stands, and the pressed button."""
        data: dict[str, Any] = {}
        for element in form.find_all(["input", "textarea", "select", "button"]):
            name = element.get("name")
            if not name or element.has_attr("disabled"):
                continue
            value = _value(element, button)
            if value is not None:
                data.setdefault(name, []).append(value)
        return {name: values[0] if len(values) == 1 else values for name, values in data.items()}

    def _page(self, response: TestResponse, address: str, status: int) -> Page:
        where = response.request.path if response.request else address
        assert response.status_code == status, (
            f"{where}: {response.status_code} instead of {status}\n{Page(response, where).words[:1500]}"
        )
        page = Page(response, where)
        if response.mimetype == "text/html" and page.html:
            check_page(page)
        return page


def _value(element: Tag, button: str) -> Any:
    kind = element.get("type", "")
    if element.name == "button":
        pressed = button and button in re.sub(r"\s+", " ", element.get_text(" "))
        return element.get("value", "") if pressed else None
    if element.name == "textarea":
        return element.get_text().removeprefix("\n")
    if element.name == "select":
        chosen = element.find("option", selected=True) or element.find("option")
        return chosen.get("value", chosen.get_text()) if chosen else None
    if kind in ("checkbox", "radio"):
        return element.get("value", "on") if element.has_attr("checked") else None
    return None if kind in ("submit", "file") else element.get("value", "")


def check_page(page: Page) -> None:
    """What must hold on every page: valid HTML, a title, a language, single ids, labels, protected forms, headers."""
    where = page.address
    headers = page.response.headers
    assert "script-src 'self'" in headers["Content-Security-Policy"], where
    assert headers["X-Content-Type-Options"] == "nosniff", where
    soup = page.soup
    if soup.find("html") is None:
        check_forms(page)
        return
    shape = hash(_WORDS.sub("", page.html))
    if shape not in _valid:
        html5lib.HTMLParser(strict=True).parse(page.html)
        _valid.add(shape)
    assert page.title.partition("·")[0].strip(), f"{where}: no title"
    assert soup.html.get("lang"), f"{where}: no lang"
    tags = soup.find_all(True)  # gone through once: every page of every test is looked at like this
    headings = [tag for tag in tags if tag.name == "h1"]
    assert len(headings) == 1, f"{where}: {len(headings)} h1"
    ids = [tag["id"] for tag in tags if "id" in tag.attrs]
    assert len(ids) == len(set(ids)), f"{where}: ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    for tag in tags:
        check_tag(tag, where, ids)
    check_forms(page)


def check_tag(tag: Tag, where: str, ids: list[str]) -> None:
    """Nothing that runs or is drawn by itself, and no address that leads nowhere or away from what is encrypted."""
    for name in tag.attrs:
        assert name != "style", f"{where}: inline style"
        assert not name.startswith("on"), f"{where}: on… attribute"
        assert not name.startswith("hx-"), f"{where}: htmx's attributes are valid HTML only as data-hx-…"
    if tag.name == "script":
        assert tag.get("src") or tag.get("type") == "application/ld+json", f"{where}: inline script"
    elif tag.name in ("a", "form"):
        address = str(tag.get("href") or tag.get("action") or "")
        assert urlsplit(address).scheme not in ("http", "javascript"), f"{where}: {address}"
        if tag.name == "a" and address.startswith("#"):
            assert address == "#" or address[1:] in ids, f"{where}: {address} leads nowhere"


def check_forms(page: Page) -> None:
    """Every form that writes carries its protection; every field has a name a person can read, and valid attributes."""
    labels = {label["for"] for label in page.soup.find_all("label", attrs={"for": True})}
    for form in page.soup.find_all("form"):
        assert not form.find_parent(["span", "a", "label"]), f"{page.address}: a form among words"
        if form.get("method", "get").lower() == "post":
            names = [str(one.get("name", "")) for one in form.find_all("input")]
            assert any(name.endswith("csrf_token") for name in names), f"{page.address}: a form without csrf"
        for field in form.find_all(["input", "textarea", "select"]):
            if field.get("type") in ("hidden", "submit"):
                continue
            labelled = field.find_parent("label") or field.get("aria-label") or field.get("aria-labelledby")
            labelled = labelled or (field.get("id") and field["id"] in labels)
            assert labelled, f"{page.address}: {field.get('name')} has no label"
            check_field(page, field)


def check_field(page: Page, field: Tag) -> None:
    """What validators of HTML say of fields, where html5lib says nothing."""
    where = f"{page.address}: {field.get('name')}"
    kind = field.get("type", "text")
    assert not field.has_attr("maxlength") or field.name == "textarea" or kind in WRITTEN, f"{where}: maxlength"
    assert field.get("autocomplete") != "street-address" or field.name != "input", f"{where}: a street has lines"
    nameless = [one for one in field.find_all("option") if not (one.get_text().strip() or one.get("label"))]
    assert not nameless, f"{where}: a choice without words"
