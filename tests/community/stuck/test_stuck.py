"""Letters that never arrived and work that was given up: an administrator sees them and has them tried again."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlmodel import col, select

from community.stuck import actions
from community.stuck.pages import reason
from community.stuck.queries import any_stuck, count_stuck, held_up, stuck_jobs, stuck_letters
from foundation import clock, jobs, outbox
from foundation.database import Database, Session
from foundation.errors import Missing
from foundation.jobs import Job
from foundation.jobs.tables import QueuedJob
from foundation.outbox import OutboxMessage, Undeliverable, deliver_due
from tests.cast import Cast
from tests.client import Browser, on_sqlite

SECRET = {"secret": "s3cr3t"}


def refused(_session: Session, _payload: Mapping[str, Any]) -> None:
    raise Undeliverable("refused with [550]")


@pytest.fixture
def stuck(database: Database, cast: Cast) -> Cast:
    """A letter to Anna, one with a link of hers, one to Zoe of another community, and a job: all given up."""
    letters = (
        (cast.anna.id, cast.community.id, {}),
        (cast.anna.id, None, SECRET),
        (cast.zoe.id, cast.other_community.id, {}),
        (cast.zoe.id, None, {}),
    )
    with database.writing() as session:
        for person_id, community_id, values in letters:
            payload = {"person_id": person_id, "community_id": community_id, "notice": "x:y", "params": {}}
            outbox.put(session, "mail", {**payload, "endpoint": "", "values": values})
        jobs.enqueue(session, "tidy")
    deliver_due(database, {"mail": refused})
    with database.writing() as session:
        [job] = session.exec(select(QueuedJob))
        job.dead_at, job.last_error = clock.now(), "ValueError: <b>"
    return cast


def open_again(database: Database) -> list[int | None]:
    with database.reading() as session:
        rows = session.exec(select(OutboxMessage).where(col(OutboxMessage.dead_at).is_(None)))
        return [row.payload["person_id"] for row in rows]


def test_an_administrator_sees_those_of_the_community(database: Database, stuck: Cast) -> None:
    with database.reading() as session:
        actor = stuck.administrator.actor
        found = stuck_letters(session, actor)
        assert [(letter.person.id, letter.had_secret) for letter in found] == [
            (stuck.anna.id, True),
            (stuck.anna.id, False),
        ]
        assert [job.kind for job in stuck_jobs(session, actor)] == ["tidy"]
        assert count_stuck(session, actor) == 3
        assert session.scalar(select(any_stuck(actor))) == 1
        for nobody in (stuck.anna.actor, stuck.maker.actor):
            assert count_stuck(session, nobody) == 0
            assert any_stuck(nobody) is None
            with pytest.raises(Missing):
                stuck_letters(session, nobody)


def test_trying_again_delivers_it(database: Database, stuck: Cast) -> None:
    with database.writing() as session:
        letter = next(one for one in stuck_letters(session, stuck.administrator.actor) if not one.had_secret)
        actions.try_again(session, stuck.administrator.actor, "letter", letter.id)
    assert open_again(database) == [stuck.anna.id]
    got: list[Mapping[str, Any]] = []
    assert deliver_due(database, {"mail": lambda _session, payload: got.append(payload)}) == 1
    assert got[0]["outbox_id"] == letter.id
    with database.writing() as session, pytest.raises(Missing):
        actions.try_again(session, stuck.administrator.actor, "letter", letter.id)


def test_a_job_runs_again(database: Database, stuck: Cast) -> None:
    with database.writing() as session:
        [job] = stuck_jobs(session, stuck.administrator.actor)
        actions.try_again(session, stuck.administrator.actor, "job", job.id)
    assert jobs.run_due(database, {"tidy": Job("tidy", lambda _session, _payload: None)}) == 1


def test_another_communitys_letters_are_not_there(database: Database, stuck: Cast) -> None:
    with database.reading() as session:
        foreign = session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id).desc()).limit(1)).one()
    for act in (actions.try_again, actions.drop):
        with database.writing() as session, pytest.raises(Missing):
            act(session, stuck.administrator.actor, "letter", foreign.id)


@on_sqlite
def test_on_the_pages(stuck: Cast, client_for: Callable[..., Browser]) -> None:
    browser = client_for(stuck.administrator, language="en")
    home = browser.look("/c/cremona/")
    assert home.says("3 things got stuck")
    page = browser.look(browser.look("/c/cremona/running").link("What got stuck"))
    assert page.says("The address does not take our letters")
    assert page.says("ValueError: <b>")
    assert page.says("they can ask for another one")
    page = browser.submit(page, "Try again")
    assert page.says("We are trying again.")
    page = browser.submit(browser.submit(page, "Let it go"), "Let it go")
    assert page.says("Nothing got stuck")
    assert client_for(stuck.administrator).look("/c/cremona/running/stuck").says("Non si è fermato niente")


@on_sqlite
def test_on_the_command_line(app: Flask, stuck: Cast) -> None:
    run = app.test_cli_runner().invoke
    with app.app_context():
        listed = run(args=["stuck", "list"])
        assert listed.exit_code == 1
        assert listed.output.count("Undeliverable: refused with [550]") == 4
        assert run(args=["stuck", "retry", "letter"]).exit_code == 2
        assert "4 to be tried again." in run(args=["stuck", "retry", "letter", "--all"]).output
        assert "1 to be tried again." in run(args=["stuck", "retry", "job", "1"]).output
        assert run(args=["stuck", "list"]).output == "Nothing got stuck.\n"


# ---------------------------------------------------------------- other channels, and all at once


def not_let_in(_session: Session, _payload: Mapping[str, Any]) -> None:
    raise OSError("SMTPAuthenticationError: (535, b'5.7.8 wrong password')")


def put_one(database: Database, cast: Cast, channel: str, deliver: Any) -> None:
    payload = {"person_id": cast.anna.id, "community_id": cast.community.id, "notice": "x:y", "params": {}}
    with database.writing() as session:
        outbox.put(session, channel, {**payload, "endpoint": "", "values": {}})
    deliver_due(database, {channel: deliver})


@pytest.mark.parametrize("channel", ["push", "push_device", "notice"])
def test_every_channel_is_seen_and_tried_again(database: Database, cast: Cast, channel: str) -> None:
    put_one(database, cast, channel, refused)
    with database.writing() as session:
        [found] = stuck_letters(session, cast.administrator.actor)
        assert found.channel == channel
        actions.try_again(session, cast.administrator.actor, "letter", found.id)
    assert deliver_due(database, {channel: lambda _session, _payload: None}) == 1


def test_what_fails_shows_before_it_is_given_up(database: Database, cast: Cast) -> None:
    for _time in range(2):
        put_one(database, cast, "mail", not_let_in)
    with database.reading() as session:
        [waits] = held_up(session, cast.administrator.actor)
        assert (waits.channel, waits.count) == ("mail", 2)
        assert "535" in waits.error
        with pytest.raises(Missing):
            held_up(session, cast.maker.actor)
    assert deliver_due(database, {"mail": lambda _session, _payload: None}) == 0, "not due yet"
    with database.writing() as session:
        assert actions.try_all_again(session, cast.administrator.actor) == 2
    assert deliver_due(database, {"mail": lambda _session, _payload: None}) == 2


def test_all_at_once_but_dead_links(database: Database, stuck: Cast) -> None:
    with database.writing() as session:
        assert actions.try_all_again(session, stuck.administrator.actor) == 2
    with database.reading() as session:
        [left] = stuck_letters(session, stuck.administrator.actor)
        assert left.had_secret
        assert len(stuck_jobs(session, stuck.administrator.actor)) == 0
    assert open_again(database) == [stuck.anna.id], "and nothing of another community"


@on_sqlite
def test_it_stands_on_the_page(database: Database, cast: Cast, client_for: Callable[..., Browser]) -> None:
    put_one(database, cast, "mail", not_let_in)
    browser = client_for(cast.administrator, language="en")
    page = browser.look("/c/cremona/running/stuck")
    assert page.says("1 message waits by e-mail")
    assert page.says("The mail server does not let us in")
    assert browser.submit(page, "Try all of it again now").says("We are trying all of it again.")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("Undeliverable: refused with 550 5.1.1", "The address does not take"),
        ("SMTPRecipientsRefused: {'a@x': (550, b'5.7.1 Relaying denied')}", "does not let us in"),
        ("SMTPServerDisconnected: Connection unexpectedly closed", "could not be reached"),
        ("NotNow: the push service answered 503", "brings notices to telephones"),
    ],
)
def test_reasons_in_words(app: Flask, error: str, words: str) -> None:
    with app.test_request_context(), force_locale("en"):
        assert words in reason(error)
