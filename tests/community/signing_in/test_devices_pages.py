"""Where you are signed in: on the pages, with the letter about a new device."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import select, update

from community.members.queries import person_of
from community.signing_in.tables import SignInSession
from foundation import clock
from foundation.crypto import hash_password
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from tests.community.letters import delivered

pytestmark = on_sqlite
PASSWORD = "tre gatti sul tetto"
ANDROID = "Mozilla/5.0 (Android 14; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0"


@pytest.fixture
def sign_in(app: Flask, cast: Cast, database: Database) -> Callable[..., Browser]:
    """Anna signs in with her password, on a device of her own each time or on one that she has used."""
    with database.writing() as session:
        person_of(session, cast.anna.id).password_hash = hash_password(PASSWORD)

    def begin(browser: Browser | None = None) -> Browser:
        browser = browser or Browser(app, language="en")
        browser.headers["User-Agent"] = ANDROID
        browser.client.set_cookie("language", "en")
        browser.submit(browser.look("/sign-in"), "Sign in", email="anna@example.org", password=PASSWORD)
        return browser

    return begin


def is_in(browser: Browser) -> bool:
    return browser.client.get("/c/cremona/me").status_code == 200


def test_the_list_and_ending_one(sign_in: Callable[..., Browser]) -> None:
    here, there = sign_in(), sign_in()
    page = here.look("/devices")
    assert page.html.count("Firefox, Android") == 2
    assert page.says("this one")
    assert here.submit(page, "Sign out there").says("Signed out there.")
    assert (is_in(here), is_in(there)) == (True, False)
    there.client.delete_cookie("session")
    assert not is_in(there), "not even by the remembered cookie"
    assert here.look("/devices").says("You are signed in nowhere else.")


def test_ending_all_the_others(sign_in: Callable[..., Browser]) -> None:
    here, *others = sign_in(), sign_in(), sign_in()
    here.submit(here.look("/devices"), "Sign out of all the others")
    assert [is_in(one) for one in (here, *others)] == [True, False, False]


def test_nobody_ends_those_of_others(
    sign_in: Callable[..., Browser], client_for: Callable[..., Browser], cast: Cast, database: Database
) -> None:
    anna, bashir = sign_in(), client_for(cast.bashir)
    with database.reading() as session:
        [hers] = session.exec(select(SignInSession.id).where(SignInSession.person_id == cast.anna.id))
    token = bashir.look("/devices").soup.find("input", attrs={"name": "csrf_token"})["value"]
    bashir.post(f"/devices/{hers}/end", status=404, csrf_token=token)
    assert is_in(anna)


def test_signing_out_ends_the_session_and_its_stolen_copy(sign_in: Callable[..., Browser], app: Flask) -> None:
    anna, thief = sign_in(), Browser(app)
    for name in ("session", "remember"):
        thief.client.set_cookie(name, anna.client.get_cookie(name).value)
    assert is_in(thief)
    anna.submit(anna.look("/c/cremona/me"), "Sign out")
    assert not is_in(thief)


def test_a_cookie_of_an_earlier_version_asks_to_sign_in_again(app: Flask, cast: Cast) -> None:
    browser = Browser(app, language="en")
    with browser.client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = f"{cast.anna.id}:1", True
    page = browser.look("/c/cremona/me")
    assert page.address == "/sign-in"
    assert page.soup.find("input", attrs={"name": "next"})["value"] == "/c/cremona/me"


def test_a_new_device_is_told_of_and_signed_out_with_one_button(sign_in: Callable[..., Browser], app: Flask) -> None:
    anna = sign_in()
    anna.submit(anna.look("/c/cremona/me"), "Sign out")
    sign_in(anna)
    assert len(delivered(app)) == 1, "the device is known by now"
    thief = sign_in()
    letter = delivered(app)[0]
    assert letter.subject == "Qualcuno è entrato con il tuo nome da un dispositivo nuovo"
    assert "Firefox, Android" in letter.text
    path = letter.links[0].removeprefix("http://localhost")
    visitor = Browser(app, language="en")
    opened = visitor.look(path)
    assert is_in(thief), "looking ends nothing: scanners look too"
    done = visitor.submit(opened, "It was not me")
    assert done.link("Choose a new password") == "/password/forgotten"
    assert (is_in(thief), is_in(anna)) == (False, True)
    assert visitor.look(path).says("That device is signed out")
    visitor.look("/devices/new/made-up", status=404)


def test_looking_writes_nothing_and_doing_notes_it(
    client_for: Callable[..., Browser], cast: Cast, database: Database
) -> None:
    anna = client_for(cast.anna, language="en")

    def seen():
        with database.reading() as session:
            return session.exec(select(SignInSession.last_seen_at)).one()

    with database.writing() as session:
        session.exec(update(SignInSession).values(last_seen_at=clock.now()))
    begun = seen()
    with clock.at(clock.now() + timedelta(hours=2)):
        page = anna.look("/c/cremona/me/contacts")
        assert seen() == begun
        anna.submit(page, "Save", phone="333 1234567")
        assert seen() == clock.now()


def test_who_only_reads_is_noted_once_a_week(
    client_for: Callable[..., Browser], cast: Cast, database: Database
) -> None:
    anna = client_for(cast.anna, language="en")
    with database.writing() as session:
        session.exec(update(SignInSession).values(last_seen_at=clock.now()))
    begun = clock.now()
    for days, noted_after in ((6, 0), (8, 8), (9, 8), (16, 16)):
        with clock.at(begun + timedelta(days=days)):
            anna.look("/c/cremona/me/contacts")
        with database.reading() as session:
            seen = session.exec(select(SignInSession.last_seen_at)).one()
        assert round((seen - begun) / timedelta(days=1)) == noted_after
