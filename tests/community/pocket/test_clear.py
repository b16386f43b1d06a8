"""What a browser kept goes when somebody signs out, and at the next contact after their session ended elsewhere."""

from collections.abc import Callable

import pytest
from flask import Flask

from community.members.queries import person_of
from community.signing_in import actions
from foundation.crypto import hash_password
from foundation.database import Database, TookTooLong
from tests.cast import Cast
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite
PASSWORD = "una frase che ricordo"


@pytest.fixture
def anna(app: Flask, cast: Cast, database: Database) -> Browser:
    """Anna's browser, in which she signed in and asked to stay so."""
    with database.writing() as session:
        person_of(session, cast.anna.id).password_hash = hash_password(PASSWORD)
    browser = Browser(app, language="en")
    browser.client.set_cookie("language", "en")
    page = browser.look("/sign-in")
    browser.submit(page, "Sign in", email=cast.anna.person.email, password=PASSWORD)
    return browser


def cleared(browser: Browser, address: str) -> str:
    with browser.client.get(address) as answer:
        return str(answer.headers.get("Clear-Site-Data", ""))


def test_signing_out_clears(anna: Browser) -> None:
    page = anna.look("/c/cremona/")
    assert "Clear-Site-Data" not in page.response.headers
    form = page.form("Sign out")
    answer = anna.client.post(str(form["action"]), data=anna.filled(form))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not cleared(anna, "/c/cremona/")


def test_a_session_that_ended_elsewhere_clears_once(anna: Browser, cast: Cast, database: Database) -> None:
    with database.writing() as session:
        actions.sign_out_everywhere(session, cast.anna.id)
    assert not cleared(anna, "/static/img/mark.svg")
    assert cleared(anna, "/c/cremona/me")
    assert not cleared(anna, "/c/cremona/")


def test_a_remembered_session_that_ended_clears_too(anna: Browser, cast: Cast, database: Database) -> None:
    anna.client.delete_cookie("session")
    assert not cleared(anna, "/c/cremona/me")
    anna.client.delete_cookie("session")
    with database.writing() as session:
        actions.sign_out_everywhere(session, cast.anna.id)
    assert cleared(anna, "/c/cremona/")
    assert not cleared(anna, "/c/cremona/")


def test_a_visitor_and_a_session_that_just_closed_clear_nothing(anna: Browser, visitor: Browser) -> None:
    assert not cleared(visitor, "/c/cremona/")
    anna.client.delete_cookie("session")
    anna.client.delete_cookie("remember")
    assert not cleared(anna, "/c/cremona/")


def test_a_fault_of_ours_signs_nobody_out(anna: Browser, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(**_values: object) -> None:
        raise TookTooLong("too busy")

    monkeypatch.setitem(app.view_functions, "communities.home", busy)
    answer = anna.client.get("/c/cremona/")
    assert answer.status_code in (404, 503)
    assert "Clear-Site-Data" not in answer.headers
    monkeypatch.undo()
    assert anna.look("/c/cremona/").says("Hello, Anna")


def test_whose_a_phone_is_tells_nothing_and_differs(
    cast: Cast, visitor: Browser, client_for: Callable[..., Browser]
) -> None:
    marks = [
        browser.look("/pocket/whose").response.get_json()["owner"]
        for browser in (visitor, client_for(cast.anna), client_for(cast.anna), client_for(cast.bashir))
    ]
    assert marks[0] == ""
    assert marks[1] == marks[2] != marks[3]
    assert len(marks[1]) == 32
    assert visitor.look("/pocket/whose").response.headers["Cache-Control"] == "no-store"
