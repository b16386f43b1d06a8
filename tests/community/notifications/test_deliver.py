"""A notice becomes a letter in the reader's language, with a link that works."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlmodel import select, update

from community.members.queries import person_of
from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.references.notices import PLEASE
from community.signing_in.notices import LINK
from exchanges.agreements.notices import TOMORROW
from exchanges.searches.notices import FOUND_TODAY
from foundation import clock
from foundation.database import Database
from foundation.feature import registry
from foundation.mail import FolderMailbox
from foundation.outbox import OutboxMessage, deliver_due
from foundation.web.state import installation
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from tests.community.letters import delivered

pytestmark = on_sqlite
WORDS = {"who": "Marta", "name": "Prima\nun <b>caffè</b>?\r\nBcc: tutti@example.org"}


def tell(database: Database, cast: Cast, language: str = "en") -> None:
    with database.writing() as session:
        person_of(session, cast.anna.id).language = language
    with database.writing() as session:
        notify(
            session, person_id=cast.anna.id, community_id=cast.community.id, notice=PLEASE, params=WORDS,
            endpoint="joining.standing",
        )  # fmt: skip


def test_text_and_html_and_a_link(app: Flask, database: Database, cast: Cast) -> None:
    tell(database, cast)
    [letter] = delivered(app)
    assert letter.subject == "A few words about somebody you know"
    assert letter.to == "Anna Prova <anna@example.org>"
    assert "Hello Anna," in letter.text
    assert letter.links == ["http://localhost/c/cremona/join/standing"]
    assert "<b>caffè</b>" in letter.text
    assert "&lt;b&gt;caffè&lt;/b&gt;" in letter.html
    assert 'lang="en"' in letter.html


def test_in_the_language_of_the_reader(app: Flask, database: Database, cast: Cast) -> None:
    tell(database, cast, "it")
    [letter] = delivered(app)
    assert 'lang="it"' in letter.html
    assert letter.subject == "Due parole su una persona che conosci"


def test_every_notice_of_the_house_can_be_written(app: Flask, cast: Cast) -> None:
    notices = registry.every("notices")
    names = [notice.name for notice in notices]
    assert len(names) == len(set(names))
    assert {"joining:confirm", "signing_in:link", "addresses:changed"} <= set(names)


def test_who_is_gone_is_not_tried_for_ever(app: Flask, database: Database, cast: Cast) -> None:
    tell(database, cast)
    with database.writing() as session:
        person_of(session, cast.anna.id).email = None
    assert delivered(app) == []
    with database.reading() as session:
        assert session.get(OutboxMessage, 1).dead_at is not None


def test_the_page_of_letters(app: Flask, database: Database, cast: Cast) -> None:
    browser = Browser(app, language="en")
    assert browser.look("/development/mail").says("No letters yet")
    tell(database, cast)
    delivered(app)
    page = browser.look(browser.look("/development/mail").link("A few words about somebody you know"))
    assert page.link("join/standing") == "/c/cremona/join/standing"
    browser.look("/development/mail/nothing", status=404)


def test_there_is_no_such_page_where_people_are_real(app: Flask, database: Database, cast: Cast) -> None:
    settings = app.extensions["reciproca"].settings
    for name, value in (("env", "production"), ("mail_url", "smtp://localhost")):
        before = getattr(settings, name)
        object.__setattr__(settings, name, value)
        try:
            assert Browser(app).client.get("/development/mail").status_code == 404
        finally:
            object.__setattr__(settings, name, before)


def test_nothing_rings_at_night_that_was_held_up_by_day(app: Flask, database: Database, cast: Cast) -> None:
    """The mail server was away until after ten in the evening: the letter waits for the morning, untried."""
    evening = datetime(2026, 11, 25, 19, tzinfo=UTC)
    with clock.at(evening), database.writing() as session:
        notify(
            session, person_id=cast.anna.id, community_id=cast.community.id, notice=FOUND_TODAY, params={"number": 2},
            endpoint="searches.mine",
        )  # fmt: skip
    channels = {name: registry.merged("channels")[name] for name in ("notice", "mail")}
    for at, arrived in ((3, 0), (11, 0), (11.6, 1)):
        with app.app_context(), clock.at(evening + timedelta(hours=at)):
            deliver_due(installation(app).database, channels if at > 3 else {"notice": channels["notice"]})
            if at == 3:
                with database.writing() as session:  # it was due at once, and nobody was there to send it
                    session.exec(update(OutboxMessage).where(OutboxMessage.channel == "mail").values(due_at=evening))
                deliver_due(installation(app).database, channels)
        assert len(FolderMailbox(installation(app).settings.data_directory / "mail", "").letters()) == arrived, at
    with database.reading() as session:
        assert [row.attempts for row in session.exec(select(OutboxMessage))] == [1, 1]


@pytest.mark.parametrize(("hours", "letters"), [(9, 1), (23, 0)])
def test_who_was_away_for_a_day_says_nothing_stale(
    app: Flask, database: Database, cast: Cast, hours: int, letters: int
) -> None:
    """A meeting of Thursday afternoon, announced on Wednesday; the mail server is away."""
    noon = datetime(2026, 11, 25, 11, tzinfo=UTC)
    told = {"title": "Orli", "who": "Bashir", "starts_at": noon + timedelta(hours=28)}
    with clock.at(noon), app.app_context():
        with database.writing() as session:
            notify(
                session, person_id=cast.anna.id, community_id=cast.community.id, notice=TOMORROW, params=told,
                endpoint="communities.home",
            )  # fmt: skip
        deliver_due(database, {"notice": registry.merged("channels")["notice"]})
    with clock.at(noon + timedelta(hours=hours)), app.app_context():
        deliver_due(database, {"mail": registry.merged("channels")["mail"]})
    assert len(FolderMailbox(installation(app).settings.data_directory / "mail", "").letters()) == letters
    with database.reading() as session:
        assert all(row.done_at for row in session.exec(select(OutboxMessage))), "nobody tries for ever"


def test_what_waits_and_whom_to_call(app: Flask, database: Database, cast: Cast, client_for) -> None:
    from tests.cast import make_member

    with database.writing() as session:
        giorgio = make_member(session, cast, "giorgio", "vescovato", email=None)
        notify(session, person_id=giorgio.id, community_id=cast.community.id, notice=PLEASE, params=WORDS, endpoint="")
    browser = client_for(cast.other_maker, language="en")
    page = browser.look(browser.look("/c/cremona/waiting").link("1 person to call"))
    assert page.says("Giorgio Prova")
    assert page.says("A few words about somebody you know")
    assert page.link("+39 372 000000") == "tel:+39372000000"
    assert browser.submit(page, "Called, told").says("Nobody to call")
    client_for(cast.anna).look("/c/cremona/calls", status=404)
    assert client_for(cast.anna, language="en").look("/c/cremona/waiting").says("Nothing is waiting")


@pytest.mark.parametrize(("notice", "params", "by_night"), [(LINK, {}, 1), (PLEASE, WORDS, 0)])
def test_only_what_somebody_waits_for_comes_at_night(
    app: Flask, database: Database, cast: Cast, notice: Notice, params: dict[str, str], by_night: int
) -> None:
    night = datetime(2026, 11, 25, 23, tzinfo=UTC)
    with clock.at(night), database.writing() as session:
        notify(
            session, person_id=cast.anna.id, community_id=cast.community.id, notice=notice, params=params,
            endpoint="joining.standing",
        )  # fmt: skip
    for at, arrived in ((night, by_night), (night + timedelta(hours=8), 1)):
        with app.app_context(), clock.at(at):
            deliver_due(installation(app).database, {"mail": registry.merged("channels")["mail"]})
        assert len(FolderMailbox(installation(app).settings.data_directory / "mail", "").letters()) == arrived
