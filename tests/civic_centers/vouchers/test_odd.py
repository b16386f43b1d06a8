"""U+0000, huge words and numbers, codes that are none: refused kindly, on both databases."""

from collections.abc import Callable

from tests.civic_centers.vouchers.stage import VoucherStage
from tests.client import Browser

Open = Callable[..., Browser]
HERE = "/c/cremona/vouchers"
SAID = {"kind": "goods", "words": "Un chilo di pane", "value": "4,50", "most": "2"}


def test_odd_words_and_numbers_are_refused_kindly(stage: VoucherStage, client_for: Open) -> None:
    shop, maker = client_for(stage.cast.bakery), client_for(stage.cast.maker)
    form = shop.look(f"{HERE}/offers/new")
    for typed in (
        {"words": "a\0b"}, {"words": "x" * 201}, {"place": "\0"}, {"place": "x" * 201}, {"conditions": "x" * 100_000},
        {"most": "0"}, {"most": "-1"}, {"most": "1001"}, {"most": "9" * 30}, {"most": "1e2"}, {"most": "1,5"},
        {"value": "-3"}, {"value": "0"}, {"value": "1.234,56"}, {"value": "9" * 20}, {"kind": "hours"},
        {"per": "hour"}, {"per": "\0"}, {"until_on": "0001-01-01"}, {"until_on": "2020-01-01"},
        {"until_on": "2199-12-31"},
    ):  # fmt: skip
        assert shop.submit(form, "Offrili", status=422, **(SAID | typed)).errors(), typed
    for number in ("9" * 30, str(2**31), str(2**63), "0"):
        for address in (f"offers/{number}", f"offers/{number}/give", f"offers/{number}/give/{number}", number):
            maker.look(f"{HERE}/{address}", status=404)
    offer_id = stage.accepted()
    assert maker.look(f"{HERE}/offers/{offer_id}?page=" + "9" * 30).says("Un chilo di pane")
    assert maker.look(f"{HERE}/offers/{offer_id}?page=-1").says("Un chilo di pane")
    maker.look(f"{HERE}/offers/{offer_id}/give?q=%00{'x' * 300}")
    give = maker.look(f"{HERE}/offers/{offer_id}/give/{stage.cast.anna.party.id}")
    for typed in (
        {"person_id": "\0", "why": "need"}, {"person_id": "9" * 30, "why": "need"}, {"person_id": "1.5", "why": "need"},
        {"person_id": "all", "why": "hours"}, {"person_id": "all", "why": "need", "reason": "\0"},
        {"person_id": "all", "why": "need", "reason": "x" * 501},
    ):  # fmt: skip
        assert maker.submit(give, "Dai il buono", status=422, **typed).errors(), typed
    assert stage.given(offer_id) == 0


def test_codes_that_are_none_open_nothing(stage: VoucherStage, client_for: Open) -> None:
    shop = client_for(stage.cast.bakery)
    form = shop.look(f"{HERE}/redeem")
    for code in ("\0", "x" * 41, "٣٣٣٣", "'; --"):
        assert shop.submit(form, "Guarda", status=422, code=code).errors(), code
    for secret in ("%00", "x" * 500, "%F0%9F%8D%9E", "..."):
        shop.look(f"/c/cremona/voucher/{secret}", status=410)
    voucher = stage.held()
    undone = shop.post(f"/c/cremona/voucher/{voucher.code}/undo", status=409, token_from=f"{HERE}/redeem")
    assert not undone.says("vale di nuovo"), "what nobody redeemed cannot be undone"
