"""Bad input at every door at once: links nobody gave out, drawings that carry scripts, ways out to another site.

What each door answers to its own mistakes stands in the tests of its feature; here none is left out.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func
from sqlmodel import col, select
from werkzeug.routing import Rule

from app import create_app, load_features
from community.members.tables import Membership, Person
from foundation import tokens
from foundation.crypto import passwords
from foundation.database import Database
from foundation.feature import registry
from foundation.files.tables import StoredFile
from foundation.settings import Settings
from foundation.tokens.tables import StoredToken
from tests.architecture.asking import _address, _browser, _fill, _token
from tests.architecture.world import World
from tests.cast import Cast
from tests.client import Browser

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
MEGABYTES = "x" * 10_000_000
ELSEWHERE = ("https://evil.example/", "//evil.example", "/\\evil.example")
WITH_PASSWORDS = re.compile(r"addresses\.|leaving\.|signing_in\.|joining\.confirm_now|mandates\.finish")
AS_FOR_ANYBODY = {"joining.invited", "joining.join_invited", "pins.found"}
"""Where any secret meets the same page: that on which anybody asks to join (below), that of a card that was found."""
ANSWERS = {200, 303, 302, 308, 404, 410, 405, 409, 413, 422, 429, 403}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Cast, World]]:
    home = tmp_path_factory.mktemp("abuse")
    before = registry.features
    registry.register(load_features())
    cast, world = _fill(home / "reciproca.db")
    app = create_app(Settings(env="test", data=str(home), base_url="http://localhost"))
    yield app, cast, world
    app.extensions["reciproca"].database.dispose()
    registry.register(before)


def rules(app: Flask, method: str) -> list[Rule]:
    found = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ()) and rule.endpoint != "static"]
    return sorted((rule for rule in found if rule.endpoint != "signing_in.sign_out"), key=lambda rule: rule.endpoint)


def database_of(app: Flask) -> Database:
    database: Database = app.extensions["reciproca"].database
    return database


def test_a_link_nobody_gave_out_for_this_opens_nothing(town: tuple[Flask, Cast, World]) -> None:
    """A secret that is good for something else, one that ended, one made up: as if nothing were there, and unspent."""
    app, cast, world = town
    database = database_of(app)
    payload = {"community_id": cast.community.id, "zone_id": cast.zones["po"].id, "email": "anna@example.org"}
    with database.writing() as session:
        other = tokens.issue(session, "something else", lasts=None, person_id=cast.anna.id, payload=payload)
    forged = (other, "x" * 43, "..%2F..%2Fetc", "%00", "' OR 1=1 --", "a" * 5000)
    every = [(method, rule) for method in ("GET", "POST") for rule in rules(app, method)]
    doors = [(method, rule) for method, rule in every if "secret" in rule.arguments]
    doors = [(method, rule) for method, rule in doors if rule.endpoint not in AS_FOR_ANYBODY]
    assert len(doors) > 25
    opened = []
    for role in ("visitor", "maker"):
        browser = _browser(app, cast, role)
        token = _token(browser)
        for method, rule in doors:
            address = _address(app, rule, cast, world)
            for secret in forged:
                asked = address.replace("not-a-secret-anybody-gave-out", secret)
                answer = browser.client.open(asked, method=method, data={"csrf_token": token} if token else {})
                signs_in = answer.status_code in (302, 303) and "/sign-in" in answer.headers["Location"]
                if answer.status_code not in (404, 410, 429) and not signs_in:
                    opened.append((role, method, rule.endpoint, secret[:20], answer.status_code))
    assert not opened, "\n".join(map(str, opened))
    with database.reading() as session:
        used = session.execute(
            select(col(StoredToken.uses_left)).where(col(StoredToken.purpose) == "something else")
        ).all()
        assert [row[0] for row in used] == [1]


def test_a_forged_invitation_lets_nobody_in(town: tuple[Flask, Cast, World]) -> None:
    app, cast, _world = town
    with database_of(app).writing() as session:
        other = tokens.issue(session, "something else", lasts=None, payload={"community_id": cast.community.id})
    for number, secret in enumerate((other, "x" * 43)):
        browser = _browser(app, cast, "visitor")
        typed = {"given_name": "Eva", "family_name": "Rossi", "email": f"eva{number}@example.org"}
        typed |= {"zone_id": str(cast.zones["po"].id), "applies_for": "household", "csrf_token": _token(browser)}
        browser.client.post(f"/c/cremona/invited/{secret}", data=typed)
    with database_of(app).reading() as session:
        eva = select(col(Person.id)).where(col(Person.given_name) == "Eva")
        found = session.scalars(select(Membership).where(col(Membership.person_id).in_(eva))).all()
        assert {(one.state, one.invited_by_id) for one in found} == {("applied", None)}


def test_ten_megabytes_of_password_are_hashed_nowhere(
    town: tuple[Flask, Cast, World], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, cast, world = town

    def no_hashing(*_arguments: object) -> None:
        raise AssertionError("it was hashed")

    monkeypatch.setattr(passwords, "_aside", no_hashing)
    doors = [rule for rule in rules(app, "POST") if WITH_PASSWORDS.match(rule.endpoint)]
    much = {"email": "anna@example.org", "password": MEGABYTES, "present": MEGABYTES[:1_000_000]}
    for role in ("visitor", "anna"):
        browser = _browser(app, cast, role)
        token = _token(browser)
        for rule in doors:
            answer = browser.client.post(_address(app, rule, cast, world), data={"csrf_token": token, **much})
            assert answer.status_code in ANSWERS, (role, rule.endpoint, answer.status_code)


def test_a_drawing_with_a_script_is_kept_nowhere(town: tuple[Flask, Cast, World]) -> None:
    app, cast, world = town
    database, files = database_of(app), Path(app.extensions["reciproca"].settings.files_directory)

    def kept() -> tuple[int, int]:
        with database.reading() as session:
            rows = session.execute(select(func.count()).select_from(StoredFile)).scalar_one()
        return rows, sum(1 for path in files.rglob("*") if path.is_file() and SVG in path.read_bytes())

    before = kept()
    doors = [
        rule for rule in rules(app, "POST") if re.search("photo|picture|logo|keep|save|upload|profile", rule.endpoint)
    ]
    assert len(doors) > 25
    for role in ("anna", "administrator"):
        browser: Browser = _browser(app, cast, role)
        token = _token(browser)
        for rule in doors:
            drawings = {
                name: (io.BytesIO(SVG), f"{name}.{ending}", kind)
                for name, ending, kind in (
                    ("photo", "svg", "image/svg+xml"), ("photos", "jpg", "image/jpeg"), ("logo", "png", "image/png"),
                    ("file", "svg", "image/svg+xml"),
                )
            }  # fmt: skip
            answer = browser.client.post(
                _address(app, rule, cast, world), data={"csrf_token": token, **drawings},
                content_type="multipart/form-data",
            )  # fmt: skip
            assert answer.status_code in ANSWERS, (role, rule.endpoint, answer.status_code)
    assert kept() == before


def test_no_page_leads_to_another_site(town: tuple[Flask, Cast, World]) -> None:
    """Whatever is asked for in the address: where one is sent on to is always a page of this house."""
    app, cast, world = town
    led = []
    for role in ("visitor", "anna"):
        browser = _browser(app, cast, role)
        for rule in rules(app, "GET"):
            address = _address(app, rule, cast, world)
            for outside in ELSEWHERE:
                names = ("next", "back", "to", "url", "from", "return")
                answer = browser.client.get(address, query_string=dict.fromkeys(names, outside))
                where = answer.headers.get("Location", "")
                if re.match(r"(?i)[a-z]+:|//|/\\", where) and not where.startswith("http://localhost/"):
                    led.append((role, rule.endpoint, where))
                if answer.status_code in (302, 303) and "evil" in where.partition("?")[0]:
                    led.append((role, rule.endpoint, where))
    assert led == []
