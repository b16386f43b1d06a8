"""Checking in and out, real minutes confirmed once, the fund, and insurance before the first shift."""

import pytest
from sqlmodel import select

from civic_centers.volunteering import actions
from civic_centers.volunteering.queries.lists import served_by
from civic_centers.volunteering.rules import NotNow, Uninsured
from community.parties.queries import fund_of
from exchanges.ledger.actions import fund_account, open_account, opening_balance
from exchanges.ledger.queries.accounts import account_of
from exchanges.ledger.queries.sources import source_faults
from exchanges.ledger.rules import BelowFloor
from exchanges.ledger.tables import Transfer
from foundation import audit, clock
from foundation.database import Session
from foundation.errors import Missing, Refused
from tests.civic_centers.stage import CenterStage, at
from tests.civic_centers.volunteering.shifts import insure, slot, states, take


def fill_fund(stage: CenterStage, minutes: int) -> None:
    """Chiara's household gives hours to the fund."""

    def give(session: Session, actor: object) -> None:
        fund = fund_of(session, stage.cast.community.id)
        fund_account(session, stage.cast.community.id)
        opening_balance(session, stage.cast.maker.actor, fund.id or 0, minutes, request_key=f"fund:{minutes}")

    stage.do(give, stage.cast.maker)


def balance(stage: CenterStage, who: str) -> int:
    with stage.database.writing() as session:
        open_account(session, stage.cast.members[who].party.id)
        return account_of(session, stage.cast.members[who].party.id).balance


def transfers(stage: CenterStage) -> list[Transfer]:
    with stage.database.reading() as session:
        return list(session.exec(select(Transfer).where(Transfer.source_kind == "volunteer_sign_up")))


def test_nobody_begins_uninsured_not_even_once(stage: CenterStage) -> None:
    row = take(stage, slot(stage))
    with clock.at(at(20, 16)):
        with pytest.raises(Uninsured):
            stage.do(actions.check_in, stage.cast.anna, row.id)
        with pytest.raises(Uninsured):
            stage.do(actions.confirm, stage.cast.bashir, row.id, 120)
        insure(stage)
        stage.do(actions.check_in, stage.cast.anna, row.id)


def test_insurance_of_other_days_does_not_hold(stage: CenterStage) -> None:
    row = take(stage, slot(stage))
    insure(stage, until=at(19, 12).date())
    with clock.at(at(20, 16)), pytest.raises(Uninsured):
        stage.do(actions.check_in, stage.cast.anna, row.id)


def test_the_real_minutes_are_confirmed_by_a_keeper_once(stage: CenterStage) -> None:
    here = slot(stage)
    row = take(stage, here)
    insure(stage)
    with clock.at(at(20, 14)), pytest.raises(Refused):
        stage.do(actions.check_in, stage.cast.anna, row.id)
    with clock.at(at(20, 16, 5)):
        stage.do(actions.check_in, stage.cast.anna, row.id)
    with clock.at(at(20, 17, 45)):
        stage.do(actions.check_out, stage.cast.anna, row.id)
        with pytest.raises(Missing):
            stage.do(actions.confirm, stage.cast.anna, row.id, 100)
        for _time in range(2):
            stage.do(actions.confirm, stage.cast.bashir, row.id, 100)
        with pytest.raises(NotNow):
            stage.do(actions.confirm, stage.cast.bashir, row.id, 99)
    assert states(stage, here) == [("anna", "served")]
    assert ("anna", "volunteering:confirmed") in stage.letters()
    with stage.database.reading() as session:
        served = served_by(session, stage.cast.community.id, stage.cast.anna.id)
    assert [(one.minutes, one.party.id) for one in served] == [(100, stage.cast.bakery.party.id)]
    assert transfers(stage) == []  # volunteering is never paid, in hours either


