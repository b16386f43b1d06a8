"""A voucher in two hands, step by step: the second waits for the first, and hears what the first made of it."""

from civic_centers.sponsors.rules import NotNow
from civic_centers.vouchers import actions
from civic_centers.vouchers.rules import NotGood, RedeemedBefore
from tests.civic_centers.vouchers.stage import VoucherStage
from tests.waiting import Waiting


def test_what_is_being_redeemed_is_not_redeemed_again(stage: VoucherStage) -> None:
    code = stage.held().code
    with stage.database.writing() as session:
        actions.redeem(session, stage.cast.bakery.actor, code)
        other = Waiting(lambda: stage.do(actions.redeem, stage.cast.bakery, code))
        assert other.waits()
    assert other.answer() is RedeemedBefore
    assert stage.told("anna").count("vouchers:redeemed") == 1


def test_what_is_being_redeemed_is_not_called_back(stage: VoucherStage) -> None:
    voucher = stage.held()
    with stage.database.writing() as session:
        actions.redeem(session, stage.cast.bakery.actor, voucher.code)
        other = Waiting(lambda: stage.do(actions.call_back, stage.cast.maker, voucher.id))
        assert other.waits()
    assert other.answer() is NotNow
    assert (stage.row(voucher.id).state, stage.given(voucher.offer_id)) == ("redeemed", 1)


def test_what_is_being_called_back_is_not_redeemed(stage: VoucherStage) -> None:
    voucher = stage.held()
    with stage.database.writing() as session:
        actions.call_back(session, stage.cast.maker.actor, voucher.id)
        other = Waiting(lambda: stage.do(actions.redeem, stage.cast.bakery, voucher.code))
        assert other.waits()
    assert other.answer() is NotGood
    assert stage.row(voucher.id).state == "called_back"
