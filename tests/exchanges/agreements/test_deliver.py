"""Writing down how long it took; calling it off; it did not happen; somebody else comes."""

from datetime import timedelta

import pytest

from community.safeguarding.rules import NotVerified
from exchanges.agreements import actions
from exchanges.agreements.rules import NotNow
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from tests.exchanges.agreements.stage import TOMORROW, Stage


def test_who_gave_writes_the_real_minutes_and_the_other_is_asked(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.accepted(anna, bashir, minutes=60)
    stage.do(actions.deliver, anna, agreement_id, 2, 45)
    agreement = stage.agreement(agreement_id)
    assert (agreement.state, agreement.delivered_minutes, agreement.turn_id) == ("delivered", 45, bashir.party.id)
    assert stage.reserved(bashir) == 60, "what was agreed stays reserved until it settles"
    assert stage.mails(bashir)[-1] == "agreements:confirm"
    assert agreement.settles_at is not None


def test_only_who_gave_writes_it_down(stage: Stage) -> None:
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir)
    with pytest.raises(NotNow):
        stage.do(actions.deliver, stage.cast.bashir, agreement_id, 2, 60)
    with pytest.raises(Missing):
        stage.do(actions.deliver, stage.cast.chiara, agreement_id, 2, 60)


@pytest.mark.parametrize("category", ["repairs", "childcare"])
def test_nothing_is_done_more_than_a_day_before_the_moment_agreed(stage: Stage, category: str) -> None:
    anna, when = stage.cast.anna, clock.now() + timedelta(days=3)
    stage.verify(anna)
    agreement_id = stage.accepted(anna, stage.cast.bashir, starts_at=when, category=category)
    for early in (timedelta(days=3), timedelta(days=1, minutes=1)):
        with clock.at(when - early), pytest.raises(Refused) as refusal:
            stage.do(actions.deliver, anna, agreement_id, None, 60)
        assert refusal.value.field is None
    assert stage.state(agreement_id) == "accepted"
    with clock.at(when - timedelta(hours=6)):
        stage.do(actions.deliver, anna, agreement_id, None, 60)
    assert stage.agreement(agreement_id).settles_at is None, "before the hour agreed silence never counts"


@pytest.mark.parametrize("minutes", [None, 0, -1, 6001, 10**12])
def test_minutes_make_sense(stage: Stage, minutes: int | None) -> None:
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir)
    with pytest.raises(Invalid):
        stage.do(actions.deliver, stage.cast.anna, agreement_id, 2, minutes)


def test_more_than_agreed_waits_for_a_real_yes(stage: Stage) -> None:
    agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir, minutes=60, said=90)
    assert stage.agreement(agreement_id).settles_at is None
    assert stage.mails(stage.cast.bashir)[-1] == "agreements:confirm_needed"


def test_more_euro_than_agreed_wait_too(stage: Stage) -> None:
    anna = stage.cast.anna
    agreement_id = stage.accepted(anna, stage.cast.bashir, expense_cents=300)
    stage.do(actions.deliver, anna, agreement_id, 2, 60, expense_cents=800)
    assert stage.agreement(agreement_id).settles_at is None
    stage.do(actions.deliver, anna, agreement_id, 3, 60, expense_cents=800)
    assert stage.agreement(agreement_id).settles_at is None  # saying it twice is not agreeing on it
    stage.do(actions.deliver, anna, agreement_id, 4, 60, expense_cents=200)
    assert stage.agreement(agreement_id).expense_cents == 200
    assert stage.agreement(agreement_id).settles_at is not None


def test_before_the_day_agreed_silence_settles_nothing(stage: Stage) -> None:
    agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir, starts_at=clock.now() + TOMORROW)
    assert stage.agreement(agreement_id).settles_at is None


def test_what_was_written_can_be_put_right_until_the_yes(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.delivered(anna, bashir, minutes=60, said=90)
    stage.do(actions.deliver, anna, agreement_id, 3, 60)
    agreement = stage.agreement(agreement_id)
    assert (agreement.delivered_minutes, agreement.turn_id) == (60, bashir.party.id)
    assert agreement.settles_at is not None
    with pytest.raises(NotNow):
        stage.do(actions.deliver, bashir, agreement_id, None, 30)


def test_calling_off_gives_the_minutes_back_and_says_why(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    for who, other in ((anna, bashir), (bashir, anna)):
        agreement_id = stage.accepted(anna, bashir)
        stage.do(actions.cancel, who, agreement_id, 2, "Ho la febbre")
        agreement = stage.agreement(agreement_id)
        assert (agreement.state, agreement.reason) == ("cancelled", "Ho la febbre")
        assert stage.reserved(bashir) == 0
        assert stage.mails(other)[-1] == "agreements:cancelled"


def test_calling_off_needs_a_reason(stage: Stage) -> None:
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir)
    with pytest.raises(Invalid):
        stage.do(actions.cancel, stage.cast.anna, agreement_id, 2, "  ")
    assert stage.reserved(stage.cast.bashir) == 60


def test_what_was_written_down_is_no_longer_called_off(stage: Stage) -> None:
    agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir)
    with pytest.raises(NotNow):
        stage.do(actions.cancel, stage.cast.bashir, agreement_id, None, "No")


def test_missed_is_said_after_the_meeting_and_gives_the_minutes_back(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.accepted(anna, bashir, starts_at=clock.now() + TOMORROW)
    with pytest.raises(Refused):
        stage.do(actions.miss, bashir, agreement_id, 2, "Non è venuta")
    with clock.at(clock.now() + timedelta(days=2)):
        stage.do(actions.miss, bashir, agreement_id, 2, "Non è venuta")
    assert stage.state(agreement_id) == "missed"
    assert stage.reserved(bashir) == 0
    assert stage.mails(anna)[-1] == "agreements:missed"


def test_somebody_else_of_the_household_comes(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    partner = stage.second_adult(anna, "paolo")
    agreement_id = stage.accepted(anna, bashir)
    stage.do(actions.replace_adult, anna, agreement_id, 2, partner.id)
    assert stage.agreement(agreement_id).adult_id == partner.id
    assert stage.mails(bashir)[-1] == "agreements:replaced"
    with pytest.raises(Invalid):
        stage.do(actions.replace_adult, anna, agreement_id, None, bashir.id)
    with pytest.raises(NotNow):
        stage.do(actions.replace_adult, bashir, agreement_id, None, bashir.id)


def test_the_gate_is_asked_again_when_somebody_else_comes(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    partner = stage.second_adult(anna, "paolo")
    stage.verify(anna)
    agreement_id = stage.accepted(anna, bashir, category="elders")
    with pytest.raises(NotVerified):
        stage.do(actions.replace_adult, anna, agreement_id, None, partner.id)
    stage.verify(partner)
    stage.do(actions.replace_adult, anna, agreement_id, None, partner.id)
