"""Two-step sign-in on the pages: set up, asked for on every way in, printed codes, turned off."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache

import pyotp
import pytest
from flask import Flask

from community.members.queries import person_of
from community.signing_in.queries import second_factor_of
from community.signing_in.tables import SecondFactor
from foundation import clock, crypto
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, Page, on_sqlite
from tests.community.letters import secret_of, written

pytestmark = on_sqlite
PASSWORD = "tre gatti sul tetto"


@cache
def hashed() -> str:
    return crypto.hash_password(PASSWORD)


@pytest.fixture
def anna(cast: Cast, database: Database, client_for: Callable[..., Browser]) -> Browser:
    with database.writing() as session:
        person_of(session, cast.anna.id).password_hash = hashed()
    return client_for(cast.anna, language="en")


@pytest.fixture
def code(cast: Cast, database: Database) -> Callable[..., str]:
    """The code that Anna's telephone shows now, or in some half minutes."""

    def shown(later: int = 0) -> str:
        with database.reading() as session:
            secret = session.get(SecondFactor, cast.anna.id).secret
        return pyotp.TOTP(secret).at(clock.now() + later * timedelta(seconds=30))

    return shown


@pytest.fixture
def printed(anna: Browser, code: Callable[..., str]) -> list[str]:
    """Two-step sign-in is on; the codes that were printed."""
    page = anna.submit(anna.look("/second-step"), "Set it up", present=PASSWORD)
    done = anna.submit(page, "Turn it on", code=code())
    assert done.says("They are shown only now.")
    return [found.get_text() for found in done.soup.select("main code")]


def is_in(browser: Browser) -> bool:
    return browser.client.get("/c/cremona/me").status_code == 200


def at_the_code(app: Flask, wanted: str = "") -> tuple[Browser, Page]:
    """A new device where the password was right."""
    browser = Browser(app, language="en")
    browser.client.set_cookie("language", "en")
    page = browser.look("/sign-in", query_string={"next": wanted})
    return browser, browser.submit(page, "Sign in", email="anna@example.org", password=PASSWORD)


def test_setting_it_up_wants_the_password_and_a_right_code(anna: Browser, code: Callable[..., str]) -> None:
    page = anna.look("/second-step")
    wrong = anna.submit(page, "Set it up", status=422, present="sbagliata")
    assert wrong.says("This is not your password.")
    anna.look("/second-step/set-up", follow=False, status=303)
    shown = anna.submit(wrong, "Set it up", present=PASSWORD)
    assert shown.soup.select_one(".r-qr svg path")
    assert "data:" not in str(shown.soup.select_one(".r-qr"))
    again = anna.submit(shown, "Turn it on", status=422, code="000000")
    assert again.says("This is not the code of now.")
    done = anna.submit(again, "Turn it on", code=code())
    assert len(done.soup.select("main code")) == 10
    assert done.response.headers["Cache-Control"] == "no-store"
    assert anna.look("/second-step").says("10 printed codes are still good.")
    assert is_in(anna)


def test_the_password_alone_lets_nobody_in(printed: list[str], app: Flask, code: Callable[..., str]) -> None:
    browser, page = at_the_code(app, "/c/cremona/me/profile")
    assert page.address == "/sign-in/code"
    assert not is_in(browser)
    assert browser.client.get_cookie("remember") is None
    wrong = browser.submit(page, "Sign in", status=422, code="000000")
    assert wrong.says("This is not the code of now.")
    used = code(1)
    assert browser.submit(wrong, "Sign in", code=used).address == "/c/cremona/me/profile"
    assert is_in(browser)
    _other, again = at_the_code(app)
    _other.submit(again, "Sign in", status=422, code=used)


def test_a_link_by_e_mail_alone_neither(
    printed: list[str], app: Flask, database: Database, code: Callable[..., str]
) -> None:
    browser = Browser(app, language="en")
    browser.submit(browser.look("/sign-in"), "Send me a link instead", email="anna@example.org", password="")
    written(app)
    page = browser.submit(browser.look(f"/sign-in/{secret_of(database, 'signing_in:link')}"), "Sign in")
    assert page.address == "/sign-in/code"
    assert not is_in(browser)
    browser.submit(page, "Sign in", code=code(1))
    assert is_in(browser)


