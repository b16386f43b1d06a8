"""An import of the browser, from upload to end: looked at first, all or nothing, once, whoever else is at it."""

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from community.members.tables import Membership, Person
from community.parties.tables import Party
from exchanges.ledger.queries.verification import faults, hold_still
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Grant
from foundation.database import Database
from foundation.errors import Invalid, Missing, Stale
from foundation.importing import working
from foundation.importing.runs import (
    KEPT_FOR,
    choose_places,
    file_of,
    forget_files,
    has_stopped,
    run_visible_to,
    runs_visible_to,
    take_run,
    withdraw_run,
)
from foundation.importing.tables import ImportMade, ImportRun
from foundation.outbox import OutboxMessage
from foundation.search.tables import SearchEntry
from tests.cast import Cast
from tests.importing import Desk

REGISTER = "Codice;Famiglia;Nome;E-mail;Zona\n1;F1;Samira;samira@example.org;Po\n2;F2;Giorgio;;Centro\n3;F3;Ida;;Po\n"
POSTS = (
    "Codice;Tipo;Titolo;Categoria;Chi;Durata\n"
    "A1;offro;Orli e cerniere;Riparazioni;1;1 h\n"
    "A2;cerco;Un passaggio;Passaggi;2;\n"
)
BALANCES = "Famiglia;Saldo\nF1;-1 h 30\nF2;12 h\n"


@pytest.fixture
def desk(database: Database, cast: Cast) -> Desk:
    return Desk(database, cast.administrator.actor)


def people(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.exec(select(Person.given_name).where(col(Person.import_key).is_not(None))))


def count(database: Database, *conditions: Any) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).where(*conditions)) or 0


def test_a_register_is_looked_at_before_anything_is_kept(desk: Desk) -> None:
    run = desk.check(desk.upload("members", REGISTER, "soci.csv"))
    assert (run.state, run.lines, run.new, run.unchanged, run.fault_count) == ("checked", 3, 3, 0, 0)
    first = {part["column"]: part.get("words") for part in run.preview[0]["cells"]}
    assert first == {
        "code": "1",
        "household": "F1",
        "given_name": "Samira",
        "email": "samira@example.org",
        "zone": "Po",
    }
    assert people(desk.database) == set()


def test_then_it_is_taken_in_and_the_file_let_go(desk: Desk) -> None:
    run_id = desk.upload("members", REGISTER)
    desk.check(run_id)
    run = desk.take(run_id)
    assert (run.state, run.new, run.preview) == ("taken", 3, [])
    assert people(desk.database) == {"Samira", "Giorgio", "Ida"}
    with desk.database.reading() as session:
        assert file_of(session, run_id) is None
        made = session.exec(select(ImportMade.kind).where(col(ImportMade.run_id) == run_id)).all()
        decided_by = set(
            session.exec(select(Membership.decided_by_id).where(col(Membership.person_id) > desk.actor.person_id))
        )
    assert sorted(made) == ["member"] * 3 + ["party"] * 3 + ["person"] * 3
    assert desk.actor.person_id in decided_by


def test_posts_and_balances_come_after(desk: Desk) -> None:
    for kind, content in (("members", REGISTER), ("posts", POSTS), ("balances", BALANCES)):
        desk.bring(kind, content)
    with desk.database.reading() as session:
        post = session.exec(select(Post).where(col(Post.import_key) == "A1")).one()
        assert (post.state, post.recorded_by_id) == ("open", desk.actor.person_id)
    with desk.database.reading() as session:
        hold_still(session)
        assert list(faults(session)) == []
    assert count(desk.database, col(OutboxMessage.id).is_not(None)) == 0


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    for kind, content in (("members", REGISTER), ("posts", POSTS), ("balances", BALANCES)):
        desk.bring(kind, content)
        run_id = desk.upload(kind, content)
        run = desk.check(run_id)
        assert (run.new, run.unchanged) == (0, run.lines)
        with desk.database.writing() as session, pytest.raises(Invalid):
            take_run(session, desk.actor, run_id)


