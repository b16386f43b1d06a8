"""A meeting for which the hours, or who comes, are lacking: not set aside, not forgotten, told to both in time."""

from datetime import timedelta

import pytest
from sqlmodel import col, update

from community.members.tables import Membership
from community.moderation.actions import block
from community.parties.tables import PartyMember
from community.safeguarding.tables import CareCheck
from exchanges.agreements import actions as agreements
from exchanges.agreements.actions.arranging import Lack, what_it_waits_for, what_they_wait_for
from exchanges.agreements.rules import Terms
from exchanges.ledger.rules import BelowFloor
from exchanges.series import actions
from foundation import clock
from foundation.errors import DomainError, Refused
from tests.exchanges.series.stage import MONDAY, TUESDAY, WEEK, SeriesStage, weekly
from tests.questions import noted


def test_what_passes_the_floor_waits_and_both_are_told(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir, minutes=250)
    assert stage.states(series_id) == [("12/01", "accepted"), ("19/01", "accepted"), ("26/01", "proposed")]
    assert stage.reserved(bashir) == 500
    assert "series:hours" in stage.mails(bashir)
    assert "series:their_hours" in stage.mails(anna)
    assert "The hours for this meeting are not there yet: it waits." in stage.series_said(series_id)


def test_it_is_told_once_and_once_more_when_near(stage: SeriesStage) -> None:
    bashir = stage.cast.bashir
    series_id = stage.series_open(stage.cast.anna, bashir, minutes=250, last_day=TUESDAY + 2 * WEEK)
    for hours in range(0, 24 * 16, 12):
        stage.roll(series_id, MONDAY + timedelta(hours=hours))
    assert stage.mails(bashir).count("series:hours") == 2
    assert stage.mails(stage.cast.anna).count("series:their_hours") == 2


def test_hours_that_come_make_it_certain(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir, minutes=250)
    stage.settled(bashir, stage.cast.chiara, minutes=150, said=150)
    stage.roll(series_id)
    assert {state for _, state in stage.states(series_id)} == {"accepted"}
    assert stage.reserved(bashir) == 750
    assert "series:stands" in stage.mails(anna)
    assert stage.all_meetings(series_id)[2].turn_id == anna.party.id


def test_who_receives_says_yes_as_soon_as_the_hours_are_there(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir, minutes=250)
    waiting = stage.meetings(series_id).waiting[0]
    with pytest.raises(BelowFloor):
        stage.do(agreements.accept, bashir, waiting.id, waiting.version)
    stage.settled(bashir, stage.cast.chiara, minutes=150, said=150)
    stage.do(agreements.accept, bashir, waiting.id, waiting.version)
    assert stage.state(waiting.id) == "accepted"


def test_less_time_or_a_gift_and_the_job_leaves_it_to_the_two(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir, minutes=250)
    waiting = stage.meetings(series_id).waiting[0]
    stage.do(agreements.counter, bashir, waiting.id, waiting.version, Terms(starts_at=waiting.starts_at, gift=True))
    stage.settled(bashir, stage.cast.chiara, minutes=200, said=200)
    stage.roll(series_id)
    assert stage.state(waiting.id) == "proposed"
    stage.do(agreements.accept, anna, waiting.id, None)
    assert (stage.agreement(waiting.id).gift, stage.reserved(bashir)) == (True, 500)


def test_two_waiting_meetings_on_one_post(stage: SeriesStage) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir, minutes=400)
    assert [state for _, state in stage.states(series_id)] == ["accepted", "proposed", "proposed"]


def test_one_that_waited_in_vain_ends_by_itself(stage: SeriesStage) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir, minutes=400, last_day=TUESDAY + WEEK)
    waiting = stage.meetings(series_id).waiting[0]
    with clock.at(MONDAY + 2 * WEEK), stage.database.writing() as session:
        agreements.lapse(session, waiting.id)
    assert stage.state(waiting.id) == "declined"


def test_what_several_wait_for_is_one_question(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir, minutes=400)
    _certain, lacking, other = stage.all_meetings(series_id)
    stage.do(agreements.counter, bashir, other.id, other.version, Terms(starts_at=other.starts_at, gift=True))
    meetings = stage.all_meetings(series_id)
    with stage.database.reading() as session, noted() as sent:
        lacks = what_they_wait_for(session, meetings)
    assert list(lacks.values()) == [Lack.NOTHING, Lack.HOURS, Lack.NOTHING]
    assert len(sent) == 1
    with stage.database.reading() as session:
        assert what_it_waits_for(session, lacking) is Lack.HOURS


# ---------------------------------------------------------------- who comes


def care_series_of(stage: SeriesStage) -> int:
    """Anna looks after a child every Tuesday."""
    post_id = stage.post(stage.cast.anna, category="childcare")
    series_id = stage.do(actions.propose, stage.cast.bashir, post_id, weekly())
    stage.do(actions.accept, stage.cast.anna, series_id, None)
    return series_id


