"""Two at the same moment, step by step: the second waits for the first, and goes by what the first left."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from civic_centers.purchasing.actions.changing import add_cost
from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.moving_on import remind
from civic_centers.purchasing.actions.ordering import save_order
from civic_centers.purchasing.actions.repeating import Every, add_pause, begin_rhythm, make_next
from civic_centers.purchasing.rules.cycles import NotEnough, NotNow
from civic_centers.purchasing.tables import OrderCycle
from civic_centers.suppliers.actions import set_available
from civic_centers.suppliers.tables import Product
from foundation import clock
from tests.civic_centers.purchasing.stage import CLOSES, NOW, BuyingStage, must_agree
from tests.waiting import Waiting


def make(stage: BuyingStage, rhythm_id: int) -> bool:
    with stage.database.writing() as session:
        return make_next(session, rhythm_id) is not None


def number_of_cycles(stage: BuyingStage) -> int:
    with stage.database.reading() as session:
        return len(session.exec(select(OrderCycle.id)).all())


def test_the_door_shuts_after_who_is_ordering(stage: BuyingStage) -> None:
    cycle_id = stage.opened(pack_rule="send")
    wish = stage.wish(cycle_id, {"Arance": 3000})
    with stage.database.writing() as session:
        save_order(session, stage.cast.anna.actor, cycle_id, wish)
        closing = Waiting(lambda: stage.do(close, stage.cast.maker, cycle_id))
        assert closing.waits()
    assert closing.answer() == "closed"
    assert stage.lines(stage.order_of(stage.cast.anna, cycle_id).id)["Arance"].confirmed == 3000


def test_two_telephones_of_a_household_do_not_overwrite_each_other(stage: BuyingStage) -> None:
    cycle_id, anna = stage.opened(), stage.cast.anna
    version = stage.order(anna, cycle_id, {"Arance": 1000, "Olio": 1000}).version
    first, second = (stage.wish(cycle_id, {name: 2000}, version=version) for name in ("Arance", "Olio"))
    with stage.database.writing() as session:
        save_order(session, anna.actor, cycle_id, first)
        other = Waiting(lambda: stage.do(save_order, anna, cycle_id, second))
        assert other.waits()
    assert other.answer() is NotNow
    lines = stage.lines(stage.order_of(anna, cycle_id).id)
    assert {name: line.ordered for name, line in lines.items()} == {"Arance": 2000, "Olio": 1000}
    must_agree(stage, cycle_id)


def test_two_costs_at_once_are_both_shared(stage: BuyingStage) -> None:
    cycle_id, maker = stage.opened(pack_rule="send"), stage.cast.maker
    stage.order(stage.cast.anna, cycle_id, {"Arance": 3000})
    stage.do(close, maker, cycle_id)
    with stage.database.writing() as session:
        add_cost(session, maker.actor, cycle_id, "Trasporto", 1000, "value")
        other = Waiting(lambda: stage.do(add_cost, maker, cycle_id, "Pedaggio", 500, "value").cents)
        assert other.waits()
    assert other.answer() == 500
    assert stage.order_of(stage.cast.anna, cycle_id).extra_cents == 1500


def test_two_jobs_make_the_next_once(stage: BuyingStage) -> None:
    rhythm_id = stage.do(begin_rhythm, stage.cast.maker, stage.opened(), Every(weeks=4)).id
    with clock.at(NOW + timedelta(days=25)), stage.database.writing() as session:
        assert make_next(session, rhythm_id) is not None
        other = Waiting(lambda: make(stage, rhythm_id))
        assert other.waits()
    assert other.answer() is False
    assert number_of_cycles(stage) == 2


def test_a_pause_that_is_being_written_down_holds(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    rhythm_id = stage.do(begin_rhythm, stage.cast.maker, cycle_id, Every(weeks=1)).id
    with stage.database.writing() as session:
        add_pause(session, stage.cast.maker.actor, cycle_id, date(2027, 1, 12), date(2027, 3, 1))
        other = Waiting(lambda: make(stage, rhythm_id))
        assert other.waits()
    assert other.answer() is False
    assert number_of_cycles(stage) == 1


def test_two_jobs_remind_once(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    with clock.at(CLOSES - timedelta(hours=1)), stage.database.writing() as session:
        assert remind(session, cycle_id)

        def again() -> bool:
            with stage.database.writing() as another:
                return remind(another, cycle_id)

        other = Waiting(again)
        assert other.waits()
    assert other.answer() is False


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_who_says_a_stock_waits_for_nobody_who_orders(stage: BuyingStage) -> None:
    """SQLite has one that writes at a time. What was being ordered counts as soon as anybody orders after it."""
    cycle_id = stage.opened()
    wish = stage.wish(cycle_id, {"Olio": 3000})
    with stage.database.reading() as session:
        product_id = session.exec(select(Product.id).where(Product.name == "Olio")).one()
    with stage.database.writing() as session, clock.at(NOW + timedelta(minutes=1)):
        save_order(session, stage.cast.anna.actor, cycle_id, wish)
        with clock.at(NOW):
            other = Waiting(
                lambda: stage.do(set_available, stage.cast.maker, product_id, available=True, most=5000) and None
            )
            assert other.answer() is None
    with clock.at(NOW + timedelta(minutes=2)), pytest.raises(NotEnough):
        stage.do(save_order, stage.cast.bashir, cycle_id, wish)
    must_agree(stage, cycle_id)