def test_columns_can_be_told_apart_by_hand(desk: Desk) -> None:
    unknown = "a;b;c\nSamira;x;Po\nGiorgio;y;Centro\n"
    run_id = desk.upload("members", unknown)
    assert desk.run(run_id).places == {}
    run = desk.check(run_id, {"given_name": 0, "zone": 2})
    assert (run.new, run.fault_count) == (2, 0)
    assert desk.check(run_id, {"given_name": 0}).fault_count == 1
    desk.check(run_id, {"given_name": 0, "zone": 2})
    desk.take(run_id)
    assert people(desk.database) == {"Samira", "Giorgio"}


def test_a_single_wrong_line_keeps_everything_out(desk: Desk) -> None:
    run_id = desk.upload("members", REGISTER.replace("Centro", "Atlantide"))
    run = desk.check(run_id)
    assert (run.state, run.new, run.fault_count) == ("checked", 2, 1)
    assert run.faults[0]["line"] == 3
    with desk.database.writing() as session, pytest.raises(Invalid):
        take_run(session, desk.actor, run_id)
    assert people(desk.database) == set()


def test_what_is_wrong_only_when_it_is_written_keeps_everything_out_too(desk: Desk, cast: Cast) -> None:
    desk.bring("members", REGISTER)
    run_id = desk.upload("posts", POSTS)
    desk.check(run_id)
    with desk.database.writing() as session:
        session.exec(select(Person).where(col(Person.given_name) == "Giorgio")).one().import_key = "somewhere:else"
        home = session.exec(select(Party).where(col(Party.import_key) == "F2")).one()
        home.import_key = "gone"
    run = desk.take(run_id)
    assert (run.state, run.fault_count) == ("checked", 1)
    assert count(desk.database, col(Post.import_key) == "A1") == 0
    with desk.database.reading() as session:
        assert file_of(session, run_id) is not None


def take_in_at_once(desk: Desk, runs: list[int]) -> None:
    """Both are looked at, then two workers set to it at the same moment."""
    for run_id in runs:
        desk.check(run_id)
    for run_id in runs:
        with desk.database.writing() as session:
            take_run(session, desk.actor, run_id)
    workers = [threading.Thread(target=desk.work) for _ in runs]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def test_two_who_take_in_the_same_file_take_it_in_once(desk: Desk) -> None:
    desk.bring("members", REGISTER)
    for kind, content in (("posts", POSTS), ("balances", BALANCES)):
        runs = [desk.upload(kind, content) for _ in range(2)]
        take_in_at_once(desk, runs)
        assert sorted(desk.run(run_id).new for run_id in runs) == [0, 2]
        assert {desk.run(run_id).state for run_id in runs} == {"taken"}
    with desk.database.reading() as session:
        hold_still(session)
        assert list(faults(session)) == []
    assert count(desk.database, col(Post.import_key).is_not(None)) == 2


def test_two_who_take_in_the_same_register_at_once(desk: Desk) -> None:
    without_codes = "Nome;Zona\nSamira;Po\nGiorgio;Centro\nIda;Po\n"
    runs = [desk.upload("members", without_codes) for _ in range(2)]
    take_in_at_once(desk, runs)
    assert sorted(desk.run(run_id).new for run_id in runs) == [0, 3]
    assert people(desk.database) == {"Samira", "Giorgio", "Ida"}


def test_pressing_the_button_twice_starts_it_once(desk: Desk) -> None:
    run_id = desk.upload("members", REGISTER)
    desk.check(run_id)
    with desk.database.writing() as session:
        take_run(session, desk.actor, run_id)
    with desk.database.writing() as session, pytest.raises(Stale):
        take_run(session, desk.actor, run_id)
    desk.work()
    assert desk.run(run_id).new == 3


# ---------------------------------------------------------------- killed


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
    assert count(desk.database, col(Post.import_key).is_not(None)) == 0
    run = desk.again(run_id)
    assert (run.state, run.new) == ("taken", 2)
    assert count(desk.database, col(Post.import_key).is_not(None)) == 2


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


