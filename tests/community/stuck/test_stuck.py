"""Letters that never arrived and work that was given up: an administrator sees them and has them tried again."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask
from sqlmodel import col, select

from community.stuck import actions
from community.stuck.queries import any_stuck, count_stuck, stuck_jobs, stuck_letters
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
