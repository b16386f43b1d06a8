"""Undoing a whole import: while nothing was built on it, all or nothing, with a ledger that still verifies."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from community.availability.tables import Availability
from community.communities.actions import change_rules
from community.communities.rules import RuleBook
from community.importing.actions import members_import
from community.members.queries import actor_for
from community.members.tables import Membership, Person
from community.moderation.actions import report
from community.parties.tables import Party, PartyMember, PartySkill
from exchanges.agreements.actions import propose
from exchanges.agreements.rules import Terms
from exchanges.ledger.actions import give_hours
from exchanges.ledger.queries.verification import faults, hold_still
from exchanges.ledger.tables import Account, Transfer
from exchanges.posts.actions import close_post
from exchanges.posts.tables import Post
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid, Stale
from foundation.importing import read_table
from foundation.importing.kinds import kind_for
from foundation.importing.runs import remember_import, take_run, undo_run
from foundation.importing.tables import ImportRun
from foundation.outbox.tables import OutboxMessage
from foundation.search.tables import SearchEntry
from tests.cast import Cast
from tests.client import on_sqlite
from tests.importing import Desk

REGISTER = (
    "Codice;Famiglia;Nome;Cognome;E-mail;Zona;Possiamo dare;Di chi ci prendiamo cura\n"
    "1;F1;Samira;Bennani;samira@example.org;Po;Riparazioni;Lilli (6-10)\n"
    "2;F2;Giorgio;Bonini;;Centro;;\n"
    "3;F2;Ida;Vitale;;Centro;;\n"
)
POSTS = (
    "Codice;Tipo;Titolo;Categoria;Chi;Durata\n"
    "A1;offro;Orli e cerniere;Riparazioni;1;1 h\n"
    "A2;cerco;Un passaggio;Passaggi;2;\n"
)
BALANCES = "Famiglia;Saldo\nF1;-1 h 30\nF2;12 h\n"


@pytest.fixture
def desk(database: Database, cast: Cast) -> Desk:
    return Desk(database, cast.administrator.actor)


@pytest.fixture
def members(desk: Desk) -> int:
    return desk.bring("members", REGISTER)


def count(desk: Desk, *conditions: Any) -> int:
    with desk.database.reading() as session:
        return session.scalar(select(func.count()).where(*conditions)) or 0


def balances(desk: Desk) -> dict[str | None, int]:
    with desk.database.reading() as session:
        found = select(Party.import_key, Account.balance).join(Account, col(Account.party_id) == col(Party.id))
        return dict(session.exec(found.where(col(Party.import_key).is_not(None))).all())


def named(desk: Desk, name: str) -> Person:
    with desk.database.reading() as session:
        return session.exec(select(Person).where(col(Person.given_name) == name)).one()


def must_verify(desk: Desk) -> None:
    with desk.database.reading() as session:
        hold_still(session)
        assert list(faults(session)) == []


def test_members_go_and_nothing_of_them_is_left_but_an_empty_account(desk: Desk, members: int) -> None:
    before = count(desk, col(Membership.id).is_not(None))
    run = desk.undo(members)
    assert (run.state, run.obstacles, run.undone_by_id) == ("undone", [], desk.actor.person_id)
    assert count(desk, col(Membership.id).is_not(None)) == before - 3
    for words in ("Samira", "Giorgio", "Ida"):
        assert count(desk, col(Person.given_name) == words) == 0
    assert count(desk, col(Person.email) == "samira@example.org") == 0
    assert count(desk, col(Party.import_key).in_(("F1", "F2"))) == 0
    assert count(desk, col(Party.name).contains("Samira")) == 0
    with desk.database.reading() as session:
        closed = session.exec(select(Party).where(col(Party.name) == "—")).all()
        assert len(closed) == 2
        assert all(party.closed_at for party in closed)
        ids = [party.id for party in closed]
        for table in (PartyMember, PartySkill):
            assert session.exec(select(table).where(col(table.party_id).in_(ids))).all() == []
        assert session.exec(select(Account.balance).where(col(Account.party_id).in_(ids))).all() == [0, 0]
    must_verify(desk)


def test_the_same_register_can_be_taken_in_again(desk: Desk, members: int) -> None:
    desk.undo(members)
    again = desk.bring("members", REGISTER)
    assert desk.run(again).new == 3
    assert named(desk, "Samira").email == "samira@example.org"


def test_welcome_hours_are_undone_with_them(desk: Desk, cast: Cast) -> None:
    with desk.database.writing() as session:
        change_rules(session, desk.actor, RuleBook(welcome_minutes=60))
    run_id = desk.bring("members", REGISTER)
    assert balances(desk) == {"F1": 60, "F2": 60}
    assert desk.undo(run_id).state == "undone"
    assert count(desk, col(Transfer.kind) == "reversal") == 2
    must_verify(desk)


ZOE = "Codice;Nome;E-mail;Zona\n9;Zoe;zoe@example.org;Po\n"


def from_the_command_line(desk: Desk, content: str) -> int:
    """Take members in as an operator does, remembered beside what was taken in from the browser."""
    with desk.database.writing() as session:
        asked = members_import(session, "cremona")
        sheet = read_table(content.encode(), asked.columns)
        intake = asked.intake(sheet.rows)
        new = sum(intake.take_row(session, row) for row in sheet.rows)
        assert intake.finish is not None
        intake.finish(session, None)
        remember_import(session, asked, "soci.csv", content.encode(), len(sheet.rows), new, intake.made)
    with desk.database.reading() as session:
        return session.scalar(select(func.max(ImportRun.id))) or 0


def test_somebody_who_was_a_member_elsewhere_stays_a_person(desk: Desk, cast: Cast) -> None:
    run_id = from_the_command_line(desk, ZOE)
    assert count(desk, col(Membership.person_id) == cast.zoe.id) == 2
    assert desk.undo(run_id).state == "undone"
    assert named(desk, cast.zoe.person.given_name).email == "zoe@example.org"
    assert count(desk, col(Membership.person_id) == cast.zoe.id) == 1


def test_what_they_have_done_here_since_counts_what_they_do_elsewhere_does_not(desk: Desk, cast: Cast) -> None:
    run_id = from_the_command_line(desk, ZOE)
    with desk.database.writing() as session:
        here = actor_for(session, cast.zoe.id, cast.community.id)
        report(session, here, "party", cast.anna.party.id, reason="other", words="Mah.")
    assert desk.undo(run_id).obstacles


def test_what_is_taken_in_is_found_and_what_is_undone_is_not(desk: Desk, members: int) -> None:
    found = col(SearchEntry.kind) == "household"
    before = count(desk, found)
    run_id = desk.bring("members", "Codice;Nome;Cognome;Zona\n21;Wanda;Vitale;Po\n")
    assert count(desk, found) == before + 1
    assert desk.undo(run_id).state == "undone"
    assert count(desk, found) == before


def test_nobody_is_put_into_a_household_that_is_here(desk: Desk, members: int) -> None:
    run_id = desk.upload("members", "Codice;Famiglia;Nome;Zona\nX1;F1;Mallory;Po\n")
    assert "its own adults invite" in desk.check(run_id).faults[0]["message"]


def test_who_has_an_account_elsewhere_is_written_to_and_not_taken_in(desk: Desk, cast: Cast) -> None:
    """The answer is the one for who is a member already: a file does not tell who has an account."""
    run = desk.run(desk.bring("members", ZOE + "10;Wanda;;Po\n"))
    assert (run.new, run.unchanged, run.fault_count) == (1, 1, 0)
    assert count(desk, col(Membership.person_id) == cast.zoe.id) == 1
    letters = col(OutboxMessage.key).contains(f"joining:already_here:{cast.zoe.id}")
    assert count(desk, letters) == 1
    desk.bring("members", ZOE + "11;Ida;;Po\n")
    assert count(desk, letters) == 1


def test_not_once_somebody_has_signed_in(desk: Desk, members: int) -> None:
    with desk.database.writing() as session:
        session.exec(select(Person).where(col(Person.given_name) == "Samira")).one().email_confirmed_at = clock.now()
    run = desk.undo(members)
    assert (run.state, run.undone_at) == ("taken", None)
    assert run.obstacles == [{"message": "%(name)s has signed in.", "params": {"name": "Samira Bennani"}}]
    assert count(desk, col(Person.given_name).in_(("Samira", "Giorgio", "Ida"))) == 3


def test_not_once_somebody_has_posted_or_said_when_they_can(desk: Desk, members: int) -> None:
    posts = desk.bring("posts", POSTS)
    with desk.database.writing() as session:
        home = session.exec(select(Party).where(col(Party.import_key) == "F2")).one()
        session.add(Availability(party_id=home.id, weekday=1, part="morning", starts=540, ends=600))
    said = [each["message"] for each in desk.undo(members).obstacles]
    assert sorted(set(said)) == ["%(name)s has posted something.", "%(name)s has said when they can."]
    desk.undo(posts)
    assert [each["message"] for each in desk.undo(members).obstacles] == ["%(name)s has said when they can."]


def test_not_once_somebody_else_belongs_to_the_household(desk: Desk, members: int, cast: Cast) -> None:
    with desk.database.writing() as session:
        home = session.exec(select(Party).where(col(Party.import_key) == "F2")).one()
        session.add(PartyMember(party_id=home.id, person_id=cast.anna.id))
    assert "Somebody else belongs" in desk.undo(members).obstacles[0]["message"]


def test_posts_leave_the_board_for_good(desk: Desk, members: int) -> None:
    run_id = desk.bring("posts", POSTS)
    assert count(desk, col(SearchEntry.kind) == "post") == 2
    assert desk.undo(run_id).state == "undone"
    assert count(desk, col(Post.id).is_not(None)) == 0
    assert count(desk, col(SearchEntry.kind) == "post") == 0
    assert desk.run(desk.bring("posts", POSTS)).new == 2


def test_posts_stay_once_somebody_has_answered_one(desk: Desk, members: int, cast: Cast) -> None:
    run_id = desk.bring("posts", POSTS)
    with desk.database.writing() as session:
        post = session.exec(select(Post).where(col(Post.import_key) == "A1")).one()
        propose(session, cast.anna.actor, post.id, Terms(starts_at=clock.now() + timedelta(days=1), minutes=60))
    run = desk.undo(run_id)
    assert run.state == "taken"
    assert run.obstacles == [{"message": "Somebody has answered “%(title)s”.", "params": {"title": "Orli e cerniere"}}]
    assert count(desk, col(Post.import_key).in_(("A1", "A2"))) == 2


def test_posts_stay_once_one_was_reported(desk: Desk, members: int, cast: Cast) -> None:
    run_id = desk.bring("posts", POSTS)
    with desk.database.writing() as session:
        post = session.exec(select(Post).where(col(Post.import_key) == "A2")).one()
        report(session, cast.anna.actor, "post", post.id, reason="other", words="Mah.")
    assert desk.undo(run_id).obstacles[0]["message"] == "“%(title)s” was reported."


def test_posts_stay_once_their_owner_has_changed_one(desk: Desk, members: int) -> None:
    run_id = desk.bring("posts", POSTS)
    with desk.database.writing() as session, clock.at(clock.now() + timedelta(minutes=5)):
        post = session.exec(select(Post).where(col(Post.import_key) == "A1")).one()
        author = actor_for(session, post.author_id, post.community_id)
        close_post(session, author, post.id or 0, found=False)
    assert desk.undo(run_id).obstacles[0]["message"] == "“%(title)s” was changed since."


def test_a_file_of_posts_is_taken_in_by_parts(desk: Desk, members: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes its time, and nobody else writes meanwhile."""
    kind = kind_for(desk.actor, "posts")
    monkeypatch.setattr("foundation.importing.runs.kind_for", lambda *_: replace(kind, most_new=1))
    run_id = desk.upload("posts", POSTS)
    desk.check(run_id)
    with desk.database.writing() as session, pytest.raises(Invalid) as refused:
        take_run(session, desk.actor, run_id)
    assert "At most" in refused.value.message


