"""How often each page asks the database: never more often because there is more to be read.

Every page is read by a member who owns, one who takes part, a maker and an administrator, when there is a little of
everything and when there is several times as much.
"""

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from foundation import clock
from foundation.access import Actor
from foundation.database import Database
from foundation.web import keeping, numbers
from foundation.web.numbers import Numbers
from tests.architecture.plenty import NOW, Town
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from tests.exchanges.series.stage import MONDAY
from tests.questions import noted
from tests.signed import sign_in

READERS = ("anna", "bashir", "maker", "administrator")
SHOP, OF_SHOPS = "bakery", ("sponsors.", "vouchers.")
"""Who acts for an organisation reads what is only for those."""
A_LITTLE, PLENTY = 2, 5
MOST, MOST_TO_FIND = 30, 21
"""How many times a page asks at most, and the one search box, however the words were typed; but for the numbers."""
UNTOLD = {"static", "health.ready"}
TYPED = {
    "searching.search": tuple(
        f"q={words}" for words in ("orli", "orlli", "nuova", "anna", "bashri", "orli+dinosauro", "bashri+dinosauro")
    ),
    "posts.board": ("", "q=orli", "q=orlli", "order=nearest", "order=soonest"),
    "members.listing": ("", "q=nuova"),
    "searches.new": ("q=orli",),
    "suppliers.show": ("", "q=farina"),
    "conversations.search": ("q=ciao",),
    "posts.start": ("kind=need",),
    "calendar.show": ("", "view=week", "view=month"),
    "calendar.of_center": ("", "view=week", "view=month"),
}

Asked = dict[tuple[str, str], list[str]]
"""By reader and address, the statements that were sent."""


@on_sqlite
def test_more_to_read_is_no_more_to_ask(
    app: Flask, database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foundation.search.counting.READ_AGAIN_SECONDS", math.inf)
    counted = _count_once(monkeypatch)
    town = Town(database, cast)
    with clock.at(MONDAY):
        town.settle_down()
    few = _ask_everything(app, town, A_LITTLE)
    counted.clear()
    many = _ask_everything(app, town, PLENTY, few)
    assert few.keys() == many.keys()
    assert len(few) > 250
    more = {page: Counter(many[page]) - Counter(few[page]) for page in few if len(many[page]) > len(few[page])}
    assert not more, "\n".join(f"{page}: {dict(sent)}" for page, sent in more.items())
    too_many = {page: len(sent) for page, sent in many.items() if len(sent) > _most(page)}
    assert not too_many, "\n".join(f"{page}: {number}" for page, number in too_many.items())


def _count_once(monkeypatch: pytest.MonkeyPatch) -> dict[int, Numbers]:
    """Ask for the numbers of the bar on each reader's first page only: they are the same, and half the work, on all."""
    counted: dict[int, Numbers] = {}
    ask = numbers._ask

    def ask_once(who: Actor, read: Any = None) -> Numbers:
        person_id = who.must_be_person()
        if person_id not in counted:
            counted[person_id] = ask(who, read)
        return counted[person_id]

    monkeypatch.setattr(numbers, "_ask", ask_once)
    return counted


def _most(page: tuple[str, str]) -> int:
    return MOST_TO_FIND if page[1].startswith("searching.search") else MOST


def _ask_everything(app: Flask, town: Town, lots: int, before: Asked | None = None) -> Asked:
    """Read every page, or those read before, when the town has so many lots, with nothing kept from page to page."""
    while town.lots < lots:
        town.more()
    town.meet()
    asked: Asked = {}
    with clock.at(NOW):
        for reader in (*READERS, SHOP):
            browser = Browser(app)
            member = town.cast.members[reader]
            sign_in(app, browser, member.person)
            for name, address in _addresses(app, town):
                if before is not None and (reader, name) not in before:
                    continue
                if reader == SHOP and not name.startswith(OF_SHOPS):
                    continue
                if name.split()[0] in TYPED:
                    browser.client.get(address)  # what can be found is counted once for everybody
                keeping._kept.clear()
                with noted() as sent:
                    response = browser.client.get(address)
                assert response.status_code < 500, address
                if response.status_code == 200:
                    asked[reader, name] = [_plain(statement) for statement in sent]
    return asked


def _addresses(app: Flask, town: Town) -> Iterator[tuple[str, str]]:
    """Every page, of each thing that stands in its address; named by the thing, whatever its number."""
    values = _values(town)
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule):
        if "GET" not in (rule.methods or ()) or rule.endpoint in UNTOLD:
            continue
        arguments = sorted(rule.arguments)
        for chosen in itertools.product(*(values.get(each, [("", 1)]) for each in arguments)):
            try:
                built = rule.build({each: value for each, (_name, value) in zip(arguments, chosen, strict=True)})
            except ValueError:  # one of the few words that may stand there, and of another page
                continue
            for typed in TYPED.get(rule.endpoint, _several(rule.endpoint, town)) if built else ():
                names = [name for name, _value in chosen if name]
                yield " ".join([rule.endpoint, *names, typed]), f"{built[1]}?{typed}"


