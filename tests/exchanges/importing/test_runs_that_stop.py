"""An import whose worker was killed, broke or may no longer: nothing is kept, and it can be started again."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import col

from exchanges.posts.tables import Post
from foundation.errors import Stale
from foundation.importing import working
from foundation.importing.runs import (
    choose_places,
    has_stopped,
    take_run,
)
from foundation.importing.tables import ImportRun
from tests.cast import Cast
from tests.exchanges.importing.lists import POSTS, REGISTER, count, people
from tests.importing import Desk

DIES = """
import sys
from app import load_features
from foundation.crypto import keyring
from foundation.database import Database
from foundation.feature import registry
from foundation.importing import working
from foundation.jobs import run_due
from foundation.settings import Settings

def hang(*arguments):
    remember(*arguments)
    print("begun", flush=True)
    sys.stdin.read()

registry.register(load_features())
keyring.use(Settings(env="test").keyring())
remember, working.remember_made = working.remember_made, hang
run_due(Database(sys.argv[1]), {job.kind: job for job in working.JOBS if job.every is None})
"""
"""A worker that stops for ever when everything is written, still inside the transaction."""


def killed_while_taking(desk: Desk) -> None:
    address = desk.database.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-c", DIES, address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.kill()


def test_killed_half_way_it_leaves_nothing_says_so_and_can_be_started_again(desk: Desk) -> None:
    desk.bring("members", REGISTER)
    run_id = desk.upload("posts", POSTS)
    desk.check(run_id)
    with desk.database.writing() as session:
        take_run(session, desk.actor, run_id)
    killed_while_taking(desk)
    run = desk.run(run_id)
    assert run.state == "taking"
    assert has_stopped(run)
    assert count(desk, col(Post.import_key).is_not(None)) == 0
    run = desk.again(run_id)
    assert (run.state, run.new) == ("taken", 2)
    assert count(desk, col(Post.import_key).is_not(None)) == 2


def test_work_that_goes_on_is_not_started_again(desk: Desk) -> None:
    run_id = desk.upload("members", REGISTER)
    with desk.database.writing() as session:
        choose_places(session, desk.actor, run_id, desk.run(run_id).places)
    with pytest.raises(Stale):
        desk.again(run_id)


def test_what_breaks_is_told_and_can_be_started_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = desk.upload("members", REGISTER)
    desk.check(run_id)
    with monkeypatch.context() as patched:
        patched.setattr(working, "remember_made", lambda *_: 1 / 0)
        run = desk.take(run_id)
    assert (run.state, run.problem) == ("taking", working.BROKE)
    assert people(desk.database) == set()
    assert desk.again(run_id).state == "taken"


def test_who_may_no_longer_is_told_so(desk: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    run_id = desk.upload("members", REGISTER)
    desk.check(run_id)
    with desk.database.writing() as session:
        take_run(session, desk.actor, run_id)
        run = session.get(ImportRun, run_id)
        assert run is not None
        run.by_id = cast.anna.id
    desk.work()
    assert desk.run(run_id).problem == working.NO_LONGER_ALLOWED
    assert people(desk.database) == set()
