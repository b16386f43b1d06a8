"""What is done with vouchers and their offers stands in the record, never for whom."""

from datetime import timedelta

from civic_centers.vouchers import actions
from foundation import clock
from tests.civic_centers.stage import MONDAY
from tests.civic_centers.vouchers.stage import LAST_DAY, TODAY, VoucherStage
from tests.record import Record

OFFER, VOUCHER = "voucher_offer", "voucher"
AFTER = MONDAY + (LAST_DAY - TODAY) + timedelta(days=1)


def test_of_an_offer(stage: VoucherStage) -> None:
    record, maker, bakery = Record(stage, OFFER), stage.cast.maker, stage.cast.bakery
    number = stage.offer()
    assert record.fresh() == [(OFFER, "offered")]
    assert record.of(actions.accept_offer, maker, number) == [(OFFER, "accepted")]
    assert record.of(actions.hide_offer, maker, number) == [(OFFER, "hid")]
    assert record.of(actions.show_offer_again, maker, number) == [(OFFER, "showed_again")]
    assert record.of(actions.end_offer, maker, number) == [(OFFER, "ended")]
    declined, taken_back, over, shut = stage.offer(), stage.offer(), stage.accepted(), stage.accepted()
    record.fresh()
    assert record.of(actions.decline_offer, maker, declined, "Ne abbiamo") == [(OFFER, "declined")]
    assert record.of(actions.withdraw_offer, bakery, taken_back) == [(OFFER, "withdrew")]
    with clock.at(AFTER - timedelta(days=1)), stage.database.writing() as session:
        actions.end_offer_over(session, over)  # on its last day one is still given
    assert record.fresh() == []
    with clock.at(AFTER), stage.database.writing() as session:
        actions.end_offer_over(session, over)
    assert record.fresh() == [(OFFER, "ended by itself")]
    assert record.of(actions.stop_for, maker, [bakery.party.id]) == [(OFFER, "ended")]
    assert stage.offer_row(shut).state == "ended"


def test_of_a_voucher(stage: VoucherStage) -> None:
    record, maker, bakery = Record(stage, VOUCHER), stage.cast.maker, stage.cast.bakery
    voucher = stage.held()
    assert record.fresh() == [(VOUCHER, "gave")]
    assert record.of(actions.redeem, bakery, voucher.code) == [(VOUCHER, "redeemed")]
    assert record.of(actions.undo, bakery, voucher.code) == [(VOUCHER, "undid")]
    assert record.of(actions.call_back, maker, voucher.id) == [(VOUCHER, "called_back")]
    over = stage.held("bashir")
    record.fresh()
    with clock.at(AFTER), stage.database.writing() as session:
        actions.expire(session, over.id)
        actions.expire(session, over.id)
    assert record.fresh() == [(VOUCHER, "expired by itself")]
