"""U+0000, huge words and numbers, money as people type it, days that nobody means: refused kindly."""

from collections.abc import Callable

import pytest

from civic_centers.sponsors.rules import Target
from tests.civic_centers.sponsors.stage import SponsorStage
from tests.client import Browser

Open = Callable[..., Browser]
HERE = "/c/cremona/sponsors"
SAID = {"kind": "money", "words": "Per i libri", "amount": "40", "conflict": "no", "target": "fund:", "cause": "Libri"}


def test_odd_words_and_numbers_are_refused_kindly(stage: SponsorStage, client_for: Open) -> None:
    shop, maker = client_for(stage.cast.bakery), client_for(stage.cast.maker)
    form = shop.look(f"{HERE}/pledges/new")
    for typed in (
        {"words": "a\0b"}, {"words": "x" * 301}, {"words": "x" * 100_000}, {"conditions": "\0"}, {"cause": "\0"},
        {"cause": "x" * 201}, {"target": "center:" + "9" * 30}, {"target": "center:-1"}, {"target": "lab:\0"},
        {"target": "activity:1.5"}, {"target": "\0:\0"}, {"kind": "hours"}, {"conflict": "\0"},
        {"conflict": "yes", "conflict_words": ""}, {"from_on": "9999-12-31"}, {"until_on": "0001-01-01"},
        {"until_on": "2026-02-30"}, {"until_on": "2020-01-01"}, {"from_on": "1950-01-01"},
    ):  # fmt: skip
        assert shop.submit(form, "Offri", status=422, **(SAID | typed)).errors(), typed
    for number in ("9" * 30, str(2**31), str(2**63), "0"):
        for address in (f"pledges/{number}", f"pledges/{number}/decline", f"pledges/for/{number}"):
            maker.look(f"{HERE}/{address}", status=404)
        shop.look(f"{HERE}/ours/{number}", status=404)
    assert maker.look(f"{HERE}/pledges/for?q=%00{'x' * 300}").says("Nessun")
    for slug in ("%00", "x" * 2000, "..%2f"):
        assert shop.client.get(f"{HERE}/{slug}").status_code in (404, 422)
    pledge_id = stage.accepted(Target("fund", cause="Libri"), kind="money")
    for typed in ({"day": "0001-01-01"}, {"day": "1950-01-01"}, {"quota_way": "hours"}, {"cents": "\0"}):
        page = maker.look(f"{HERE}/pledges/{pledge_id}")
        assert maker.submit(page, "deliver", status=422, **typed).errors(), typed
    assert maker.submit(maker.look(f"{HERE}/pledges/{pledge_id}"), "thank", status=422, thanks="\0").errors()


@pytest.mark.parametrize("amount", ["-3", "0", "0,00", "1e9", "1.234,56", "3,505", "٣", "1_000", "1000000", "9" * 20])
def test_money_that_nobody_can_mean(stage: SponsorStage, client_for: Open, amount: str) -> None:
    shop, maker = client_for(stage.cast.bakery), client_for(stage.cast.maker)
    wrong = shop.submit(shop.look(f"{HERE}/pledges/new"), "Offri", status=422, **(SAID | {"amount": amount}))
    assert wrong.errors()
    assert amount in wrong.html, "what was typed stays there"
    page = maker.look(f"{HERE}/pledges/{stage.accepted()}")
    assert maker.submit(page, "deliver", status=422, cents=amount).errors()


@pytest.mark.parametrize(("amount", "cents"), [("3,5", 350), ("3.50", 350), ("€ 12", 1200), ("999999,99", 99_999_999)])
def test_money_as_people_type_it(stage: SponsorStage, client_for: Open, amount: str, cents: int) -> None:
    shop = client_for(stage.cast.bakery)
    done = shop.submit(shop.look(f"{HERE}/pledges/new"), "Offri", **(SAID | {"amount": amount}))
    assert stage.pledge(int(done.address.rsplit("/", 1)[1])).amount_cents == cents
