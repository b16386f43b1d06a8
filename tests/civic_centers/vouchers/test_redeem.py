"""At the shop: once, by the very shop, and nobody else learns anything from a code."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from civic_centers.vouchers import actions
from civic_centers.vouchers.actions.redeeming import TooLate, UndoneSince
from civic_centers.vouchers.queries import behind
from civic_centers.vouchers.rules import PURPOSE, NotGood, RedeemedBefore, period_of
from foundation import clock, tokens
from foundation.errors import DomainError
from tests.cast import Member, make_member
from tests.civic_centers.stage import MONDAY
from tests.civic_centers.vouchers.stage import VoucherStage


def another_shop(stage: VoucherStage) -> Member:
    with stage.database.writing() as session:
        return make_member(session, stage.cast, "florist", "centro", organisation="business")


def refusal(stage: VoucherStage, who: Member, code: str) -> DomainError:
    with pytest.raises(DomainError) as refused:
        stage.do(actions.redeem, who, code)
    return refused.value


def test_once(stage: VoucherStage) -> None:
    voucher = stage.held()
    with stage.database.reading() as session:
        assert behind(session, stage.cast.bakery.actor, voucher.code or "").offer.words == "Un chilo di pane"
    stage.do(actions.redeem, stage.cast.bakery, voucher.code)
    assert stage.row(voucher.id).state == "redeemed"
    assert stage.told("anna")[-1] == "vouchers:redeemed"
    with clock.at(MONDAY + timedelta(hours=3)):
        late = refusal(stage, stage.cast.bakery, voucher.code or "")
    assert isinstance(late, RedeemedBefore)
    assert late.at == MONDAY


def test_pressed_twice_on_one_telephone_is_once(stage: VoucherStage) -> None:
    voucher = stage.held()
    for _time in range(2):
        stage.do(actions.redeem, stage.cast.bakery, voucher.code, request_key="one press")
    assert stage.told("anna").count("vouchers:redeemed") == 1


def test_others_read_the_same_for_a_good_code_and_for_none(stage: VoucherStage) -> None:
    code = stage.held().code or ""
    florist = another_shop(stage)
    for who in (florist, stage.cast.anna, stage.cast.maker, stage.cast.zoe):
        good, none = refusal(stage, who, code), refusal(stage, who, "0000-0000-0000")
        assert (str(good), good.advice) == (str(none), none.advice)
        assert isinstance(good, NotGood)
        assert good.state == ""
    stage.do(actions.redeem, stage.cast.bakery, code)
    assert str(refusal(stage, florist, code)) == str(refusal(stage, florist, "0000-0000-0000"))


def test_in_the_place_of_the_shop_nobody_redeems(stage: VoucherStage) -> None:
    code = stage.held().code
    bakery = stage.cast.bakery
    other = Member(bakery.person, bakery.party, replace(bakery.actor, recorded_by_id=stage.cast.maker.id))
    assert isinstance(refusal(stage, other, code or ""), NotGood)


def test_over_or_called_back_says_little(stage: VoucherStage) -> None:
    called, late = stage.held(), stage.held("bashir")
    stage.do(actions.call_back, stage.cast.maker, called.id)
    refused = refusal(stage, stage.cast.bakery, called.code or "")
    assert isinstance(refused, NotGood)
    assert refused.state == "called_back"
    with clock.at(late.ends_at):
        over = refusal(stage, stage.cast.bakery, late.code or "")
    assert isinstance(over, NotGood)
    assert over.state == "expired"
    assert stage.row(late.id).state == "given"  # until the job comes by
    with stage.database.reading() as session:
        for code, moment in ((called.code, MONDAY), (late.code, late.ends_at)):
            with clock.at(moment), pytest.raises(NotGood):  # looked at, it is not said to be good
                behind(session, stage.cast.bakery.actor, code or "")


def test_a_slip_is_undone_within_minutes_and_it_is_good_again(stage: VoucherStage) -> None:
    voucher = stage.held()
    stage.do(actions.redeem, stage.cast.bakery, voucher.code)
    with pytest.raises(NotGood):
        stage.do(actions.undo, stage.cast.anna, voucher.code)
    with clock.at(MONDAY + timedelta(minutes=9)):
        stage.do(actions.undo, stage.cast.bakery, voucher.code)
        assert stage.row(voucher.id).state == "given"
        stage.do(actions.redeem, stage.cast.bakery, voucher.code)
    with clock.at(MONDAY + timedelta(minutes=20)), pytest.raises(TooLate):
        stage.do(actions.undo, stage.cast.bakery, voucher.code)


def test_nothing_is_undone_of_what_a_maker_called_back_or_of_what_is_over(stage: VoucherStage) -> None:
    back, over = stage.held(), stage.held("bashir")
    code = back.code
    stage.do(actions.call_back, stage.cast.maker, back.id)
    with stage.database.reading() as session:
        assert tokens.look(session, PURPOSE, code) is None
    with pytest.raises((TooLate, NotGood)):
        stage.do(actions.undo, stage.cast.bakery, code)
    assert stage.row(back.id).state == "called_back"
    with clock.at(over.ends_at - timedelta(minutes=2)):
        stage.do(actions.redeem, stage.cast.bakery, over.code)
    with clock.at(over.ends_at + timedelta(minutes=2)), pytest.raises(TooLate):
        stage.do(actions.undo, stage.cast.bakery, over.code)
    assert stage.row(over.id).state == "redeemed"


def test_an_undone_voucher_is_told_to_who_holds_it_and_an_old_press_redeems_nothing(stage: VoucherStage) -> None:
    """Back in the history of the telephone the old button is there still: nobody gives bread for what is not used."""
    voucher = stage.held()
    stage.do(actions.redeem, stage.cast.bakery, voucher.code, request_key="first")
    stage.do(actions.undo, stage.cast.bakery, voucher.code)
    assert stage.told("anna")[-1] == "vouchers:undone"
    with pytest.raises(UndoneSince):
        stage.do(actions.redeem, stage.cast.bakery, voucher.code, request_key="first")
    assert stage.row(voucher.id).state == "given"
    stage.do(actions.redeem, stage.cast.bakery, voucher.code, request_key="second")
    assert stage.row(voucher.id).state == "redeemed"


@given(some.sampled_from(("all", "month")), some.dates())
def test_out_of_which_stock(per: str, day: date) -> None:
    assert period_of(per, day) == ("all" if per == "all" else day.isoformat()[:7])
