"""A month's paper assegni in one grid: all or none, once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from exchanges.agreements import actions
from exchanges.agreements.actions import BadCheques, Cheque
from exchanges.ledger.tables import Transfer
from foundation import clock
from foundation.errors import Invalid, Missing, Stale
from tests.exchanges.agreements.stage import Stage


def cheque(stage: Stage, giver, receiver, **more) -> Cheque:
    standing = {"minutes": 60, "happened_on": clock.today("Europe/Rome") - timedelta(days=9), "title": "Spesa"}
    standing["category_id"] = stage.cast.categories["repairs"].id
    return Cheque(giver.party.id, receiver.party.id, **(standing | more))


def test_all_move_at_once_recorded_by_the_maker(stage: Stage) -> None:
    cast = stage.cast
    rows = [cheque(stage, cast.anna, cast.bashir), cheque(stage, cast.bashir, cast.chiara, minutes=30)]
    ids = stage.do(actions.record_cheques, cast.maker, rows, request_key="nov")
    assert (stage.balance(cast.anna), stage.balance(cast.bashir), stage.balance(cast.chiara)) == (60, -30, -30)
    agreement = stage.agreement(ids[0])
    assert (agreement.way, agreement.state, agreement.accepted_at) == ("assegno", "settled", None)
    with stage.database.reading() as session:
        transfer = session.scalars(select(Transfer)).first()
        assert (transfer.recorded_by_id, transfer.source_id) == (cast.maker.id, ids[0])
        assert transfer.for_party_id == cast.anna.party.id
    assert stage.mails(cast.anna) == ["agreements:cheque"]


def test_the_same_grid_sent_twice_moves_once(stage: Stage) -> None:
    rows = [cheque(stage, stage.cast.anna, stage.cast.bashir)]
    assert len(stage.do(actions.record_cheques, stage.cast.maker, rows, request_key="nov")) == 1
    assert stage.do(actions.record_cheques, stage.cast.maker, rows, request_key="nov") == []
    assert stage.balance(stage.cast.anna) == 60
    with pytest.raises(Stale):
        stage.do(actions.record_cheques, stage.cast.maker, [replace(rows[0], minutes=90)], request_key="nov")


def test_one_bad_row_moves_nothing_and_every_fault_is_named(stage: Stage) -> None:
    cast = stage.cast
    good = cheque(stage, cast.anna, cast.bashir)
    rows = [
        good,
        replace(good, minutes=0, title=""),
        replace(good, receiver_id=cast.anna.party.id),
        replace(good, giver_id=cast.zoe.party.id, happened_on=date(2099, 1, 1)),
        replace(good, receiver_id=None, happened_on=None),
        replace(good, receiver_id=cast.fund.id),
        replace(good, category_id=None),
    ]
    with pytest.raises(BadCheques) as refusal:
        stage.do(actions.record_cheques, cast.maker, rows, request_key="nov")
    fields = {row: [fault.field for fault in faults] for row, faults in refusal.value.faults.items()}
    assert fields == {
        1: ["minutes", "title"],
        2: ["receiver"],
        3: ["giver", "happened_on"],
        4: ["receiver", "happened_on"],
        5: ["receiver"],
        6: ["category"],
    }
    assert stage.balance(cast.anna) == 0
    assert len(stage.do(actions.record_cheques, cast.maker, [good], request_key="nov")) == 1


def test_rows_that_pass_the_floor_together_are_named(stage: Stage) -> None:
    cast = stage.cast
    rows = [cheque(stage, cast.anna, cast.bashir, minutes=240) for _ in range(3)]
    with pytest.raises(BadCheques) as refusal:
        stage.do(actions.record_cheques, cast.maker, rows, request_key="nov")
    assert list(refusal.value.faults) == [2]
    assert refusal.value.faults[2][0].field == "minutes"
    assert stage.balance(cast.anna) == 0


def test_a_maker_copies_neither_their_own_nor_those_of_other_zones(stage: Stage) -> None:
    cast = stage.cast
    for rows in ([cheque(stage, cast.maker, cast.bashir)], [cheque(stage, cast.dario, cast.other_maker)]):
        with pytest.raises(BadCheques):
            stage.do(actions.record_cheques, cast.maker, rows, request_key="nov")
    stage.do(actions.record_cheques, cast.maker, [cheque(stage, cast.dario, cast.anna)], request_key="nov")


def test_members_copy_no_cheques(stage: Stage) -> None:
    with pytest.raises(Missing):
        rows = [cheque(stage, stage.cast.anna, stage.cast.bashir)]
        stage.do(actions.record_cheques, stage.cast.chiara, rows, request_key="nov")


@pytest.mark.parametrize("count", [0, 201])
def test_an_empty_or_endless_grid_is_refused(stage: Stage, count: int) -> None:
    rows = [cheque(stage, stage.cast.anna, stage.cast.bashir)] * count
    with pytest.raises(Invalid):
        stage.do(actions.record_cheques, stage.cast.maker, rows, request_key="nov")


def test_care_on_paper_was_given_by_somebody_met(stage: Stage) -> None:
    cast = stage.cast
    care = cast.categories["childcare"].id
    today = clock.today("Europe/Rome")
    row = cheque(stage, cast.anna, cast.bashir, category_id=care, adult_id=cast.anna.id, happened_on=today)
    for wrong in (row, replace(row, adult_id=None), replace(row, adult_id=cast.bashir.id)):
        with pytest.raises(BadCheques) as refusal:
            stage.do(actions.record_cheques, cast.maker, [wrong], request_key="nov")
        assert refusal.value.faults[0][0].field == "adult"
    stage.verify(cast.anna)
    stage.do(actions.record_cheques, cast.maker, [row], request_key="nov")


def test_who_helped_is_one_of_the_givers_adults_whatever_it_was_about(stage: Stage) -> None:
    cast = stage.cast
    with pytest.raises(BadCheques) as refusal:
        rows = [cheque(stage, cast.anna, cast.bashir, adult_id=cast.chiara.id)]
        stage.do(actions.record_cheques, cast.maker, rows, request_key="nov")
    assert [fault.field for fault in refusal.value.faults[0]] == ["adult"]


def test_people_without_mail_are_not_all_called_about_paper(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    stage.do(actions.record_cheques, stage.cast.maker, [cheque(stage, stage.cast.anna, rosa)], request_key="nov")
    assert stage.calls(rosa) == []
