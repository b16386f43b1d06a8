"""A child goes along when a household divides: what was agreed for them by the old one is looked at again."""

import pytest
from sqlmodel import select

from community.dependants.rules import NotInOrder
from community.households.actions import decide_change, propose_to_divide
from community.members.queries import actor_for
from community.parties.tables import PartyMember
from exchanges.agreements import actions as agreements
from exchanges.entrusting.rules import NotSaid
from exchanges.groups import actions as groups
from exchanges.series import actions as series
from tests.cast import Member
from tests.exchanges.entrusting.stage import CareFor, GroupExchange, Series
from tests.exchanges.groups.stage import terms as together
from tests.exchanges.series.stage import weekly


@pytest.fixture
def sara(stage: CareFor) -> Member:
    """The other adult of Bashir's household, and of no other."""
    sara = stage.second_adult(stage.cast.bashir, "sara")
    with stage.database.writing() as session:
        own = select(PartyMember).where(
            PartyMember.person_id == sara.id, PartyMember.party_id != stage.cast.bashir.party.id
        )
        for row in session.scalars(own):
            session.delete(row)
    return sara


def goes_with(stage: CareFor, sara: Member, *children: int) -> None:
    bashir = stage.cast.bashir
    change = stage.do(
        propose_to_divide,
        sara,
        bashir.party.id,
        name="Casa di Sara",
        zone_id=stage.cast.zones["po"].id,
        share="nothing",
        dependants=children,
    )
    with stage.database.writing() as session:
        decide_change(session, actor_for(session, bashir.id, stage.cast.community.id), change.id, yes=True)
    stage.work()


def test_what_was_agreed_on_ends(stage: CareFor, sara: Member) -> None:
    child = stage.child(stage.cast.bashir)
    made, thread_id = stage.care(child)
    goes_with(stage, sara, child)
    assert stage.state(made) == "cancelled"
    assert stage.mails(stage.cast.anna)[-1] == "agreements:not_for_now"
    assert stage.reads(stage.cast.anna, thread_id) == []


def test_it_stands_for_who_stays(stage: CareFor, sara: Member) -> None:
    child, brother = stage.child(stage.cast.bashir), stage.child(stage.cast.bashir, "Leo")
    made = stage.asked()
    thread_id = stage.thread(made)
    stage.say(stage.cast.bashir, thread_id, child, brother)
    stage.do(agreements.accept, stage.cast.anna, made, None)
    goes_with(stage, sara, child)
    assert stage.state(made) == "accepted"
    assert [one.dependant.id for one in stage.reads(stage.cast.anna, thread_id)] == [brother]


def test_the_meetings_of_a_series_wait(stage: CareFor, sara: Member) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    child, brother = stage.child(bashir), stage.child(bashir, "Leo")
    made = stage.do(series.propose, bashir, stage.offer(anna), weekly())
    stage.say(bashir, stage.thread(made, Series), child)
    stage.do(series.accept, anna, made, None)
    goes_with(stage, sara, child)
    assert {state for _, state in stage.states(made)} == {"proposed"}
    stage.say(bashir, stage.thread(made, Series), brother)
    stage.roll(made)
    assert {state for _, state in stage.states(made)} == {"accepted"}


def test_a_place_in_a_group_is_free_again(stage: CareFor, sara: Member) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    child = stage.child(bashir)
    made = stage.do(groups.open_group, anna, stage.offer(anna, places=5), together())
    stage.say(bashir, stage.thread(made, GroupExchange), child)
    stage.do(groups.join, bashir, made, None)
    goes_with(stage, sara, child)
    assert stage.place_states(made) == ["left"]


def test_what_is_proposed_waits_until_it_is_said_anew(stage: CareFor, sara: Member) -> None:
    child, brother = stage.child(stage.cast.bashir), stage.child(stage.cast.bashir, "Leo")
    made = stage.asked()
    stage.say(stage.cast.bashir, stage.thread(made), child)
    goes_with(stage, sara, child)
    with pytest.raises((NotSaid, NotInOrder)):
        stage.do(agreements.accept, stage.cast.anna, made, None)
    stage.say(stage.cast.bashir, stage.thread(made), brother)
    stage.do(agreements.accept, stage.cast.anna, made, None)
