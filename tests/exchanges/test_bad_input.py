"""Whatever is typed or forged: a sentence at the field or a "not found", never a fault."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from exchanges.ledger.tables import Transfer
from foundation import clock
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage as Agreements
from tests.exchanges.posts.stage import Stage as Posts

pytestmark = on_sqlite
HOME = "/c/cremona"
NASTY = (
    "a\x00b", "x" * 10_000, "-1", "0", "9" * 30, "²", "<b>&\"'", "👩‍👧", " ", "1e9", "nan", "2027-03-28T02:30",
    "1900-01-01", "9999-12-31", "9999-12-31T23:59", "0001-01-01T00:00", "../../etc/passwd", "%(who)s", "٣", "\ud800",
)  # fmt: skip
WORST = ("a\x00b", "9" * 30, "9999-12-31T23:59")
SPARED = ("csrf_token", "request_key")


@pytest.fixture
def agreements(database: Any, cast: Any) -> Agreements:
    return Agreements(database, cast)


@pytest.fixture
def posts(database: Any, cast: Any) -> Posts:
    return Posts(database, cast)


def send(browser: Browser, address: str, data: dict[str, Any]) -> int:
    """POST without following, as a crafted request would; the status."""
    safe = {
        name: value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        for name, value in data.items()
    }
    return browser.client.post(address, data=safe, headers=browser.headers).status_code


def forms_of(browser: Browser, address: str) -> list[tuple[str, dict[str, Any]]]:
    """The forms of a page that write: where each goes, and what a browser would send."""
    page = browser.look(address)
    found = []
    for form in page.soup.select("main form"):
        if form.get("method", "get").lower() == "post":
            names = {element["name"]: "" for element in form.select("[name]")}
            found.append((str(form.get("action") or address), names | browser.filled(form)))
    return found


def pages(agreements: Agreements, posts: Posts) -> dict[str, list[str]]:
    """Pages with forms, by who opens them."""
    cast = agreements.cast
    proposed = agreements.proposed(cast.anna, cast.bashir)
    soon = agreements.accepted(cast.anna, cast.bashir, starts_at=clock.now() + timedelta(hours=2))
    agreed = agreements.accepted(cast.anna, cast.bashir)
    disputed, settled = agreements.disputed(cast.anna, cast.bashir), agreements.settled(cast.anna, cast.bashir)
    rosa = agreements.offline("rosa")
    to_call = agreements.accepted(rosa, cast.bashir)
    own = {"children": 1, "age_bands": [], "where_words": "", "pick_up": ""}
    draft = posts.written(cast.anna, category="childcare", own=own)
    open_post = posts.open_post(cast.anna)
    with agreements.database.reading() as session:
        transfer = session.scalar(select(col(Transfer.id)).limit(1))
    return {
        "anna": [
            *(f"/agreements/{one}" for one in (proposed, soon, agreed, disputed, settled)),
            f"/agreements/{proposed}/counter", f"/agreements/{proposed}/decline", f"/agreements/{agreed}/cancel",
            f"/agreements/{agreed}/who", f"/record/{cast.bashir.party.id}", f"/members/{cast.bashir.party.id}/ask",
            "/posts/new?kind=need", *(f"/posts/{draft}/{step}" for step in ("what", "when", "how", "reread")),
            f"/posts/{open_post}", f"/posts/{open_post}/close", "/time/give", f"/time/give?to={cast.bashir.party.id}",
        ],
        "bashir": [f"/posts/{open_post}/answer", f"/blocks/{cast.chiara.party.id}"],
        "maker": [
            f"/agreements/{disputed}", f"/agreements/{to_call}/phone", "/cheques",
            f"/time/{cast.bashir.party.id}/grant",
            f"/time/{cast.bashir.party.id}/limits", f"/movements/{transfer}/reverse",
        ],
    }  # fmt: skip


@pytest.mark.parametrize("who", ["anna", "bashir", "maker"])
def test_nothing_typed_makes_a_fault(
    agreements: Agreements, posts: Posts, client_for: Callable[..., Browser], who: str
) -> None:
    browser = client_for(agreements.cast.members[who])
    faults = []
    for address in pages(agreements, posts)[who]:
        for action, data in forms_of(browser, HOME + address):
            fields = [name for name in data if name not in SPARED and ("row-" not in name or "row-0-" in name)]
            tries = [dict.fromkeys(fields, value) for value in NASTY]
            tries += [{name: value} for name in fields for value in WORST]
            for number, typed in enumerate(tries):
                status = send(browser, action, data | typed | {"request_key": f"{action}{number}"})
                if status >= 500 or status == 400:
                    faults.append((action, typed, status))
    assert faults == []


@pytest.mark.parametrize("who", ["anna", "maker"])
def test_no_address_makes_a_fault(
    agreements: Agreements, posts: Posts, client_for: Callable[..., Browser], who: str
) -> None:
    browser = client_for(agreements.cast.members[who])
    party = agreements.cast.anna.party.id
    faults = []
    for address, names in {
        "/board": ("kind", "category", "zone", "pay", "q", "after"),
        "/posts/new": ("kind", "category", "party"),
        "/record": ("q", "zone", "after"),
        "/messages": ("before",),
        f"/agreements/{agreements.proposed(agreements.cast.anna, agreements.cast.bashir)}": ("before",),
        "/time/": ("before", "since", "until", "on", "kind"),
        f"/time/{party}/print": ("since", "until", "kind", "before"),
        f"/time/{party}/statement.csv": ("since", "until", "kind", "before"),
        "/time/give": ("to", "q"),
        "/movements/": ("month", "zone", "kind", "q", "before", "after"),
    }.items():
        for name in names:
            for value in NASTY:
                query = {name: value.encode("utf-8", "surrogatepass")}
                status = browser.client.get(HOME + address, query_string=query, headers=browser.headers).status_code
                if status >= 500:
                    faults.append((address, name, value[:20], status))
    huge = "9" * 30
    for address in (
        f"/posts/{huge}", f"/posts/{huge}/answer", f"/posts/{huge}/what", f"/agreements/{huge}", f"/record/{huge}",
        f"/members/{huge}/ask", f"/time/{huge}", f"/time/{huge}/grant", f"/movements/{huge}/reverse",
        f"/agreements/{huge}/phone", f"/messages/{huge}", f"/report/post/{huge}", f"/blocks/{huge}",
    ):  # fmt: skip
        status = browser.client.get(HOME + address, headers=browser.headers).status_code
        if status not in (302, 303, 404):
            faults.append((address, "", "", status))
    assert faults == []