def test_a_document_that_runs_out_between_two_meetings(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    stage.verify(anna)
    with stage.database.writing() as session:
        session.exec(update(CareCheck).values(expires_on=TUESDAY + timedelta(days=9)))
    series_id = care_series_of(stage)
    assert [state for _, state in stage.states(series_id)] == ["accepted", "accepted", "proposed"]
    assert "series:adult" in stage.mails(anna)
    assert "series:their_adult" in stage.mails(bashir)
    assert stage.meetings(series_id).waiting[0].turn_id == anna.party.id
    assert stage.reserved(bashir) == 120


def test_a_verification_withdrawn_makes_what_stood_wait(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    stage.verify(anna)
    series_id = care_series_of(stage)
    with stage.database.writing() as session:
        session.exec(update(CareCheck).values(withdrawn_at=clock.now()))
    stage.roll(series_id)
    assert {state for _, state in stage.states(series_id)} == {"proposed"}
    assert stage.reserved(bashir) == 0
    with stage.database.writing() as session:
        session.exec(update(CareCheck).values(withdrawn_at=None))
    stage.roll(series_id)
    assert {state for _, state in stage.states(series_id)} == {"accepted"}
    assert stage.reserved(bashir) == 180


def test_another_adult_who_was_met_comes_instead(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    partner = stage.second_adult(anna, "paolo")
    stage.verify(anna)
    series_id = care_series_of(stage)
    with pytest.raises(Exception, match="has met"):
        stage.do(actions.replace_adult, anna, series_id, None, partner.id)
    stage.verify(partner)
    with stage.database.writing() as session:
        session.exec(update(CareCheck).where(col(CareCheck.person_id) == anna.id).values(withdrawn_at=clock.now()))
    stage.roll(series_id)
    stage.do(actions.replace_adult, anna, series_id, None, partner.id)
    assert {one.adult_id for one in stage.all_meetings(series_id)} == {partner.id}
    assert {state for _, state in stage.states(series_id)} == {"accepted"}
    assert "series:replaced" in stage.mails(bashir)
    stage.roll(series_id, MONDAY + WEEK)
    assert stage.all_meetings(series_id)[-1].adult_id == partner.id


def test_somebody_else_for_one_meeting_only(stage: SeriesStage) -> None:
    anna = stage.cast.anna
    partner = stage.second_adult(anna, "paolo")
    series_id = stage.series_open(anna, stage.cast.bashir)
    second = stage.all_meetings(series_id)[1]
    stage.do(agreements.replace_adult, anna, second.id, second.version, partner.id)
    assert [one.adult_id for one in stage.all_meetings(series_id)] == [anna.id, partner.id, anna.id]


def test_who_comes_has_left_the_household(stage: SeriesStage) -> None:
    anna = stage.cast.anna
    partner = stage.second_adult(anna, "paolo")
    series_id = stage.series_open(anna, stage.cast.bashir)
    stage.do(actions.replace_adult, anna, series_id, None, partner.id)
    with stage.database.writing() as session:
        session.exec(update(PartyMember).where(col(PartyMember.person_id) == partner.id).values(until=clock.now()))
    stage.roll(series_id)
    assert {one.turn_id for one in stage.meetings(series_id).waiting} == {anna.party.id}
    waiting = stage.meetings(series_id).waiting[0]
    stage.do(agreements.accept, anna, waiting.id, waiting.version, adult_id=anna.id)
    assert stage.state(waiting.id) == "accepted"


# ---------------------------------------------------------------- one of the two is gone


@pytest.mark.parametrize("who_blocks", ["anna", "bashir"])
def test_a_block_ends_it_at_once_with_nobody_told_why(stage: SeriesStage, who_blocks: str) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    blocker, other = (anna, bashir) if who_blocks == "anna" else (bashir, anna)
    series_id = stage.series_open(anna, bashir)
    before = len(stage.mails(blocker))
    stage.do(block, blocker, other.party.id)
    assert stage.series_state(series_id) == "ended"
    assert {state for _, state in stage.states(series_id)} == {"cancelled"}
    assert stage.reserved(bashir) == 0
    assert [mail for mail in stage.mails(other) if mail.startswith("series:")] == ["series:stopped"]
    assert not [mail for mail in stage.mails(blocker)[before:] if mail.startswith("series:")]
    stopped = stage.series_events(series_id)[-1]
    assert (stopped.verb, stopped.person_id, stopped.party_id) == ("stop", None, None)
    assert stage.series(series_id).reason == ""


def test_a_block_ends_a_proposal_and_a_change_too(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    proposal, changing = stage.series_proposed(anna, bashir), stage.series_open(anna, bashir)
    stage.do(actions.suggest, bashir, changing, None, weekly(at="18:00"))
    stage.do(block, anna, bashir.party.id)
    assert [stage.series_state(one) for one in (proposal, changing)] == ["declined", "ended"]
    assert stage.mails(bashir).count("series:stopped") == 2
    with pytest.raises(DomainError):
        stage.do(actions.accept, anna, changing, None)
    with pytest.raises(Refused):
        stage.do(actions.write_words, bashir, changing, "Perché?")


def test_the_job_after_a_block_finds_nothing_to_do(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    stage.do(block, bashir, anna.party.id)
    told = stage.mails(anna), stage.mails(bashir), stage.series_verbs(series_id)
    stage.look()
    assert (stage.mails(anna), stage.mails(bashir), stage.series_verbs(series_id)) == told


def test_a_household_that_left_ends_it_and_a_proposal_too(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    open_one = stage.series_open(anna, bashir)
    proposal = stage.series_proposed(stage.cast.chiara, bashir)
    with stage.database.writing() as session:
        session.exec(update(Membership).where(col(Membership.person_id) == bashir.id).values(state="left"))
    for series_id in (open_one, proposal):
        stage.roll(series_id)
    assert [stage.series_state(open_one), stage.series_state(proposal)] == ["ended", "declined"]
    assert "series:stopped" in stage.mails(anna)


def test_what_was_written_down_before_a_block_can_still_be_confirmed(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    stage.write_down(series_id, anna, MONDAY + timedelta(days=2))
    stage.do(block, bashir, anna.party.id)
    with clock.at(MONDAY + timedelta(days=2)):
        stage.look()
        stage.do(actions.confirm_together, bashir, series_id, stage.to_confirm(series_id))
    assert stage.balance(anna) == 60
    assert stage.reserved(bashir) == 0
