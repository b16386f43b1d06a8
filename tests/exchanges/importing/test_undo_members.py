"""Members who were taken in are taken out again, while they have done nothing here."""

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
from exchanges.ledger.tables import Account, Transfer
from foundation import clock
from foundation.importing import read_table
from foundation.importing.runs import remember_import
from foundation.importing.tables import ImportRun
from foundation.outbox.tables import OutboxMessage
from foundation.search.tables import SearchEntry
from tests.cast import Cast
from tests.exchanges.importing.lists import HOUSEHOLDS, POSTS, balances, count, must_verify
from tests.importing import Desk


def named(desk: Desk, name: str) -> Person:
    with desk.database.reading() as session:
        return session.exec(select(Person).where(col(Person.given_name) == name)).one()


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
    again = desk.bring("members", HOUSEHOLDS)
    assert desk.run(again).new == 3
    assert named(desk, "Samira").email == "samira@example.org"


def test_welcome_hours_are_undone_with_them(desk: Desk, cast: Cast) -> None:
    with desk.database.writing() as session:
        change_rules(session, desk.actor, RuleBook(welcome_minutes=60))
    run_id = desk.bring("members", HOUSEHOLDS)
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
