"""Where something is just over, just not yet, or somebody else's: each condition of shifts by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from civic_centers.activities.tables import ActivitySession
from civic_centers.volunteering import actions
from civic_centers.volunteering.queries.suiting import suitable_people
from civic_centers.volunteering.rules import AFTER, NotNow, Wanted
from civic_centers.volunteering.tables import SignUp
from community.members.tables import Membership
from community.parties.tables import Party
from foundation import clock
from foundation.errors import Invalid, Refused
from tests.civic_centers.stage import CenterStage, at
from tests.civic_centers.volunteering.shifts import afternoons, insure, slot, slot_row, states, take


def waiting_line(stage: CenterStage, *people: str) -> int:
    """A slot of one place, which the first of these has."""
    here = slot(stage)
    for who in people:
        take(stage, here, who)
    return here


def offered(stage: CenterStage) -> SignUp:
    with stage.database.reading() as session:
        return session.exec(select(SignUp).where(SignUp.state == "offered")).one()


def test_a_yes_that_comes_too_late_is_none_before_the_place_went_on(stage: CenterStage) -> None:
    here = waiting_line(stage, "anna", "chiara")
    stage.do(actions.give_up, stage.cast.anna, here)
    with clock.at(clock.now() + timedelta(hours=24)), pytest.raises(NotNow):
        stage.do(actions.accept_offer, stage.cast.chiara, here)
    assert states(stage, here)[1] == ("chiara", "offered")


def test_an_offer_stands_until_its_last_moment(stage: CenterStage) -> None:
    here = waiting_line(stage, "anna", "chiara", "dario")
    stage.do(actions.give_up, stage.cast.anna, here)
    with clock.at(clock.now() + timedelta(hours=23, minutes=59)), stage.database.writing() as session:
        actions.pass_over(session, offered(stage).id)
    assert states(stage, here)[1:] == [("chiara", "offered"), ("dario", "waiting")]


def test_who_only_waits_is_never_late(stage: CenterStage) -> None:
    here = waiting_line(stage, "anna", "chiara", "dario")
    with clock.at(at(20, 15)):
        assert not stage.do(actions.give_up, stage.cast.dario, here).late
        assert stage.do(actions.give_up, stage.cast.anna, here).late
        assert not stage.do(actions.give_up, stage.cast.chiara, here).late  # a no to what was offered just now


def test_who_is_no_member_any_more_is_passed_by(stage: CenterStage) -> None:
    here = waiting_line(stage, "anna", "chiara", "dario")
    with stage.database.writing() as session:
        for member in session.exec(select(Membership).where(Membership.person_id == stage.cast.chiara.id)):
            member.state = "left"
    stage.do(actions.give_up, stage.cast.anna, here)
    assert states(stage, here)[1:] == [("chiara", "waiting"), ("dario", "offered")]


def test_the_door_closes_half_a_day_after(stage: CenterStage) -> None:
    insure(stage)
    row = take(stage, slot(stage))
    with clock.at(at(20, 18) + AFTER + timedelta(seconds=1)), pytest.raises(NotNow):
        stage.do(actions.check_in, stage.cast.anna, row.id)
    with clock.at(at(20, 18) + AFTER):
        assert stage.do(actions.check_in, stage.cast.anna, row.id).came_at == clock.now()


def test_who_came_was_not_missing(stage: CenterStage) -> None:
    insure(stage)
    here = slot(stage)
    row = take(stage, here)
    with clock.at(at(20, 16)):
        stage.do(actions.check_in, stage.cast.anna, row.id)
        with pytest.raises(NotNow):
            stage.do(actions.note_missed, stage.cast.bashir, row.id)
    assert states(stage, here) == [("anna", "held")]


def test_nobody_confirms_the_hours_of_their_household(stage: CenterStage) -> None:
    bashir, anna = stage.cast.bashir, stage.cast.anna
    at_home = replace(anna.actor, party_id=bashir.party.id, party_ids=(bashir.party.id,))
    row = stage.do(actions.sign_up, replace(anna, actor=at_home), slot(stage, exchange=True))
    with clock.at(at(20, 18)), pytest.raises(Refused, match="your household"):
        stage.do(actions.confirm, bashir, row.id, 120)


def test_what_is_over_is_called_off_no_more(stage: CenterStage) -> None:
    here = slot(stage)
    take(stage, here)
    with clock.at(at(20, 18)), pytest.raises(NotNow):
        stage.do(actions.cancel_slot, stage.cast.bashir, here, reason="Neve")
    activity_id, dates = afternoons(stage, 21)
    wanted = [Wanted("Alla porta", party_id=stage.cast.bakery.party.id)]
    stage.do(actions.make_for_sessions, stage.cast.bashir, activity_id, wanted, dates)
    with clock.at(at(21, 18)), stage.database.writing() as session:
        ones = [session.get_one(ActivitySession, dates[0])]
        actions.cancel_of_sessions(session, stage.cast.bashir.actor, ones, "Neve")
    assert slot_row(stage, here).state == slot_row(stage, here + 1).state == "open"


def test_nobody_is_asked_to_come_to_what_has_begun(stage: CenterStage) -> None:
    take(stage, slot(stage, day=13), "chiara")
    here = slot(stage)
    with stage.database.writing() as session:
        session.get_one(type(slot_row(stage, here)), here).cover_asked_at = clock.now()
    for moment, number in ((at(20, 16), 0), (at(20, 15, 59), 1)):
        with clock.at(moment), stage.database.writing() as session:
            assert actions.ask_more(session, here) == number


def test_who_served_more_than_a_year_ago_is_asked_no_more(stage: CenterStage) -> None:
    take(stage, slot(stage, day=13), "chiara")
    for days, asked in ((364, [stage.cast.chiara.id]), (366, [])):
        with clock.at(at(13, 16) + timedelta(days=days)), stage.database.reading() as session:
            assert suitable_people(session, slot_row(stage, 1), 5) == []  # they are on that one
        with clock.at(at(13, 16) + timedelta(days=days)):
            later = slot(stage, day=30, year=2028)
            with stage.database.reading() as session:
                assert suitable_people(session, slot_row(stage, later), 5) == asked


def test_before_anybody_signs_up_it_becomes_an_exchange_or_somebody_elses(stage: CenterStage) -> None:
    here = slot(stage)
    stage.do(actions.change_slot, stage.cast.bashir, here, Wanted("Porta", exchange=True), version=1)
    assert slot_row(stage, here).exchange
    with stage.database.writing() as session:
        session.get_one(Party, stage.cast.bakery.party.id).closed_at = clock.now()
    with pytest.raises(Invalid):
        slot(stage, 9)