# ---------------------------------------------------------------- whose


def test_a_maker_takes_in_what_belongs_to_the_zones(database: Database, cast: Cast) -> None:
    maker = Desk(database, cast.maker.actor)
    run = maker.check(maker.upload("members", REGISTER + "4;;Anselmo;;Vescovato\n"))
    assert [fault["line"] for fault in run.faults] == [5]
    with pytest.raises(Missing):
        maker.upload("balances", BALANCES)


def test_a_maker_takes_in_posts_of_the_zones_only(database: Database, cast: Cast) -> None:
    administrator, other = Desk(database, cast.administrator.actor), Desk(database, cast.other_maker.actor)
    administrator.bring("members", REGISTER)
    run = other.check(other.upload("posts", POSTS))
    assert [fault["line"] for fault in run.faults] == [2, 3]


def test_an_import_is_seen_by_who_made_it_and_by_administrators(database: Database, cast: Cast) -> None:
    run_id = Desk(database, cast.maker.actor).upload("members", REGISTER)
    with database.reading() as session:
        assert run_visible_to(session, cast.administrator.actor, run_id).id == run_id
        assert [run.id for run in runs_visible_to(session, cast.maker.actor)] == [run_id]
        assert runs_visible_to(session, cast.other_maker.actor) == []
        for actor in (cast.other_maker.actor, replace(cast.administrator.actor, community_id=cast.other_community.id)):
            with pytest.raises(Missing):
                run_visible_to(session, actor, run_id)
        member = replace(cast.anna.actor, grants=(Grant("member"),))
        assert runs_visible_to(session, member) == []


def test_a_file_nobody_takes_in_is_let_go_after_a_week(desk: Desk) -> None:
    run_id = desk.upload("members", REGISTER)
    with desk.database.writing() as session:
        assert forget_files(session) == 0
    with clock.at(clock.now() + KEPT_FOR * 1.1), desk.database.writing() as session:
        assert forget_files(session) == 1
    run = desk.run(run_id)
    assert (run.state, run.preview) == ("withdrawn", [])
    with desk.database.reading() as session:
        assert file_of(session, run_id) is None


def test_it_can_be_withdrawn(desk: Desk) -> None:
    run_id = desk.upload("members", REGISTER)
    desk.check(run_id)
    with desk.database.writing() as session:
        withdraw_run(session, desk.actor, run_id)
    assert desk.run(run_id).state == "withdrawn"
    with desk.database.writing() as session, pytest.raises(Stale):
        take_run(session, desk.actor, run_id)


def test_how_far_it_is_only_grows_up_to_the_last_line_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []

    class Heard(dict[tuple[int, int], tuple[int, int]]):
        def __setitem__(self, at: tuple[int, int], far: tuple[int, int]) -> None:
            told.append(far)

    monkeypatch.setattr(working, "_far", Heard())
    run_id = desk.upload("members", "Codice;Nome;Zona\n" + "".join(f"{one};Nome{one};Po\n" for one in range(450)))
    desk.check(run_id)
    assert told == sorted(told)
    assert told[-1] == (450, 450)
    told.clear()
    desk.take(run_id)
    assert told == sorted(told)
    assert told[-1] == (450, 450)
    # Nine steps written and nine found: others are answered after each fifty households.
    assert len([far for far, _ in told if far > 450 * 0.3]) >= 18
    told.clear()
    desk.undo(run_id)
    assert told == sorted(told)
    assert told[-1] == (450, 450)
    assert len(told) >= 10


def test_everybody_of_a_long_register_is_found(desk: Desk) -> None:
    before = count(desk.database, col(SearchEntry.kind) == "household")
    desk.bring("members", "Codice;Nome;Cognome;Zona\n" + "".join(f"{one};Nome{one};Re;Po\n" for one in range(250)))
    assert count(desk.database, col(SearchEntry.kind) == "household") == before + 250
