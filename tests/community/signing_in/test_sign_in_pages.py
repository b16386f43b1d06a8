"""Signing in and out on the pages."""

import re
from collections.abc import Callable
from functools import cache

import pytest
from flask import Flask

from community.members.queries import person_of
from community.signing_in.pages import entering as pages
from community.signing_in.pages import passwords
from foundation.crypto import hash_password
from foundation.crypto.passwords import Verdict
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, Page, on_sqlite
from tests.community.letters import delivered, secret_of, written
from tests.questions import noted

pytestmark = on_sqlite
GOOD = "tre gatti sul tetto"


@cache
def good_hash() -> str:
    return hash_password(GOOD)


def english(app: Flask) -> Browser:
    """A visitor's browser that speaks English before and after signing in."""
    fresh = Browser(app, language="en")
    fresh.client.set_cookie("language", "en")
    return fresh


@pytest.fixture
def browser(app: Flask, cast: Cast, database: Database) -> Browser:
    """A visitor's browser; Anna has a password."""
    with database.writing() as session:
        person_of(session, cast.anna.id).password_hash = good_hash()
    return english(app)


def sign_in(browser: Browser, email: str = "anna@example.org", password: str = GOOD, **options) -> Page:
    return browser.submit(browser.look("/sign-in"), "Sign in", email=email, password=password, **options)


def is_in(browser: Browser) -> bool:
    return browser.client.get("/c/cremona/me").status_code == 200


def test_the_right_password_opens_the_door(browser: Browser) -> None:
    assert sign_in(browser, email=" Anna@Example.ORG").address == "/c/cremona/"
    assert is_in(browser)


def test_wrong_password_and_unknown_address_look_the_same(browser: Browser) -> None:
    answers = [
        sign_in(browser, password="sbagliata sbagliata", status=422),
        sign_in(browser, email="nessuno@example.org", status=422),
        sign_in(browser, email="bashir@example.org", status=422),
        sign_in(browser, email="non è un indirizzo", status=422),
    ]
    hidden = re.compile(r'value="[^"]*"')
    assert len({hidden.sub("", answer.html) for answer in answers}) == 1
    assert answers[0].says("The e-mail or the password is not right.")
    assert not is_in(browser)


