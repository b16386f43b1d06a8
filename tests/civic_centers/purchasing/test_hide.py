"""A shared order reported, taken out of sight by a maker, and shown again."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from civic_centers.purchasing.actions.hiding import hide_cycle, show_cycle_again
from civic_centers.purchasing.actions.making import open_cycle
from civic_centers.purchasing.actions.moving_on import remind
from civic_centers.purchasing.actions.ordering import drop_order
from civic_centers.purchasing.actions.repeating import Every, begin_rhythm, make_next
from community.moderation.actions import decide, report, undo
from community.moderation.rules import Ruling
from foundation import clock
from foundation.errors import Missing, Refused
from tests.civic_centers.purchasing.stage import CLOSES, NOW, BuyingStage
from tests.client import Browser, on_sqlite

HERE = "/c/cremona/orders"


@on_sqlite
def test_reported_hidden_and_shown_again(stage: BuyingStage, client_for: Callable[..., Browser]) -> None:
    cast = stage.cast
    cycle_id = stage.opened()
    stage.order(cast.anna, cycle_id, {"Farina": 2000})
    anna, chiara, maker = (client_for(cast.members[name]) for name in ("anna", "chiara", "maker"))
    case = stage.do(report, cast.chiara, "order_cycle", cycle_id, reason="insult", words="Guardate")
    decision = stage.do(decide, cast.administrator, case.case_id, Ruling("hide", "Il titolo offende."))
    chiara.look(f"{HERE}/{cycle_id}", status=404)
    chiara.look(f"{HERE}/{cycle_id}/order/0", status=404)
    assert not chiara.look(f"{HERE}/").says("Arance di gennaio")
    # Who ordered goes on: they have to fetch and pay it.
    assert anna.look(f"{HERE}/").says("Arance di gennaio")
    page = anna.look(f"{HERE}/{cycle_id}")
    assert page.says("tolto dalla vista")
    assert anna.look(page.link("Il foglio")).says("Farina")
    assert maker.look(f"{HERE}/{cycle_id}").says("tolto dalla vista")
    stage.do(undo, cast.administrator, case.case_id)
    assert decision.outcome == "hide"
    assert chiara.look(f"{HERE}/{cycle_id}").says("Arance di gennaio")
    assert not maker.look(f"{HERE}/{cycle_id}").says("tolto dalla vista")


def test_nobody_new_orders_in_what_is_hidden(stage: BuyingStage) -> None:
    cast = stage.cast
    cycle_id = stage.opened()
    order = stage.order(cast.anna, cycle_id, {"Farina": 2000})
    stage.do(hide_cycle, cast.maker, cycle_id)
    with pytest.raises(Missing):
        stage.order(cast.chiara, cycle_id, {"Farina": 1000})
    stage.order(cast.anna, cycle_id, {"Farina": 3000}, version=order.version)
    order = stage.order_of(cast.anna, cycle_id)
    stage.do(drop_order, cast.anna, cycle_id, 0, order.version)
    with pytest.raises(Missing):
        stage.order(cast.anna, cycle_id, {"Farina": 1000})


def test_twice_is_once_and_only_of_the_community(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    for _time in range(2):
        stage.do(hide_cycle, stage.cast.maker, cycle_id)
    assert stage.cycle(cycle_id).hidden_at == NOW
    with pytest.raises(Missing):
        stage.do(show_cycle_again, stage.cast.zoe, cycle_id)
    assert stage.cycle(cycle_id).hidden_at == NOW
    for _time in range(2):
        stage.do(show_cycle_again, stage.cast.maker, cycle_id)
    assert stage.cycle(cycle_id).hidden_at is None


def test_what_is_hidden_is_not_opened_told_or_copied(stage: BuyingStage) -> None:
    cast = stage.cast
    before = stage.opened(title="Prima")
    stage.order(cast.bashir, before, {"Farina": 1000})
    cycle_id = stage.plan(title="Parolacce")
    stage.do(begin_rhythm, cast.maker, cycle_id, Every(weeks=1))
    rhythm_id = stage.cycle(cycle_id).rhythm_id
    stage.do(hide_cycle, cast.maker, cycle_id)
    with stage.database.writing() as session:
        assert make_next(session, rhythm_id) is None
        assert not open_cycle(session, None, cycle_id)
    with pytest.raises(Refused):
        stage.do(open_cycle, cast.maker, cycle_id)
    stage.do(show_cycle_again, cast.maker, cycle_id)
    assert stage.do(open_cycle, cast.maker, cycle_id)
    stage.do(hide_cycle, cast.maker, cycle_id)
    with clock.at(CLOSES - timedelta(hours=20)), stage.database.writing() as session:
        assert not remind(session, cycle_id)
    stage.do(show_cycle_again, cast.maker, cycle_id)
    with stage.database.writing() as session:
        assert make_next(session, rhythm_id) is not None
