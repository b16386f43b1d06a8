"""A voucher from the shop's offer to the family's telephone and back to the counter, on pages."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from civic_centers.vouchers import actions
from foundation import clock
from tests.civic_centers.stage import MONDAY
from tests.civic_centers.vouchers.stage import LAST_DAY, VoucherStage
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite
CODE = re.compile(r"\w{4}-\w{4}-\w{4}")


def test_from_the_offer_to_the_counter(stage: VoucherStage, client_for: Callable[..., Browser]) -> None:
    cast = stage.cast
    shop, maker, anna = client_for(cast.bakery), client_for(cast.maker), client_for(cast.anna)
    form = shop.look("/c/cremona/vouchers/offers/new")
    said = {"kind": "goods", "words": "Un chilo di pane", "value": "4,50", "most": "2"}
    assert shop.submit(form, "Offrili", status=422, **(said | {"most": "1.5"})).errors()
    offer = shop.submit(form, "Offrili", **said)
    maker.submit(maker.look(offer.address), "accept")
    found = maker.look(f"{offer.address}/give?q=anna")
    give = maker.look(found.link("Anna e famiglia"))
    assert maker.submit(give, "Dai il buono", status=422).errors()
    given = maker.submit(give, "Dai il buono", person_id=str(cast.anna.id), why="need", reason="Un mese difficile")
    assert given.says("Dato: l’hanno saputo.")
    assert given.response.headers["Cache-Control"] == "no-store"
    mine = anna.look(anna.look("/c/cremona/vouchers/mine").link("Un chilo di pane"))
    code = CODE.search(mine.words)
    assert code is not None
    assert mine.soup.select_one(".r-qr svg")
    assert not mine.says("Un mese difficile")
    assert anna.look(f"{mine.address}/paper").says(code.group())
    at_counter = shop.look(f"/c/cremona/voucher/{code.group()}")
    assert at_counter.says("Valido")
    assert not any(at_counter.says(word) for word in ("Anna", "bisogno", "difficile"))
    done = shop.submit(at_counter, code.group())
    assert done.says("Grazie!")
    undone = shop.submit(done, "undo")
    assert undone.says("vale di nuovo")
    shop.submit(undone, code.group())
    with clock.at(MONDAY + timedelta(hours=1)):
        late = shop.submit(at_counter, code.group(), status=409, request_key="another phone")
    assert late.says("È già stato usato")
    report = shop.look("/c/cremona/vouchers/ours")
    assert report.says("gennaio 2027")
    assert report.says("4,50 €")
    assert not report.says("Anna")
    assert not shop.look(offer.address).says("Anna")
    assert maker.look(offer.address).says("Anna Prova")
    assert shop.look("/c/cremona/sponsors/ours/2027").says("1 buono onorato")


def test_typed_at_the_counter(stage: VoucherStage, client_for: Callable[..., Browser]) -> None:
    voucher, shop = stage.held(), client_for(stage.cast.bakery)
    form = shop.look("/c/cremona/vouchers/redeem")
    assert shop.submit(form, "Guarda", status=422, code="0000-0000-0000").says("non apre niente")
    assert shop.submit(form, "Guarda", code=(voucher.code or "").lower().replace("-", " ")).says("Valido")


def test_tries_are_counted(stage: VoucherStage, client_for: Callable[..., Browser]) -> None:
    shop = client_for(stage.cast.bakery)
    form = shop.look("/c/cremona/vouchers/redeem")
    statuses = []
    for number in range(30):
        token = form.soup.find("input", attrs={"name": "csrf_token"})["value"]
        said = {"code": f"0000-0000-{number:04d}", "csrf_token": token}
        statuses.append(shop.client.post("/c/cremona/vouchers/redeem", data=said).status_code)
    assert statuses[0] == 422
    assert statuses[-1] == 429


@pytest.mark.parametrize("who", ["anna", "bashir", "maker", "other_maker"])
def test_a_stranger_with_the_code_reads_nothing(
    stage: VoucherStage, client_for: Callable[..., Browser], who: str
) -> None:
    voucher = stage.held("chiara")
    browser = client_for(stage.cast.members[who])
    good = browser.look(f"/c/cremona/voucher/{voucher.code}", status=410)
    none = browser.look("/c/cremona/voucher/0000-0000-0000", status=410)
    assert good.words == none.words
    assert not good.says("pane")


def test_only_who_holds_it_and_makers_see_it(stage: VoucherStage, client_for: Callable[..., Browser]) -> None:
    voucher = stage.held()
    for who in ("bashir", "bakery", "other_maker", "administrator"):
        client_for(stage.cast.members[who]).look(f"/c/cremona/vouchers/{voucher.id}", status=404)
    maker = client_for(stage.cast.maker)
    page = maker.look(f"/c/cremona/vouchers/{voucher.id}")
    assert maker.submit(page, "call-back").says("Richiamato")
    assert client_for(stage.cast.anna).look(f"/c/cremona/vouchers/{voucher.id}").says("Non vale più")


def test_written_down_and_declined(stage: VoucherStage, client_for: Callable[..., Browser]) -> None:
    maker = client_for(stage.cast.maker)
    form = maker.look(f"/c/cremona/vouchers/offers/for/{stage.cast.bakery.party.id}")
    said = {"kind": "discount", "words": "Il dieci per cento", "most": "9", "yes_way": "written"}
    offer = maker.submit(form, "Segna", **said)
    why = maker.look(f"{offer.address}/decline")
    assert maker.submit(why, "Diglielo", status=422, reason="").errors()
    maker.submit(why, "Diglielo", reason="Ne abbiamo già")
    assert client_for(stage.cast.bakery).look(offer.address).says("Ne abbiamo già")


def test_the_report_knows_weeks_and_no_hour(stage: VoucherStage, client_for: Callable[..., Browser]) -> None:
    """Nor a week in which so few came that the shop would know when somebody did."""
    offer_id = stage.accepted(most=10)
    for who, days in (("anna", 0), ("bashir", 1), ("anna", 2), ("chiara", 3), ("anna", 4), ("bashir", 9)):
        voucher = stage.give(offer_id, who)
        with clock.at(MONDAY + timedelta(days=days)):
            stage.do(actions.redeem, stage.cast.bakery, voucher.code)
    with clock.at(MONDAY + timedelta(days=10)):
        page = client_for(stage.cast.bakery).look("/c/cremona/vouchers/ours")
    assert page.says("settimana del 11 gen 2027: 5")
    assert not page.says("settimana del 18 gen 2027")
    assert not page.says("09:00")
    assert (MONDAY + timedelta(days=10)).date() < LAST_DAY


def test_declining_never_ends_what_another_maker_accepted(
    stage: VoucherStage, client_for: Callable[..., Browser]
) -> None:
    offer_id, maker = stage.offer(), client_for(stage.cast.maker)
    form = maker.look(f"/c/cremona/vouchers/offers/{offer_id}/decline")
    stage.do(actions.accept_offer, stage.cast.maker, offer_id)
    voucher = stage.give(offer_id)
    late = maker.submit(form, "Diglielo", reason="Ne abbiamo già")
    assert late.says("Intanto qui è cambiato qualcosa.")
    assert (stage.offer_row(offer_id).state, stage.row(voucher.id).state) == ("accepted", "given")
    again = maker.look(f"/c/cremona/vouchers/offers/{offer_id}/decline")
    assert maker.submit(again, "Basta", reason="Si chiude").says("Si chiude")
    assert stage.row(voucher.id).state == "called_back"
    assert stage.told("bakery")[-1] == "vouchers:ended"
    assert maker.look(f"/c/cremona/vouchers/offers/{offer_id}/decline").address.endswith(f"/offers/{offer_id}")


def test_only_who_redeemed_it_reads_give_it(stage: VoucherStage, client_for: Callable[..., Browser]) -> None:
    voucher, shop = stage.held(), client_for(stage.cast.bakery)
    page = shop.look(f"/c/cremona/voucher/{voucher.code}")
    done = shop.submit(page, voucher.code or "")
    assert done.says("Usato adesso")
    assert not done.says("non dare altro")
    other = shop.look(f"/c/cremona/voucher/{voucher.code}")
    assert other.says("È già stato usato")
    assert not other.says("Usato adesso")


def test_the_counter_is_two_taps_away(stage: VoucherStage, client_for: Callable[..., Browser]) -> None:
    """A shop with a queue goes from its own page to the code at once; who gives no vouchers sees no such way."""
    shop = client_for(stage.cast.bakery)
    assert "/vouchers/redeem" not in shop.look("/c/cremona/me").html
    voucher = stage.held()
    form = shop.look(shop.look("/c/cremona/me").link("Ritira un buono"))
    valid = shop.submit(form, "Guarda", code=voucher.code)
    assert shop.submit(valid, voucher.code or "").says("Usato adesso")
    assert "/vouchers/redeem" not in client_for(stage.cast.anna).look("/c/cremona/me").html