CALLED = {
    "housing_id": "housing",
    "across_id": "across",
    "introduction_id": "introduction",
    "asked_id": "asked",
    "money_id": "money",
    "paper_id": "paper",
    "room_id": "room",
    "till_id": "till",
    "family_id": "family",
    "share_id": "asked",
    "out_id": "out_entry",
    "receipt_year": "receipt_year",
    "receipt_number": "receipt_number",
    "booking_id": "booking",
    "supplier_id": "supplier",
    "product_id": "product",
    "purchaser_id": "purchaser",
    "cycle_id": "cycle",
    "order_id": "ordered",
    "offered_id": "article",
    "place_id": "fetched",
    "list_id": "listed",
    "need_id": "wall",
    "pledge_id": "pledge",
    "delivery_id": "delivered",
    "offer_id": "vouchers",
    "voucher_id": "voucher_of",
    "activity_id": "activity",
    "slot_id": "slot",
    "sign_up_id": "shift",
    "template_id": "template",
    "session_id": "session",
    "request_id": "request",
    "enrolment_id": "enrolment",
    "rhythm_id": "rhythm",
    "circle_id": "circle_",
    "turn_id": "turn",
    "child_id": "kid",
    "swap_id": "swap",
    "counting_id": "counting",
    "circle_pause_id": "pausecircle",
    "circle_family_id": "familyrow",
    "membership_id": "application",
    "line_id": "reference",
    "object_id": "post",
}
"""What may stand in addresses: by the name of the parameter, what the town calls things of the kind."""
ALWAYS: dict[str, list[tuple[str, int | str]]] = {
    "housing_side": [("", "need")],
    "section": [("", "what")],
    "resource_kind": [("", "thing")],
    "age": [("", "6-10")],
    "number": [("", 0), ("friend", 1)],
    "slug": [("", "bakery-e-famiglia")],
    "year": [("", 2027)],
    "kind": [("", "post"), ("", "reference")],
    "personal_kind": [("", "calls")],
    "language": [("", "it")],
    "step": [("", "when")],
    "what": [("", "members")],
    "topic": [("", "safety")],
    "day": [("", "2027-01-26")],
    "variant": [("", "small")],
    "community": [("", "cremona")],
}
"""And what is the same in every town."""


def _values(town: Town) -> dict[str, list[tuple[str, int | str]]]:
    """What may stand in addresses, by the name of the parameter; each with its own name where there are several."""
    cast = town.cast

    def things(word: str) -> list[tuple[str, int | str]]:
        return [(name, number) for name, number in town.ids.items() if word in name]

    parties = ("anna", "bashir", "bakery", "dario")
    return {
        **ALWAYS,
        **{parameter: things(word) for parameter, word in CALLED.items()},
        **{
            f"{kind}_id": things(kind)
            for kind in (
                "broadcast",
                "agreement",
                "series",
                "group",
                "case",
                "search",
                "grant",
                "run",
                "sheet",
                "thread",
                "message",
            )
        },
        "center_slug": [("", town.center.slug)],
        "lab_slug": [("", town.lab.slug)],
        **{
            f"{kind}_id": things(f"lab_{kind}")
            for kind in ("goal", "task", "entry", "comment", "resource", "receipt", "member")
        },
        "lab_id": [("", town.lab.id)],
        "opening_id": [(name, number) for name, number in town.ids.items() if name == "opening"],
        "post_id": [*things("offer"), *things("need"), *things("post"), *things("confidential")],
        "party_id": [(name, cast.members[name].party.id) for name in parties],
        "person_id": [(name, cast.members[name].id) for name in ("anna", "bashir")],
        "category_id": [("", cast.categories["repairs"].id)],
        "zone_id": [("", cast.zones["centro"].id)],
        "verb": [(word, word) for word in ("decline", "cancel")],
        "way": [(word, word) for word in ("counter", "change")],
        **{name: [("", 1)] for name in ("transfer_id", "file_id", "position")},
        **{name: [("", "not-there")] for name in ("secret", "name")},
    }


def _several(endpoint: str, town: Town) -> tuple[str, ...]:
    """What is typed where several people are chosen."""
    chosen = "&".join(f"party={town.cast.members[name].party.id}" for name in ("bashir", "chiara"))
    return ("", chosen) if endpoint.startswith("groups.") else ("",)


def _plain(statement: str) -> str:
    """A statement without the number of its blanks."""
    return re.sub(r"IN \(\?(, \?)*\)", "IN (...)", " ".join(statement.split()))
