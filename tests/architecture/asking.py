"""Asking every route as every role, in a world where one of everything belongs to Anna and Bashir."""

import shutil
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from app import create_app, load_features
from foundation.database import Database
from foundation.feature import registry
from foundation.settings import Settings
from tests.architecture.world import World, make_world
from tests.cast import Cast, make_cast, make_member
from tests.client import Browser
from tests.servers.databases import make_schema
from tests.signed import sign_in

ROLES = ("visitor", "anna", "bashir", "chiara", "other_maker", "maker", "operator", "administrator", "zoe")
UNTOLD = {"static"}

Answers = dict[tuple[str, str], dict[str, str]]
"""By endpoint and method, what each role met: `yes`, `no` (as if nothing were there), `sign in`, `join`."""


def ask_everything(folder: Path) -> Answers:
    """Ask every route as every role; each role has the world to itself, so that nobody's deeds change another's."""
    registry.register(load_features())
    template = folder / "template.db"
    cast, world = _fill(template)
    answers: Answers = {}
    for role in ROLES:
        home = folder / role
        home.mkdir()
        shutil.copy(template, home / "reciproca.db")
        app = create_app(Settings(env="test", data=str(home), base_url="http://localhost"))
        for method in ("GET", "POST"):
            browser = _browser(app, cast, role)
            token = _token(browser) if method == "POST" else ""
            for rule in sorted(app.url_map.iter_rules(), key=_gentle_first):
                if (
                    method not in (rule.methods or ())
                    or rule.endpoint in UNTOLD
                    or rule.endpoint == "signing_in.sign_out"
                ):
                    continue
                address = _address(app, rule, cast, world)
                met = _ask(browser, method, address, token)
                answers.setdefault((rule.endpoint, method), {})[role] = met
        app.extensions["reciproca"].database.dispose()
    return answers


def _gentle_first(rule: Rule) -> tuple[bool, str]:
    """What takes something from the asker's own sight comes last."""
    last = {
        "broadcasts.call_off", "broadcasts.discard", "moderation.block", "households.leave", "circles.cannot",
        "circles.leave", "labs.leave", "housing.call_off", "housing.take_back", "housing.withdraw",
    }  # fmt: skip
    return rule.endpoint in {*last, "signing_in.sign_out_everywhere"}, rule.endpoint


def _fill(file: Path) -> tuple[Cast, World]:
    database = Database(f"sqlite:///{file}")
    make_schema(database)
    cast = make_cast(database)
    with database.writing() as session:
        cast.members["operator"] = make_member(session, cast, "operator", "po", sits_in=("centro", "po"))
    world = make_world(database, cast)
    database.dispose()
    return cast, world


def _browser(app: Flask, cast: Cast, role: str) -> Browser:
    browser = Browser(app)
    if role != "visitor":
        member = cast.members[role]
        sign_in(app, browser, member.person)
    return browser


def _token(browser: Browser) -> str:
    found = browser.look("/").soup.find("input", attrs={"name": "csrf_token"})
    assert found is not None
    return str(found["value"])


def _address(app: Flask, rule: Rule, cast: Cast, world: World) -> str:
    known: dict[str, object] = {
        "community": "cremona",
        "party_id": cast.anna.party.id,
        "person_id": cast.anna.id,
        "category_id": cast.categories["repairs"].id,
        "object_id": world.ids["post_id"],
        "kind": "post",
        "personal_kind": "calls",
        "topic": "safety",
        "consent": "news",
        "language": "it",
        "secret": "not-a-secret-anybody-gave-out",
        **world.ids,
    }
    values = {name: known.get(name, 1) for name in rule.arguments}
    for name, converter in rule._converters.items():
        if isinstance(converter, AnyConverter) and values[name] not in converter.items:
            values[name] = sorted(converter.items)[0]
    built = rule.build(values)
    assert built is not None, rule
    return built[1]


def _ask(browser: Browser, method: str, address: str, token: str) -> str:
    ask: Callable[..., object] = browser.client.get if method == "GET" else browser.client.post
    response = ask(address, **({"data": {"csrf_token": token}} if token else {}))
    where = response.headers.get("Location", "")  # type: ignore[attr-defined]  # werkzeug's test response
    if "/sign-in" in where:
        return "sign in"
    if where.endswith("/join") or "/join?" in where or "/join/standing" in where:
        return "join"
    assert response.status_code < 500 or address == "/readyz", f"{method} {address}: {response.status_code}"  # type: ignore[attr-defined]
    return "no" if response.status_code in (404, 410) else "yes"  # type: ignore[attr-defined]