def test_nobody_confirms_their_own_hours(stage: CenterStage) -> None:
    insure(stage, "bashir")
    for hour, exchange in ((9, False), (16, True)):
        row = take(stage, slot(stage, hour, exchange=exchange), "bashir")
        with clock.at(at(20, 18)), pytest.raises(Refused, match="your own"):
            stage.do(actions.confirm, stage.cast.bashir, row.id, 120)


def test_an_exchange_moves_hours_from_the_fund_exactly_once(stage: CenterStage) -> None:
    row = take(stage, slot(stage, exchange=True))
    before = balance(stage, "anna")
    with clock.at(at(20, 18)):
        with pytest.raises(BelowFloor):
            stage.do(actions.confirm, stage.cast.bashir, row.id, 90)
        fill_fund(stage, 300)
        for _time in range(3):
            stage.do(actions.confirm, stage.cast.bashir, row.id, 90)
    assert balance(stage, "anna") == before + 90
    assert [(one.source_id, one.kind) for one in transfers(stage)] == [(row.id, "exchange")]
    with stage.database.reading() as session:
        assert list(source_faults(session)) == []


def test_what_passes_the_ceiling_stays_with_the_fund(stage: CenterStage) -> None:
    row = take(stage, slot(stage, exchange=True))
    fill_fund(stage, 300)
    party = stage.cast.anna.party.id
    stage.do(opening_balance, stage.cast.maker, party, 40 * 60 - 30, request_key="high")
    with clock.at(at(20, 18)):
        stage.do(actions.confirm, stage.cast.bashir, row.id, 90)
    assert balance(stage, "anna") == 40 * 60


def test_who_did_not_come_is_noted(stage: CenterStage) -> None:
    here = slot(stage)
    row = take(stage, here)
    with pytest.raises(NotNow):
        stage.do(actions.note_missed, stage.cast.bashir, row.id)
    with clock.at(at(20, 17)):
        stage.do(actions.note_missed, stage.cast.bashir, row.id)
    assert states(stage, here) == [("anna", "missed")]


def test_what_was_noted_by_a_slip_is_taken_back_and_confirmed(stage: CenterStage) -> None:
    here = slot(stage)
    row = take(stage, here)
    insure(stage)
    with clock.at(at(20, 19)):
        stage.do(actions.note_missed, stage.cast.bashir, row.id)
        with pytest.raises(Missing):
            stage.do(actions.take_missed_back, stage.cast.anna, row.id)
        for _time in range(2):
            stage.do(actions.take_missed_back, stage.cast.bashir, row.id)
        assert states(stage, here) == [("anna", "held")]
        stage.do(actions.confirm, stage.cast.bashir, row.id, 120)
        with pytest.raises(NotNow):
            stage.do(actions.take_missed_back, stage.cast.bashir, row.id)
    assert states(stage, here) == [("anna", "served")]
    with stage.database.reading() as session:
        said = [entry.verb for entry in audit.history_of(session, "volunteer_sign_up", row.id)]
    assert said == ["confirmed", "found_there", "missed", "took"]


def test_nobody_was_in_two_places_by_taking_it_back(stage: CenterStage) -> None:
    here, other = slot(stage), slot(stage, 17)
    row = take(stage, here)
    with clock.at(at(20, 16, 30)):
        stage.do(actions.note_missed, stage.cast.bashir, row.id)
        take(stage, other)
        with pytest.raises(Refused, match="another shift"):
            stage.do(actions.take_missed_back, stage.cast.bashir, row.id)
    assert (states(stage, here), states(stage, other)) == ([("anna", "missed")], [("anna", "held")])


def test_who_took_the_same_shift_again_stands_on_it_once(stage: CenterStage) -> None:
    here = slot(stage)
    row = take(stage, here)
    with clock.at(at(20, 16, 30)):
        stage.do(actions.note_missed, stage.cast.bashir, row.id)
        assert take(stage, here).state == "waiting"
        with pytest.raises(Refused, match="another shift"):
            stage.do(actions.take_missed_back, stage.cast.bashir, row.id)
