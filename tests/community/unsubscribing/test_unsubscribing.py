"""The link that ends letters of a kind: looked at freely, pressed once, by a person or by their mail reader."""

from collections.abc import Iterator

import pytest
from flask import Flask

from community.notifications.actions import notify
from community.resting.notices import RESTING
from community.unsubscribing.pages import unsubscribe_url
from community.unsubscribing.rules import read, signed
from foundation.database import Database
from foundation.feature import Feature, registry
from foundation.mail import FolderMailbox, Letter
from foundation.web.state import installation
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from tests.community.letters import delivered

pytestmark = on_sqlite


@pytest.fixture
def stopped() -> Iterator[list[tuple[int, str]]]:
    """What was stopped: stands for the feature that keeps what people chose."""
    found: list[tuple[int, str]] = []
    features = registry.features
    hooks = {
        "stop_topic": lambda _session, person_id, topic: found.append((person_id, topic)),
        "topic_words": lambda topic: {"household": "household"}.get(topic, ""),
    }
    registry.features = (Feature(name="test", hooks=hooks), *features)
    yield found
    registry.features = features


def link(app: Flask, person_id: int) -> str:
    with app.test_request_context(base_url="http://localhost"):
        return unsubscribe_url(person_id, "household").removeprefix("http://localhost")


def test_looking_ends_nothing_and_the_button_does(app: Flask, cast: Cast, stopped: list[tuple[int, str]]) -> None:
    visitor = Browser(app, language="en")
    page = visitor.look(link(app, cast.anna.id))
    assert page.says("E-mail about: household.")
    assert stopped == []
    assert visitor.submit(page, "Yes, no more of these").says("Done: no more of these letters")
    assert stopped == [(cast.anna.id, "household")]


def test_a_mail_readers_own_button(app: Flask, cast: Cast, stopped: list[tuple[int, str]]) -> None:
    """RFC 8058: a POST with these words, no cookie and no token of ours."""
    answer = app.test_client().post(link(app, cast.anna.id), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert stopped == [(cast.anna.id, "household")]
    assert app.test_client().post("/notices/letter/test").status_code in (302, 400), "no other route goes without"


def test_nobody_makes_a_link_for_somebody_else(app: Flask, cast: Cast, stopped: list[tuple[int, str]]) -> None:
    key = installation(app).settings.signing_key
    word = signed(key, cast.anna.id, "household")
    assert read(key, word) == (cast.anna.id, "household")
    assert read("another", word) is None
    for wrong in (word[:-1], f"x{word}", signed("another", cast.anna.id, "household"), "x"):
        assert app.test_client().post(f"/letters/stop/{wrong}").status_code == 404
        assert app.test_client().get(f"/letters/stop/{wrong}").status_code == 404
    assert stopped == []


def test_where_nothing_can_be_stopped_there_is_no_link(app: Flask, cast: Cast, stopped: list[tuple[int, str]]) -> None:
    with app.test_request_context():
        assert unsubscribe_url(cast.anna.id, "account") == ""
        assert unsubscribe_url(cast.anna.id, "") == ""


def test_a_letter_carries_it(
    app: Flask, database: Database, cast: Cast, stopped: list[tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Letter] = []
    send = FolderMailbox.send

    def note(box: FolderMailbox, letter: Letter) -> None:
        sent.append(letter)
        send(box, letter)

    monkeypatch.setattr(FolderMailbox, "send", note)
    with database.writing() as session:
        params = {"community": "Cremona"}
        notify(session, person_id=cast.anna.id, community_id=cast.community.id, notice=RESTING, params=params)
    [kept] = delivered(app)
    [letter] = sent
    address = f"http://localhost{link(app, cast.anna.id)}"
    assert letter.unsubscribe_url == address
    assert letter.list_id == "household.cremona"
    assert address in kept.text
    assert f'<a href="{address}">' in kept.html
    assert "<h1>Per ora ti lasciamo riposare" in kept.html
