"""From a stranger's first look to a member's home, on the pages."""

from collections.abc import Callable

import pytest
from flask import Flask

from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from tests.community.joining.door import apply, invite, standing
from tests.community.letters import delivered, put

pytestmark = on_sqlite
WHO = {"given_name": "Nadia", "family_name": "Nuova", "email": "nadia@example.org", "phone": "333 1234567"}


def english(app: Flask) -> Browser:
    browser = Browser(app, language="en")
    browser.client.set_cookie("language", "en")
    return browser


def link_of(app: Flask) -> str:
    return delivered(app)[0].links[0].removeprefix("http://localhost")


def test_the_whole_way_with_a_maker(app: Flask, cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = english(app)
    form = browser.look(browser.look("/c/cremona/").link("Join the community"))
    thanks = browser.submit(form, "Ask to join", zone_id=cast.zones["centro"].id, **WHO)
    assert thanks.says("look in your mail")
    letters = {letter.to: letter for letter in delivered(app)}
    mine = letters["Nadia Nuova <nadia@example.org>"]
    opened = browser.look(mine.links[0].removeprefix("http://localhost"))
    assert opened.says("Is nadia@example.org yours?")
    where = browser.submit(opened, "Yes, it is mine", password="quattro merli in giardino")
    assert where.address == "/c/cremona/join/standing"
    assert where.says("The makers of Centro have it since")
    assert browser.look("/c/cremona/me").address == "/c/cremona/join/standing", "until then there is no more to see"
    maker = client_for(cast.maker, language="en")
    assert maker.look("/c/cremona/").says("1 person would like to join")
    dossier = maker.look(maker.look("/c/cremona/applications").link("Nadia Nuova"))
    assert dossier.says("333 1234567")
    maker.submit(dossier, "Let them in")
    again = maker.submit(dossier, "Let them in")
    assert again.address.endswith("/applications"), "who presses twice is led back to the list all the same"
    assert again.says("Welcomed.")
    home = browser.look("/c/cremona/join/standing")
    assert home.soup.h1.get_text() == "Hello, Nadia"
    again = english(app)
    page = again.submit(
        again.look("/sign-in"), "Sign in", email="nadia@example.org", password="quattro merli in giardino"
    )
    assert page.address == "/c/cremona/"


def test_the_letter_opened_again_leads_on(app: Flask, cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = english(app)
    browser.submit(browser.look("/c/cremona/join"), "Ask to join", zone_id=cast.zones["centro"].id, **WHO)
    mine = next(letter for letter in delivered(app) if letter.to.startswith("Nadia"))
    address = mine.links[0].removeprefix("http://localhost")
    browser.submit(browser.look(address), "Yes, it is mine")
    again = browser.look(address)
    assert again.address == "/c/cremona/join/standing"
    assert again.says("You have used this link already, and all is well")
    english(app).look(address, status=410)
    client_for(cast.anna).look(address, status=410)


def test_by_invitation_in_one_go(
    app: Flask, database: Database, cast: Cast, client_for: Callable[..., Browser]
) -> None:
    maker = client_for(cast.maker, language="en")
    poster = maker.submit(maker.look("/c/cremona/invitations"), "Make the invitation", uses="2", days="7")
    address = poster.soup.select_one(".r-break").get_text()
    assert poster.soup.find("svg", class_="segno") or poster.soup.select_one(".r-qr svg")
    browser = english(app)
    form = browser.look(address.removeprefix("http://localhost"))
    assert form.says("Maker Prova invites you: you come in at once.")
    browser.submit(form, "Come in", zone_id=cast.zones["centro"].id, **WHO)
    browser.submit(browser.look(link_of(app)), "Yes, it is mine")
    assert browser.look("/c/cremona/").soup.h1.get_text() == "Hello, Nadia"
    assert maker.look("/c/cremona/invitations").says("1 place left of 2")


def test_a_known_address_gets_the_same_answer(app: Flask, cast: Cast) -> None:
    answers = []
    for email in ("nadia@example.org", "anna@example.org"):
        browser = english(app)
        form = browser.look("/c/cremona/join")
        answers.append(browser.submit(form, "Ask to join", zone_id=cast.zones["po"].id, **{**WHO, "email": email}))
    assert answers[0].words == answers[1].words


@pytest.mark.parametrize(
    "wrong",
    [
        {"given_name": ""},
        {"given_name": "x" * 81},
        {"given_name": "Na\x00dia"},
        {"email": "non un indirizzo"},
        {"email": ""},
        {"phone": "chiamami"},
        {"zone_id": ""},
        {"zone_id": "999999"},
        {"zone_id": "uno"},
        {"applies_for": "bank"},
        {"applies_for": "school", "party_name": ""},
        {"party_name": "x" * 121},
    ],
)
def test_wrong_words_lose_nothing(app: Flask, database: Database, cast: Cast, wrong: dict[str, str]) -> None:
    browser = english(app)
    fields = {**WHO, "zone_id": cast.zones["po"].id, "family_name": "🙂 <b>Nuova</b>", **wrong}
    again = browser.submit(browser.look("/c/cremona/join"), "Ask to join", status=422, **fields)
    assert again.errors()
    assert again.soup.find("input", attrs={"name": "family_name"})["value"] == "🙂 <b>Nuova</b>"
    assert put(database) == []


def test_letters_are_not_sent_without_end(app: Flask, cast: Cast) -> None:
    browser = english(app)
    for status in (200, 200, 200, 429):
        form = browser.look("/c/cremona/join")
        browser.submit(
            form, "Ask to join", status=status, zone_id=cast.zones["po"].id, **{**WHO, "email": "anna@example.org"}
        )


def test_a_maker_declines_with_words(
    app: Flask, database: Database, cast: Cast, client_for: Callable[..., Browser]
) -> None:
    apply(database, cast)
    maker = client_for(cast.maker, language="en")
    _person, membership = standing(database, cast)
    page = maker.look(f"/c/cremona/applications/{membership.id}")
    again = maker.submit(page, "Decline for now", status=422, reason="")
    maker.submit(again, "Decline for now", reason="Prima un caffè?")
    letter = next(one for one in delivered(app) if one.subject.startswith("Una risposta"))
    assert "Prima un caffè?" not in letter.text, "it is read in the app"
    stale = maker.post(
        f"/c/cremona/applications/{membership.id}/approve", status=409, token_from="/c/cremona/invitations"
    )
    assert stale.says("Somebody has decided on this already.")


def test_another_community_with_the_same_account(app: Flask, cast: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(cast.zoe, language="en")
    form = browser.look("/c/cremona/join")
    assert form.soup.find("input", attrs={"name": "email"}) is None
    page = browser.submit(form, "Ask to join", zone_id=cast.zones["po"].id)
    assert page.address == "/c/cremona/join/standing"
    assert browser.look("/?all=1").says("Your request is waiting")
    assert browser.look("/c/cremona/join").address == "/c/cremona/join/standing"


def test_a_link_into_a_household(app: Flask, cast: Cast, client_for: Callable[..., Browser]) -> None:
    anna = client_for(cast.anna, language="en")
    made = anna.submit(anna.look("/c/cremona/household/"), "Invite another adult")
    path = made.soup.select_one(".r-break").get_text().removeprefix("http://localhost")
    bashir = client_for(cast.bashir, language="en")
    page = bashir.submit(bashir.look(path), "Yes, I am with them")
    assert page.says("You are acting for Bashir e famiglia")
    switched = bashir.submit(page, "Anna e famiglia")
    assert switched.says("You are acting for Anna e famiglia")
    assert english(app).look(path, status=410).says("This invitation no longer works")
    client_for(cast.chiara).look(made.address, status=404)


def test_spent_links_are_kind(app: Flask, cast: Cast) -> None:
    browser = english(app)
    assert browser.look("/c/cremona/invited/nothing").says("This invitation was used up or has ended.")
    browser.look("/c/cremona/join/confirm/nothing", status=410)
    browser.look("/c/cremona/together/nothing", status=410)
    browser.look("/c/cremona/invitations/nothing", follow=True)


def test_strangers_see_no_queue(cast: Cast, database: Database, client_for: Callable[..., Browser]) -> None:
    apply(database, cast)
    number = standing(database, cast)[1].id
    for who in (cast.anna, cast.other_maker):
        client_for(who).look(f"/c/cremona/applications/{number}", status=404)
    client_for(cast.anna).look("/c/cremona/applications", status=404)
    client_for(cast.anna).look("/c/cremona/invitations", status=404)


def test_every_write_wants_its_token(app: Flask, database: Database, cast: Cast) -> None:
    secret = invite(database, cast)
    for address in (
        "join",
        f"invited/{secret}",
        "join/confirm/x",
        "together/x",
        "applications/1/approve",
        "invitations",
    ):
        english(app).post(f"/c/cremona/{address}", status=400)
