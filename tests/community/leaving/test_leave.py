"""Leaving a community: what ends, what stays with others, and the way back."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from community.leaving.actions import come_back, finish, leave, move_hours
from community.leaving.queries import departure_waiting
from community.leaving.tables import Departure
from community.members.queries import actor_for, membership_of, person_by_email
from community.members.tables import Membership, Person, RoleGrant
from community.parties.tables import Party, PartyMember
from exchanges.agreements import actions as agreements
from exchanges.agreements.tables import Agreement
from exchanges.ledger.actions import give_hours
from exchanges.ledger.queries.accounts import account_of
from exchanges.ledger.queries.statement import Wish, statement_of
from exchanges.ledger.queries.verification import faults, hold_still
from exchanges.posts.tables import Post
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused
from foundation.outbox.tables import OutboxMessage
from tests.cast import Cast, Member
from tests.exchanges.agreements.stage import Stage

SOMEBODY = "Qualcuno che è andato via"


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


def go(stage: Stage, who: Member, **more: object) -> int:
    with stage.database.writing() as session:
        return leave(session, actor_for(session, who.id, who.actor.community_id), **more).id


def time_passes(stage: Stage, departure_id: int) -> None:
    """The two weeks are over."""
    with stage.database.writing() as session:
        session.get(Departure, departure_id).ends_at = clock.now() - timedelta(minutes=1)


def is_over(stage: Stage, departure_id: int) -> bool:
    time_passes(stage, departure_id)
    with stage.database.writing() as session:
        assert finish(session, departure_id)
    with stage.database.writing() as session:
        return move_hours(session, departure_id)


def told(stage: Stage, person: Member) -> list[str]:
    with stage.database.reading() as session:
        rows = session.scalars(select(OutboxMessage))
        return [row.payload["notice"] for row in rows if row.payload["person_id"] == person.id]


def balance(stage: Stage, party_id: int) -> int:
    with stage.database.reading() as session:
        return account_of(session, party_id).balance


def test_what_is_open_ends_and_the_others_are_told(stage: Stage) -> None:
    anna, bashir, chiara = stage.cast.anna, stage.cast.bashir, stage.cast.chiara
    agreed = stage.accepted(bashir, anna, starts_at=clock.now() + timedelta(days=1))
    proposed = stage.proposed(anna, chiara)
    written = stage.delivered(anna, bashir)
    go(stage, anna)
    assert stage.state(agreed) == "cancelled"
    assert stage.state(proposed) == "declined"
    assert stage.state(written) == "delivered", "hours given are owed"
    assert stage.reserved(anna) == 0
    assert "agreements:left" in told(stage, bashir)
    assert "agreements:left" in told(stage, chiara)
    with stage.database.reading() as session:
        assert not session.scalars(
            select(Post).where(col(Post.party_id) == anna.party.id, col(Post.state) == "open")
        ).all()
        assert not actor_for(session, anna.id, stage.cast.community.id).is_member
        assert session.get(Party, anna.party.id).closed_at is not None
        assert departure_waiting(session, stage.cast.community.id, anna.id) is not None
    assert "leaving:you_left" in told(stage, anna)
    assert "leaving:member_left" in told(stage, stage.cast.maker)


def test_one_tap_brings_everything_back(stage: Stage) -> None:
    anna = stage.cast.anna
    with stage.database.writing() as session:
        give_hours(session, stage.cast.bashir.actor, anna.party.id, 90, request_key="ninety")
    post_id = stage.post(anna)
    go(stage, anna)
    with stage.database.writing() as session:
        come_back(session, stage.cast.community.id, anna.id)
    with stage.database.reading() as session:
        actor = actor_for(session, anna.id, stage.cast.community.id)
        assert actor.party_id == anna.party.id
        assert session.get(Post, post_id).state == "open"
        assert session.get(Party, anna.party.id).name == "Anna e famiglia"
    assert balance(stage, anna.party.id) == 90
    with stage.database.writing() as session, pytest.raises(Missing):
        come_back(session, stage.cast.community.id, anna.id)


def test_after_two_weeks_nothing_says_who_it_was_and_the_ledger_holds(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    stage.settled(anna, bashir)
    departure_id = go(stage, anna)
    assert is_over(stage, departure_id)
    with stage.database.reading() as session:
        person, party = session.get(Person, anna.id), session.get(Party, anna.party.id)
        assert (person.name, party.name) == (SOMEBODY, SOMEBODY)
        assert (person.email, person.phone, person.password_hash, party.address) == (None, "", None, "")
        assert person_by_email(session, "anna@example.org") is None
        account = account_of(session, bashir.party.id)
        movement = statement_of(session, account.id, Wish())[0]
        assert movement.with_parties == (SOMEBODY,)
    with stage.database.reading() as session:
        hold_still(session)
        assert list(faults(session, stage.cast.community.id)) == []
    assert balance(stage, anna.party.id) == 0
    assert balance(stage, stage.cast.fund.id) == 60
    with stage.database.writing() as session, pytest.raises(Missing):
        come_back(session, stage.cast.community.id, anna.id)
    with stage.database.writing() as session:
        assert not finish(session, departure_id), "again it changes nothing"


def test_hours_go_to_whom_they_choose(stage: Stage) -> None:
    anna, chiara = stage.cast.anna, stage.cast.chiara
    with stage.database.writing() as session:
        give_hours(session, stage.cast.bashir.actor, anna.party.id, 90, request_key="ninety")
    with pytest.raises(Invalid):
        go(stage, anna, hours_to_party_id=stage.cast.zoe.party.id)
    with pytest.raises(Invalid):
        go(stage, anna, hours_to_party_id=anna.party.id)
    assert is_over(stage, go(stage, anna, hours_to_party_id=chiara.party.id))
    assert balance(stage, chiara.party.id) == 90
    assert balance(stage, stage.cast.fund.id) == 0


def test_the_fund_bears_what_is_owed(stage: Stage) -> None:
    anna = stage.cast.anna
    with stage.database.writing() as session:
        give_hours(session, anna.actor, stage.cast.bashir.party.id, 90, request_key="ninety")
    assert is_over(stage, go(stage, anna, hours_to_party_id=stage.cast.chiara.party.id))
    assert balance(stage, anna.party.id) == 0
    assert balance(stage, stage.cast.fund.id) == -90


def test_hours_wait_for_what_still_waits_for_a_yes(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.delivered(anna, bashir)
    departure_id = go(stage, anna)
    assert not is_over(stage, departure_id)
    stage.do(agreements.confirm, bashir, agreement_id, None)
    with stage.database.writing() as session:
        assert move_hours(session, departure_id)
    assert (balance(stage, anna.party.id), balance(stage, stage.cast.fund.id)) == (0, 60)


def test_one_of_two_adults_leaves_and_the_household_stays(stage: Stage) -> None:
    anna = stage.cast.anna
    other = stage.second_adult(anna, "elia")
    mine = stage.accepted(anna, stage.cast.bashir, starts_at=clock.now() + timedelta(days=1))
    with stage.database.writing() as session:
        session.get(Agreement, mine).adult_id = anna.id
        for row in session.scalars(
            select(PartyMember).where(PartyMember.person_id == other.id, PartyMember.party_id != anna.party.id)
        ):
            session.delete(row)
    kept = stage.accepted(anna, stage.cast.chiara, starts_at=clock.now() + timedelta(days=1))
    with stage.database.writing() as session:
        session.get(Agreement, kept).adult_id = other.id
    departure_id = go(stage, anna)
    assert stage.state(mine) == "cancelled"
    assert stage.state(kept) == "accepted"
    assert "leaving:person_left" in told(stage, other)
    with stage.database.reading() as session:
        assert session.get(Party, anna.party.id).closed_at is None
    assert is_over(stage, departure_id)
    with stage.database.reading() as session:
        assert session.get(Party, anna.party.id).name == "Anna e famiglia"
        assert session.get(Person, anna.id).email is None


def test_who_belongs_elsewhere_keeps_their_account(stage: Stage) -> None:
    zoe = stage.cast.zoe
    with stage.database.writing() as session:
        session.add(
            Membership(
                community_id=stage.cast.community.id,
                person_id=zoe.id,
                zone_id=stage.cast.zones["po"].id,
                state="approved",
            )
        )
    departure_id = go(stage, zoe)
    assert is_over(stage, departure_id)
    with stage.database.reading() as session:
        assert session.get(Person, zoe.id).email == "zoe@example.org"
        assert session.get(Party, zoe.party.id).closed_at is not None


def test_roles_end_and_somebody_must_be_able_to_give_them(stage: Stage) -> None:
    go(stage, stage.cast.maker)
    with stage.database.reading() as session:
        roles = session.scalars(select(RoleGrant).where(RoleGrant.person_id == stage.cast.maker.id)).all()
        assert all(role.ends_at is not None for role in roles)
    with pytest.raises(Refused):
        go(stage, stage.cast.administrator)


def test_who_does_not_belong_has_nothing_to_leave(stage: Stage) -> None:
    go(stage, stage.cast.anna)
    with stage.database.writing() as session, pytest.raises(Missing):
        leave(session, stage.cast.anna.actor)
    with stage.database.reading() as session:
        assert membership_of(session, stage.cast.community.id, stage.cast.anna.id).state == "left"
