"""Two telephones at the counter, two makers with the last voucher, a call back while it is redeemed: one of each."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from civic_centers.sponsors.rules import NotNow
from civic_centers.vouchers import actions
from civic_centers.vouchers.actions import Given
from civic_centers.vouchers.rules import NoneLeft, NotGood, RedeemedBefore
from foundation import clock
from tests.civic_centers.stage import MONDAY
from tests.civic_centers.vouchers.stage import VoucherStage


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Begin all at the same moment; what each met."""
    barrier, met = Barrier(len(acts)), []

    def one(act: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            with clock.at(MONDAY):
                act()
            met.append("done")
        except (RedeemedBefore, NoneLeft, NotGood, NotNow) as error:
            met.append(type(error).__name__)

    threads = [Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(met)


def test_redeemed_on_two_telephones(stage: VoucherStage) -> None:
    code = stage.held().code

    def redeem() -> None:
        stage.do(actions.redeem, stage.cast.bakery, code)

    assert at_once(redeem, redeem, redeem) == ["RedeemedBefore", "RedeemedBefore", "done"]
    assert stage.told("anna").count("vouchers:redeemed") == 1


def test_the_last_ones_given_by_many(stage: VoucherStage) -> None:
    offer_id, cast = stage.accepted(most=2), stage.cast

    def give(who: str) -> Callable[[], Any]:
        member = cast.members[who]
        return lambda: stage.do(actions.give, cast.maker, offer_id, Given(member.party.id, member.id, "need"))

    met = at_once(*(give(who) for who in ("anna", "bashir", "chiara", "anna", "bashir")))
    assert met == ["NoneLeft"] * 3 + ["done"] * 2
    assert stage.given(offer_id) == 2


def test_called_back_while_it_is_redeemed(stage: VoucherStage) -> None:
    voucher = stage.held()
    met = at_once(
        lambda: stage.do(actions.redeem, stage.cast.bakery, voucher.code),
        lambda: stage.do(actions.call_back, stage.cast.maker, voucher.id),
    )
    assert met in (["NotGood", "done"], ["NotNow", "done"])
    assert stage.row(voucher.id).state == ("redeemed" if "NotNow" in met else "called_back")


def test_the_shop_ends_it_while_one_is_given(stage: VoucherStage) -> None:
    """Either it is not given, or it ends with the others: nobody is left with paper that a shop does not take."""
    offer_id, cast = stage.accepted(), stage.cast
    anna = Given(cast.anna.party.id, cast.anna.id, "need")
    at_once(
        lambda: stage.do(actions.give, cast.maker, offer_id, anna),
        lambda: stage.do(actions.withdraw_offer, cast.bakery, offer_id),
    )
    assert stage.offer_row(offer_id).state == "withdrawn"
    assert stage.given(offer_id) == 0
