"""A household divides, joins another, or moves: both sides agree, and nothing is lost in the ledger."""

import pytest
from sqlmodel import col, select

from community.communities.tables import CommunityRules
from community.households.actions import (
    add_dependant,
    decide_change,
    move_household,
    propose_to_divide,
    propose_to_join,
    start_household,
    withdraw_change,
)
from community.households.queries import changes_of, dependants_of
from community.households.tables import HouseholdChange
from community.members.queries import actor_for
from community.members.tables import Membership
from community.moderation.actions import block
from community.moderation.policies import are_blocked
from community.parties.actions import edit_party, end_person
from community.parties.queries import people_of
from community.parties.tables import Party, PartyMember
from exchanges.ledger.actions import give_hours
from exchanges.ledger.queries.accounts import account_of
from exchanges.ledger.queries.statement import Wish, statement_of
from exchanges.ledger.queries.verification import faults, hold_still
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Database
from foundation.errors import DomainError, Invalid, Missing, Refused
from tests.cast import Cast, Member
from tests.exchanges.agreements.stage import Stage


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


@pytest.fixture
def elia(stage: Stage) -> Member:
    """Another adult of Anna's household, and of no other."""
    member = stage.second_adult(stage.cast.anna, "elia")
    with stage.database.writing() as session:
        own = select(PartyMember).where(
            PartyMember.person_id == member.id, PartyMember.party_id != stage.cast.anna.party.id
        )
        for row in session.scalars(own):
            session.delete(row)
    return member


def now(stage: Stage, who: Member) -> Actor:
    with stage.database.reading() as session:
        return actor_for(session, who.id, stage.cast.community.id)


def give(stage: Stage, giver: Member, to: Member, minutes: int) -> None:
    with stage.database.writing() as session:
        give_hours(session, giver.actor, to.party.id, minutes, request_key=f"{giver.id}-{to.id}-{minutes}")


def divide(stage: Stage, who: Member, **more: object) -> int:
    full = {"name": "Casa nuova", "zone_id": stage.cast.zones["po"].id, "share": "half", **more}
    with stage.database.writing() as session:
        return propose_to_divide(session, now(stage, who), stage.cast.anna.party.id, **full).id


def join(stage: Stage, who: Member, into: Member) -> int:
    with stage.database.writing() as session:
        return propose_to_join(session, who.actor, who.party.id, into.party.id).id


def decide(stage: Stage, who: Member, change_id: int, *, yes: bool = True) -> None:
    actor = now(stage, who)
    with stage.database.writing() as session:
        decide_change(session, actor, change_id, yes=yes)


def balance(stage: Stage, party_id: int) -> int:
    with stage.database.reading() as session:
        return account_of(session, party_id).balance


def is_sound(stage: Stage) -> bool:
    with stage.database.reading() as session:
        hold_still(session)
        return list(faults(session, stage.cast.community.id)) == []


@pytest.mark.parametrize(
    ("share", "minutes", "along"), [("nothing", 0, 0), ("half", 0, 45), ("all", 0, 91), ("some", 30, 30)]
)
def test_dividing_the_hours_as_agreed(stage: Stage, elia: Member, share: str, minutes: int, along: int) -> None:
    anna = stage.cast.anna
    give(stage, stage.cast.bashir, anna, 91)
    change_id = divide(stage, elia, share=share, minutes=minutes)
    assert balance(stage, anna.party.id) == 91, "nothing happens before the yes"
    decide(stage, anna, change_id)
    new_id = now(stage, elia).party_id
    assert new_id != anna.party.id
    assert (balance(stage, anna.party.id), balance(stage, new_id)) == (91 - along, along)
    with stage.database.reading() as session:
        assert [person.id for person in people_of(session, anna.party.id)] == [anna.id]
        if along:
            movement = statement_of(session, account_of(session, new_id).id, Wish())[0]
            assert (movement.kind, movement.memo, movement.source_kind) == (
                "leaving", "Divisione della famiglia", "household_change",
            )  # fmt: skip
    assert is_sound(stage)