def test_nor_a_new_password(printed: list[str], app: Flask, database: Database, anna: Browser) -> None:
    browser = Browser(app, language="en")
    browser.submit(browser.look("/password/forgotten"), "Send me the link", email="anna@example.org")
    written(app)
    page = browser.look(f"/password/new/{secret_of(database, 'signing_in:new_password')}")
    kept = browser.submit(page, "Keep it", password="quattro merli in giardino")
    assert kept.address == "/sign-in/code"
    assert kept.says("Your new password is kept.")
    assert not is_in(browser)
    assert not is_in(anna)
    browser.submit(kept, "Sign in", code=printed[0])
    assert is_in(browser)


def test_a_printed_code_once(printed: list[str], app: Flask) -> None:
    browser, page = at_the_code(app)
    browser.submit(page, "Sign in", code=f"  {printed[0].lower()} ")
    assert is_in(browser)
    other, page = at_the_code(app)
    other.submit(page, "Sign in", status=422, code=printed[0])
    assert not is_in(other)


def test_codes_are_counted_and_a_long_one_costs_nothing(printed: list[str], app: Flask) -> None:
    browser, page = at_the_code(app)
    browser.submit(page, "Sign in", status=422, code="9" * 500_000)
    for _ in range(5):
        page = browser.submit(page, "Sign in", status=422, code="000000")
    waiting = browser.submit(page, "Sign in", status=429, code=printed[0])
    assert waiting.says("Is the telephone lost?")
    assert not is_in(browser)


def test_half_way_in_ends_after_a_while_and_with_every_session(
    printed: list[str], app: Flask, anna: Browser, code: Callable[..., str]
) -> None:
    browser, page = at_the_code(app)
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert browser.submit(page, "Sign in", code=code()).says("That took too long.")
    other, page = at_the_code(app)
    anna.submit(anna.look("/password"), "Sign out everywhere")
    assert other.submit(page, "Sign in", code=printed[0]).address == "/sign-in"
    assert not is_in(other)
    assert Browser(app).look("/sign-in/code").address == "/sign-in", "nobody is half way in"


def test_new_printed_codes_want_password_and_code(printed: list[str], anna: Browser, code: Callable[..., str]) -> None:
    page = anna.look("/second-step/sure?for=codes")
    wrong = anna.submit(page, "Make new codes", status=422, present="sbagliata", code=printed[0])
    wrong = anna.submit(wrong, "Make new codes", status=422, present=PASSWORD, code="000000")
    done = anna.submit(wrong, "Make new codes", present=PASSWORD, code=printed[0])
    again = [found.get_text() for found in done.soup.select("main code")]
    assert len(again) == 10
    assert not set(again) & set(printed)


def test_turning_it_off_wants_both_too(
    printed: list[str], anna: Browser, app: Flask, cast: Cast, database: Database
) -> None:
    page = anna.look(anna.look("/second-step").link("New telephone, or turn it off"))
    anna.submit(page, "Turn it off", status=422, present="", code=printed[0])
    assert anna.submit(page, "Turn it off", present=PASSWORD, code=printed[0]).says("Two-step sign-in is off.")
    with database.reading() as session:
        assert second_factor_of(session, cast.anna.id) is None
    browser, _page = at_the_code(app)
    assert is_in(browser)


def test_an_administrator_helps_a_maker_who_lost_the_telephone(
    printed: list[str], client_for: Callable[..., Browser], cast: Cast, database: Database
) -> None:
    with database.writing() as session:
        session.add(SecondFactor(person_id=cast.maker.id, secret="A" * 32, confirmed_at=clock.now()))
    chief = client_for(cast.administrator, language="en")
    page = chief.look(chief.look("/c/cremona/roles").link("Lost telephone?"))
    assert page.says("Maker Prova can then sign in without a code")
    assert chief.submit(page, "Take it off", reason="Visto allo sportello").says("Done.")
    chief.look(f"/c/cremona/second-step/{cast.maker.id}", status=404)
    client_for(cast.other_maker).look(f"/c/cremona/second-step/{cast.anna.id}", status=404)
