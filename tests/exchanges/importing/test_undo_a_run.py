"""Undoing a whole import: once, all or nothing, after what was built on it was undone."""

import pytest
from sqlmodel import col

from community.members.tables import Person
from foundation.errors import Stale
from foundation.importing.kinds import kind_for
from foundation.importing.runs import undo_run
from tests.client import on_sqlite
from tests.exchanges.importing.lists import BALANCES, POSTS, count, must_verify
from tests.importing import Desk


def test_members_can_be_undone_after_their_posts_and_balances(desk: Desk, members: int) -> None:
    posts, opening = desk.bring("posts", POSTS), desk.bring("balances", BALANCES)
    assert desk.undo(members).state == "taken"
    assert desk.undo(posts).state == desk.undo(opening).state == "undone"
    assert desk.undo(members).state == "undone"
    must_verify(desk)


def test_it_is_undone_once(desk: Desk, members: int) -> None:
    desk.undo(members)
    with desk.database.writing() as session, pytest.raises(Stale):
        undo_run(session, desk.actor, members)


def test_an_undo_that_breaks_half_way_takes_nothing_away(
    desk: Desk, members: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("community.importing.actions.undoing.take_out", lambda *_: 1 / 0)
        run = desk.undo(members)
    assert run.state == "undoing"
    assert run.problem
    assert count(desk, col(Person.given_name).in_(("Samira", "Giorgio", "Ida"))) == 3
    assert desk.again(members).state == "undone"


@on_sqlite
def test_asking_what_was_built_on_a_long_register_reads_each_table_once(desk: Desk) -> None:
    lines = "".join(f"{number};Nome{number};Centro\n" for number in range(600))
    run_id = desk.bring("members", "Codice;Nome;Zona\n" + lines)
    thousands = 0

    def count_them() -> int:
        nonlocal thousands
        thousands += 1
        return 0

    with desk.database.reading() as session:
        driver = session.connection().connection.driver_connection
        driver.set_progress_handler(count_them, 1000)
        assert kind_for(desk.actor, "members").obstacles(session, desk.actor, run_id) == []
        driver.set_progress_handler(None, 0)
    # One look at each table; a look for every line would be millions of steps.
    assert thousands < 1_000