def test_what_is_owed_is_divided_too(stage: Stage, elia: Member) -> None:
    anna = stage.cast.anna
    give(stage, anna, stage.cast.bashir, 90)
    decide(stage, anna, divide(stage, elia))
    assert (balance(stage, anna.party.id), balance(stage, now(stage, elia).party_id)) == (-45, -45)


def test_who_one_looks_after_goes_along(stage: Stage, elia: Member) -> None:
    anna = stage.cast.anna
    with stage.database.writing() as session:
        stays = add_dependant(session, anna.actor, anna.party.id, nickname="Pulce", age_band="3-5").id
        goes = add_dependant(session, anna.actor, anna.party.id, nickname="Nonna", age_band="elder").id
    decide(stage, anna, divide(stage, elia, dependants=[goes]))
    actor = now(stage, elia)
    with stage.database.reading() as session:
        assert [one.id for one in dependants_of(session, actor, actor.party_id)] == [goes]
        assert [one.id for one in dependants_of(session, anna.actor, anna.party.id)] == [stays]


def test_the_one_who_proposes_does_not_decide(stage: Stage, elia: Member) -> None:
    change_id = divide(stage, elia)
    for who in (elia, stage.cast.bashir, stage.cast.zoe):
        with pytest.raises(Missing):
            decide(stage, who, change_id)
    decide(stage, stage.cast.anna, change_id, yes=False)
    with pytest.raises(Missing):
        decide(stage, stage.cast.anna, change_id)
    assert now(stage, elia).party_id == stage.cast.anna.party.id


def test_dividing_is_no_way_around_a_block(stage: Stage, elia: Member) -> None:
    """Whoever set it, it holds for both households that come of one."""
    cast = stage.cast
    with stage.database.writing() as session:
        block(session, cast.chiara.actor, cast.anna.party.id)
        block(session, cast.anna.actor, cast.bashir.party.id)
    decide(stage, cast.anna, divide(stage, elia))
    mine = now(stage, elia).party_id
    assert mine != cast.anna.party.id
    with stage.database.reading() as session:
        for one in (mine, cast.anna.party.id):
            assert are_blocked(session, one, cast.chiara.party.id)
            assert are_blocked(session, one, cast.bashir.party.id)
        assert not are_blocked(session, mine, cast.anna.party.id)


def test_a_new_proposal_takes_the_place_of_the_old(stage: Stage, elia: Member) -> None:
    first, second = divide(stage, elia), divide(stage, elia, share="nothing")
    with stage.database.reading() as session:
        assert session.get(HouseholdChange, first).state == "withdrawn"
        assert [one.id for one in changes_of(session, now(stage, stage.cast.anna))] == [second]
    with stage.database.writing() as session:
        withdraw_change(session, stage.cast.anna.actor, second)
    with pytest.raises(Missing):
        decide(stage, stage.cast.anna, second)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"share": "some", "minutes": 91}, Invalid),
        ({"share": "some"}, Invalid),
        ({"share": "a third"}, Invalid),
        ({"name": " "}, Invalid),
        ({"zone_id": 999_999}, Missing),
        ({"dependants": [999_999]}, Invalid),
    ],
)
def test_what_cannot_be_divided(stage: Stage, elia: Member, wrong: dict, error: type[DomainError]) -> None:
    give(stage, stage.cast.bashir, stage.cast.anna, 90)
    with pytest.raises(error):
        divide(stage, elia, **wrong)


def test_alone_there_is_nobody_to_divide_with(stage: Stage) -> None:
    with pytest.raises(Refused):
        divide(stage, stage.cast.anna)


def test_a_balance_that_shrank_meanwhile(stage: Stage, elia: Member) -> None:
    give(stage, stage.cast.bashir, stage.cast.anna, 90)
    change_id = divide(stage, elia, share="some", minutes=90)
    give(stage, stage.cast.anna, stage.cast.chiara, 60)
    with pytest.raises(Invalid):
        decide(stage, stage.cast.anna, change_id)
    assert now(stage, elia).party_id == stage.cast.anna.party.id, "nothing was done"


