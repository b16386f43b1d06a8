"""The page of one's devices: on, off, and trials that say where they went."""

from collections.abc import Callable

from flask import Flask
from sqlmodel import select

from community.pushing.rules import signing_pair
from community.pushing.tables import PushSubscription
from foundation import clock
from foundation.database import Database
from foundation.outbox import OutboxMessage
from foundation.web.state import installation
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from tests.community.letters import delivered

pytestmark = on_sqlite
ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc"
SECRET = "A" * 22


def fill_in(browser: Browser, **told: str) -> object:
    page = browser.look("/notices/phone")
    key = page.soup.find(attrs={"data-push": True})["data-server-key"]
    return browser.submit(
        page, "/notices/phone", **{"endpoint": ENDPOINT, "public_key": str(key), "secret": SECRET, **told}
    )


def test_on_and_off(app: Flask, database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.anna, language="en")
    page = browser.look("/notices/phone")
    assert page.says("This browser cannot tell you while it is closed.")
    assert signing_pair(installation(app).settings.signing_key)[1] in page.html
    page = fill_in(browser)
    assert page.says("From now on this device tells you what is new.")
    assert page.says("Firefox, Linux")
    assert page.says("this one")
    assert client_for(cast.anna, language="en").look("/notices/phone").says("Your other devices")
    assert client_for(cast.bashir, language="en").look("/notices/phone").says("Firefox, Linux") is False
    page = browser.submit(page, "Turn off")
    assert page.says("That device tells you nothing any more.")
    with database.reading() as session:
        assert session.exec(select(PushSubscription)).all() == []


def test_an_address_inside_our_own_network(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.anna, language="en")
    assert fill_in(browser, endpoint="https://127.0.0.1/x").says("a service for notices that we do not know")
    assert fill_in(browser, endpoint="").says("no address for notices")
    assert fill_in(browser, secret="short").says("no address for notices")
    with database.reading() as session:
        assert session.exec(select(PushSubscription)).all() == []


def test_somebody_elses_device(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    fill_in(client_for(cast.anna))
    stranger = client_for(cast.chiara)
    token = stranger.look("/notices/phone").soup.find("input", attrs={"name": "csrf_token"})["value"]
    for deed in ("off", "test"):
        answer = stranger.client.post(f"/notices/phone/1/{deed}", data={"csrf_token": token})
        assert answer.status_code == 404
    with database.reading() as session:
        assert len(session.exec(select(PushSubscription)).all()) == 1


def test_a_trial_on_a_device(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.anna, language="en")
    page = browser.submit(fill_in(browser), "Send a trial notice")
    assert page.says("A trial notice is on its way to that device.")
    assert browser.submit(page, "Send a trial notice").says("You asked for one just now.")
    with database.reading() as session:
        [message] = session.exec(select(OutboxMessage).where(OutboxMessage.channel == "push_device"))
    assert message.payload["notice"] == "pushing:test_push"


def test_a_trial_letter(app: Flask, database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.anna, language="en")
    page = browser.submit(browser.look("/notices/phone"), "Send me a trial letter")
    assert page.says("A trial letter is on its way to anna@example.org.")
    assert browser.submit(page, "Send me a trial letter").says("You asked for one just now.")
    [letter] = [one for one in delivered(app) if "anna@" in one.to]
    assert letter.subject in ("A trial letter: it works", "Una lettera di prova: funziona")
    assert letter.links == ["http://localhost/notices/phone"]


def test_the_worker_says_a_new_address_while_no_page_is_open(
    database: Database, cast: Cast, client_for: Callable[..., Browser]
) -> None:
    browser = client_for(cast.anna, language="en")
    asked = browser.client.get("/notices/phone/renewed")
    assert asked.headers["Cache-Control"] == "no-store"
    assert (asked.json["on"], bool(asked.json["key"])) == (False, True)
    told = {
        "csrf_token": asked.json["token"],
        "endpoint": "https://fcm.googleapis.com/fcm/send/new",
        "public_key": asked.json["key"],
        "secret": SECRET,
    }
    assert browser.client.post("/notices/phone/renewed", data=told).status_code == 404, "nobody turned them on here"
    fill_in(browser)
    with database.writing() as session:
        session.exec(select(PushSubscription)).one().gone_at = clock.now()
    assert browser.client.get("/notices/phone/renewed").json["on"] is True
    assert browser.client.post("/notices/phone/renewed", data=told).status_code == 204
    with database.reading() as session:
        [device] = session.exec(select(PushSubscription)).all()
    assert (device.endpoint, device.gone_at) == (told["endpoint"], None)
    page = browser.look("/notices/phone")
    assert not page.says("From now on this device tells you"), "nothing is announced that nobody did"
    elsewhere = {**told, "endpoint": "https://127.0.0.1/x"}
    assert browser.client.post("/notices/phone/renewed", data=elsewhere).status_code == 422
    browser.submit(page, "Turn off")
    assert browser.client.get("/notices/phone/renewed").json["on"] is False


def test_a_visitor_renews_nothing(visitor: Browser) -> None:
    assert visitor.client.get("/notices/phone/renewed").status_code in (302, 303, 401)
