"""A price that changes after families ordered: what the person in charge read is what they decide on."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.moving_on import send
from civic_centers.purchasing.actions.pricing import drop_product, keep_price, note_prices, take_price
from civic_centers.purchasing.rules.cycles import NotNow
from foundation import clock
from foundation.errors import Refused
from tests.civic_centers.purchasing.stage import NOW, BuyingStage, must_agree
from tests.client import Browser, on_sqlite

HERE = "/c/cremona/orders"


def asked(stage: BuyingStage, price: int, name: str = "Arance") -> tuple[int, int]:
    """An open cycle with two kilos of Anna's, of which the supplier asks another price; and the product."""
    cycle_id = stage.opened(pack_rule="send")
    stage.order(stage.cast.anna, cycle_id, {name: 2000})
    again(stage, cycle_id, price, name)
    return cycle_id, stage.product(cycle_id, name).id


def again(stage: BuyingStage, cycle_id: int, price: int, name: str = "Arance") -> None:
    stage.set_price(name, price)
    with stage.database.writing() as session:
        note_prices(session, cycle_id)


def test_one_decides_on_the_price_one_read(stage: BuyingStage) -> None:
    cycle_id, product_id = asked(stage, 20_000)
    again(stage, cycle_id, 90_000)
    for act in (take_price, keep_price):
        with pytest.raises(NotNow):
            stage.do(act, stage.cast.maker, cycle_id, product_id, 20_000)
    assert stage.product(cycle_id, "Arance").price == 14_500
    assert stage.do(take_price, stage.cast.maker, cycle_id, product_id, 90_000) == 1
    with pytest.raises(NotNow):
        stage.do(take_price, stage.cast.administrator, cycle_id, product_id, 90_000)
    assert stage.order_of(stage.cast.anna, cycle_id).goods_cents == 1800
    must_agree(stage, cycle_id)


def test_a_price_that_was_refused_is_not_asked_again(stage: BuyingStage) -> None:
    cycle_id, product_id = asked(stage, 20_000)
    stage.do(keep_price, stage.cast.maker, cycle_id, product_id, 20_000)
    with stage.database.writing() as session:
        assert note_prices(session, cycle_id) == 0
    again(stage, cycle_id, 21_000)
    assert stage.product(cycle_id, "Arance").new_price == 21_000


def test_the_order_goes_out_once_the_hours_to_take_it_out_are_over(stage: BuyingStage) -> None:
    cycle_id, product_id = asked(stage, 20_000)
    stage.do(close, stage.cast.maker, cycle_id)
    stage.do(take_price, stage.cast.maker, cycle_id, product_id, 20_000)
    with pytest.raises(Refused):
        stage.do(send, stage.cast.maker, cycle_id)
    with clock.at(NOW + timedelta(hours=23)):
        stage.do(drop_product, stage.cast.anna, cycle_id, product_id, 0)
    assert stage.order_of(stage.cast.anna, cycle_id).goods_cents == 0
    must_agree(stage, cycle_id)
    with clock.at(NOW + timedelta(hours=24)):
        with pytest.raises(Refused):
            stage.do(drop_product, stage.cast.anna, cycle_id, product_id, 0)
        stage.do(send, stage.cast.maker, cycle_id)


def test_it_goes_out_at_once_when_nobody_has_any_of_it_left(stage: BuyingStage) -> None:
    """Another family's order stands, but there is nothing in it that became dearer."""
    cycle_id, product_id = asked(stage, 20_000)
    stage.order(stage.cast.bashir, cycle_id, {"Farina": 1000})
    stage.do(close, stage.cast.maker, cycle_id)
    stage.do(take_price, stage.cast.maker, cycle_id, product_id, 20_000)
    stage.do(drop_product, stage.cast.anna, cycle_id, product_id, 0)
    stage.do(send, stage.cast.maker, cycle_id)
    assert stage.cycle(cycle_id).state == "sent"


@on_sqlite
def test_what_can_no_more_be_done_is_not_offered(stage: BuyingStage, client_for: Callable[..., Browser]) -> None:
    cycle_id, product_id = asked(stage, 20_000)
    stage.do(close, stage.cast.maker, cycle_id)
    stage.do(take_price, stage.cast.maker, cycle_id, product_id, 20_000)
    maker, anna = client_for(stage.cast.maker), client_for(stage.cast.anna)
    refused = maker.submit(maker.look(f"{HERE}/{cycle_id}"), "L’ho mandato")
    assert refused.says("le famiglie possono togliere il prodotto fino a")
    again(stage, cycle_id, 30_000)
    with clock.at(NOW + timedelta(hours=25)):
        stage.do(send, stage.cast.maker, cycle_id)
        assert not maker.look(f"{HERE}/{cycle_id}").says("Ora il fornitore chiede")
        assert not anna.look(f"{HERE}/{cycle_id}").says("Puoi toglier")


@on_sqlite
@pytest.mark.parametrize(("language", "new", "old"), [("it", "2,0555", "1,45"), ("en", "2.0555", "1.45")])
def test_the_letter_writes_prices_as_its_reader_does(
    stage: BuyingStage, client_for: Callable[..., Browser], language: str, new: str, old: str
) -> None:
    cycle_id, product_id = asked(stage, 20_555)
    stage.do(take_price, stage.cast.maker, cycle_id, product_id, 20_555)
    page = client_for(stage.cast.anna, language=language).look("/c/cremona/notices")
    assert page.says(new)
    assert page.says(old)