def test_two_households_become_one(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    give(stage, stage.cast.chiara, anna, 60)
    give(stage, stage.cast.dario, bashir, 30)
    post_id = stage.post(anna)
    with stage.database.writing() as session:
        add_dependant(session, anna.actor, anna.party.id, nickname="Pulce", age_band="3-5")
        block(session, stage.cast.dario.actor, anna.party.id)
    decide(stage, bashir, join(stage, anna, bashir))
    assert (balance(stage, anna.party.id), balance(stage, bashir.party.id)) == (0, 90)
    actor = now(stage, anna)
    assert (actor.party_ids, actor.zone_id) == ((bashir.party.id,), stage.cast.zones["po"].id)
    with stage.database.reading() as session:
        assert session.get(Party, anna.party.id).closed_at is not None
        assert session.get(Post, post_id).party_id == bashir.party.id
        assert [one.nickname for one in dependants_of(session, actor, bashir.party.id)] == ["Pulce"]
        assert are_blocked(session, stage.cast.dario.party.id, bashir.party.id), "a block goes with the people"
        zone = select(Membership.zone_id).where(col(Membership.person_id) == anna.id)
        assert session.scalar(zone) == stage.cast.zones["po"].id
    assert is_sound(stage)


def test_nothing_open_is_lost_by_joining(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    change_id = join(stage, anna, bashir)
    stage.proposed(anna, stage.cast.chiara)
    with pytest.raises(Refused):
        decide(stage, bashir, change_id)
    with pytest.raises(Refused):
        join(stage, anna, bashir)


def test_only_households_that_may_meet_join(stage: Stage) -> None:
    anna = stage.cast.anna
    for other in (stage.cast.bakery, stage.cast.zoe, anna):
        with pytest.raises(Invalid):
            join(stage, anna, other)
    change_id = join(stage, anna, stage.cast.bashir)
    with stage.database.writing() as session:
        block(session, stage.cast.bashir.actor, anna.party.id)
    with pytest.raises(Refused):
        decide(stage, stage.cast.bashir, change_id)


def test_moving_to_another_zone_takes_the_posts_along(stage: Stage) -> None:
    anna, po = stage.cast.anna, stage.cast.zones["po"].id
    post_id = stage.post(anna)
    entrusted = stage.post(anna, "need", visibility="confidential")
    with stage.database.writing() as session:
        move_household(session, anna.actor, anna.party.id, po, address="Via Nuova 2")
    with stage.database.reading() as session:
        assert session.get(Post, post_id).zone_id == po
        assert session.get(Post, entrusted).zone_id == anna.party.zone_id
        assert session.get(Party, anna.party.id).address == "Via Nuova 2"
    with stage.database.writing() as session, pytest.raises(Invalid):
        move_household(session, anna.actor, anna.party.id, po, address="")


def test_welcome_hours_come_once(stage: Stage, elia: Member) -> None:
    with stage.database.writing() as session:
        rules = session.scalars(
            select(CommunityRules).where(CommunityRules.community_id == stage.cast.community.id)
        ).one()
        rules.welcome_minutes = 120
        end_person(session, elia.actor, stage.cast.anna.party.id, elia.id)
    with stage.database.writing() as session:
        party = start_household(session, actor_for(session, elia.id, stage.cast.community.id))
    assert balance(stage, party.id) == 0


def test_posts_move_along_also_when_only_the_zone_is_changed(stage: Stage) -> None:
    """The form of name and place moves a household too; what only makers read stays with those it was entrusted to."""
    anna, po = stage.cast.anna, stage.cast.zones["po"].id
    offer = stage.post(anna)
    closed = stage.post(anna, "need", visibility="confidential")
    stage.do(edit_party, anna, anna.party.id, name="Casa Anna", about="", address="", zone_id=po)
    with stage.database.reading() as session:
        assert session.get_one(Post, offer).zone_id == po
        assert session.get_one(Post, closed).zone_id == stage.cast.zones["centro"].id