def test_balances_are_undone_by_their_mirrors(desk: Desk, members: int) -> None:
    run_id = desk.bring("balances", BALANCES)
    assert balances(desk) == {"F1": -90, "F2": 720}
    assert desk.undo(run_id).state == "undone"
    assert balances(desk) == {"F1": 0, "F2": 0}
    with desk.database.reading() as session:
        mirrors = session.exec(select(Transfer).where(col(Transfer.kind) == "reversal")).all()
    assert {one.recorded_by_id for one in mirrors} == {desk.actor.person_id}
    assert len(mirrors) == 2
    must_verify(desk)


def test_other_balances_may_follow_those_that_were_undone(desk: Desk, members: int) -> None:
    desk.undo(desk.bring("balances", BALANCES))
    again = desk.bring("balances", BALANCES.replace("12 h", "10 h"))
    assert balances(desk) == {"F1": -90, "F2": 600}
    assert desk.undo(again).state == "undone"
    assert balances(desk) == {"F1": 0, "F2": 0}
    must_verify(desk)


def test_balances_stay_once_hours_have_moved(desk: Desk, members: int, cast: Cast) -> None:
    run_id = desk.bring("balances", BALANCES)
    with desk.database.writing() as session:
        home = session.exec(select(Party).where(col(Party.import_key) == "F1")).one()
        give_hours(session, cast.anna.actor, home.id, 30, request_key="a-gift")
    run = desk.undo(run_id)
    assert run.obstacles == [{"message": "Hours of %(name)s have moved since.", "params": {"name": "Samira Bennani"}}]
    assert balances(desk) == {"F1": -60, "F2": 720}
    must_verify(desk)


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