def test_each_costs_one_hash(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = pages.verify_password
    monkeypatch.setattr(pages, "verify_password", lambda kept, typed: asked.append(kept is None) or real(kept, typed))
    sign_in(browser, password="sbagliata sbagliata", status=422)
    sign_in(browser, email="nessuno@example.org", status=422)
    assert asked == [False, True]


def test_the_password_never_comes_back(browser: Browser) -> None:
    assert "sbagliata" not in sign_in(browser, password="sbagliata sbagliata", status=422).html


@pytest.mark.parametrize("email", ["anna@example.org", "nessuno@example.org"])
def test_after_five_one_waits_known_or_not(browser: Browser, email: str) -> None:
    for _ in range(5):
        sign_in(browser, email=email, password="sbagliata sbagliata", status=422)
    page = sign_in(browser, email=email, status=429)
    assert page.says("Too many attempts.")
    assert not is_in(browser)


def test_a_huge_password_is_refused_cheaply(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_hashing(*_arguments: object) -> None:
        raise AssertionError("it was hashed")

    monkeypatch.setattr(pages, "verify_password", no_hashing)
    sign_in(browser, password="x" * 1_500_000, status=422)
    browser.submit(browser.look("/sign-in"), "Sign in", email="a@b.it", password="x" * 10_000_000, status=422)


def test_a_flood_is_answered_without_hashing(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand sign-ins a minute, each at another account: one network gets thirty tries, and a hash for each."""
    hashed = []
    monkeypatch.setattr(pages, "verify_password", lambda *typed: hashed.append(typed) or Verdict(False, False))
    token = browser.look("/sign-in").soup.find("input", attrs={"name": "csrf_token"})["value"]
    met = [
        browser.client.post(
            "/sign-in", data={"csrf_token": token, "email": f"{number}@example.org", "password": "x"}
        ).status_code
        for number in range(80)
    ]
    assert met == [422] * 30 + [429] * 50
    assert len(hashed) == 30


def test_a_huge_present_password_is_refused_cheaply(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(browser)
    page = browser.look("/password")

    def no_hashing(*_arguments: object) -> None:
        raise AssertionError("it was hashed")

    monkeypatch.setattr(passwords, "verify_password", no_hashing)
    browser.submit(page, "Keep it", status=422, present="x" * 1_500_000, password="quattro merli in giardino")


@pytest.mark.parametrize("email", ["", "a" * 300 + "@b.it", "a\x00@b.it", "🙂", "<script>", "' OR 1=1 --"])
def test_odd_addresses(browser: Browser, email: str) -> None:
    assert not sign_in(browser, email=email, status=422).says("script>")
    assert not is_in(browser)


def test_one_goes_where_one_wanted_and_never_elsewhere(browser: Browser) -> None:
    wanted = browser.look("/c/cremona/me/profile")
    assert wanted.address == "/sign-in"
    page = browser.submit(wanted, "Sign in", email="anna@example.org", password=GOOD)
    assert page.address == "/c/cremona/me/profile"
    for outside in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\n/evil"):
        fresh = english(browser.app)
        page = fresh.look("/sign-in", query_string={"next": outside})
        answer = fresh.submit(page, "Sign in", email="anna@example.org", password=GOOD, follow=False, status=303)
        assert answer.response.headers["Location"] == "/c/cremona/", outside


def test_a_planted_session_is_dropped(browser: Browser) -> None:
    with browser.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    before = browser.look("/sign-in").soup.find("input", attrs={"name": "csrf_token"})["value"]
    sign_in(browser)
    with browser.client.session_transaction() as session:
        assert "planted" not in session
    browser.client.post("/sign-out", data={"csrf_token": before})
    assert is_in(browser), "a form made before signing in is worth nothing after it"


def test_a_forged_or_ended_session_is_nobody(browser: Browser, cast: Cast) -> None:
    for key in (
        str(cast.anna.id),
        f"{cast.anna.id}:2",
        f"{cast.anna.id}:",
        ":",
        "x:y",
        f"{cast.anna.id}:1:1",
        "9" * 50 + ":1",
    ):
        with browser.client.session_transaction() as session:
            session["_user_id"] = key
        assert not is_in(browser), key


def test_staying_signed_in_is_a_choice(browser: Browser) -> None:
    sign_in(browser)
    assert browser.client.get_cookie("remember") is not None
    shared = english(browser.app)
    sign_in(shared, remember=None)
    assert shared.client.get_cookie("remember") is None
    assert is_in(shared)


def test_signing_out(browser: Browser) -> None:
    sign_in(browser)
    browser.submit(browser.look("/c/cremona/me"), "Sign out")
    assert not is_in(browser)
    assert browser.client.get_cookie("remember") is None


def test_signing_out_everywhere_ends_the_other_telephone_too(browser: Browser) -> None:
    other = english(browser.app)
    sign_in(browser)
    sign_in(other)
    browser.submit(browser.look("/password"), "Sign out everywhere")
    assert not is_in(browser)
    other.client.delete_cookie("session")
    assert not is_in(other), "not even by the remembered cookie"


def test_a_link_by_e_mail(browser: Browser, app: Flask) -> None:
    asked = browser.look("/sign-in?next=/c/cremona/me/profile")
    sent = browser.submit(asked, "Send me a link instead", email="bashir@example.org", password="")
    assert sent.says("If bashir@example.org belongs to somebody here")
    letter = delivered(app)[0]
    assert letter.to == "Bashir Prova <bashir@example.org>"
    path = letter.links[0].removeprefix("http://localhost")
    opened = browser.look(path)
    assert not is_in(browser), "looking signs nobody in: scanners look too"
    assert browser.submit(opened, "Sign in").address == "/c/cremona/me/profile"
    assert is_in(browser)
    assert english(app).look(path, status=410).says("This link no longer works")


def test_a_link_to_an_unknown_address_says_the_same(browser: Browser) -> None:
    words = []
    for email in ("bashir@example.org", "nessuno@example.org"):
        page = browser.submit(browser.look("/sign-in"), "Send me a link instead", email=email, password="")
        words.append(page.words.replace(email, ""))
    assert words[0] == words[1]


@pytest.mark.parametrize(
    ("where", "button"), [("/sign-in", "Send me a link instead"), ("/password/forgotten", "Send me the link")]
)
def test_an_unknown_address_takes_the_same_work(browser: Browser, where: str, button: str) -> None:
    """What is done before the answer, statement by statement: so nothing can be read from how long it takes."""
    done = []
    for email in ("bashir@example.org", "nessuno@example.org"):
        page = browser.look(where)
        with noted() as asked:
            browser.submit(page, button, email=email)
        done.append(asked)
    assert done[0] == done[1]
    assert any("queued_job" in statement for statement in done[0])


def test_links_are_not_sent_without_end(browser: Browser) -> None:
    for _ in range(3):
        browser.submit(browser.look("/sign-in"), "Send me a link instead", email="bashir@example.org", password="")
    page = browser.look("/sign-in")
    assert browser.submit(page, "Send me a link", email="bashir@example.org", status=429).says("Too many attempts.")


def test_a_forgotten_password(browser: Browser, database: Database) -> None:
    browser.submit(browser.look("/password/forgotten"), "Send me the link", email="anna@example.org")
    written(browser.app)
    path = f"/password/new/{secret_of(database, 'signing_in:new_password')}"
    weak = browser.submit(browser.look(path), "Keep it", status=422, password="anna prova")
    assert weak.says("one of the first that anybody would try")
    done = browser.submit(weak, "Keep it", password="quattro merli in giardino")
    assert done.says("Your new password is kept.")
    assert is_in(browser)
    browser.look(path, status=410)
    sign_in(english(browser.app), status=422)
    sign_in(english(browser.app), password="quattro merli in giardino")


def test_changing_it_asks_for_the_present_one(browser: Browser) -> None:
    other = english(browser.app)
    sign_in(other)
    sign_in(browser)
    page = browser.look("/password")
    wrong = browser.submit(page, "Keep it", status=422, present="sbagliata", password="quattro merli in giardino")
    assert wrong.says("This is not your password.")
    browser.submit(wrong, "Keep it", present=GOOD, password="quattro merli in giardino")
    assert is_in(browser)
    assert not is_in(other)


def test_who_has_none_may_choose_one(cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.bashir, language="en")
    page = browser.look("/password")
    assert not page.soup.find("input", attrs={"name": "present"})
    assert browser.submit(page, "Keep it", password="quattro merli in giardino").says("Your new password is kept.")


def test_every_write_wants_its_token(browser: Browser) -> None:
    for address in ("/sign-in", "/sign-out", "/password/forgotten", "/sign-in/x", "/password/new/x", "/password"):
        browser.post(address, status=400, email="anna@example.org", password=GOOD)
