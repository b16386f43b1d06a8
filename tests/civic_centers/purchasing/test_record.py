"""What is done with a shared order stands in the record, each deed once."""

from datetime import date, time, timedelta

from civic_centers.purchasing.actions.changing import add_cost, change_order, leave_out, remove_cost, weigh
from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.delaying import change_place, move_day
from civic_centers.purchasing.actions.hiding import hide_cycle, show_cycle_again
from civic_centers.purchasing.actions.making import change_cycle, open_cycle, set_product
from civic_centers.purchasing.actions.moving_on import cancel, deliver, finish, send
from civic_centers.purchasing.actions.ordering import drop_order
from civic_centers.purchasing.actions.placing import Where, add_place, name_keepers
from civic_centers.purchasing.actions.pricing import drop_product, keep_price, note_prices, take_price
from civic_centers.purchasing.actions.repeating import Every, add_pause, begin_rhythm, end_rhythm, remove_pause
from tests.civic_centers.purchasing.stage import DELIVERY, NOW, BuyingStage, clock
from tests.civic_centers.purchasing.test_notice import what
from tests.record import Record

CYCLE, ORDER = "order_cycle", "purchase_order"


def test_until_it_is_open(stage: BuyingStage) -> None:
    with clock.at(NOW):
        record, maker = Record(stage, CYCLE, ORDER), stage.cast.maker
        number = stage.plan()
        assert record.fresh() == [(CYCLE, "planned")]
        version = stage.cycle(number).version
        assert record.of(change_cycle, maker, number, what(), version=version) == [(CYCLE, "changed")]
        assert record.of(add_place, maker, number, Where("Qui", time(1), time(2))) == [(CYCLE, "changed")]
        assert record.of(name_keepers, maker, number, [maker.id, stage.cast.anna.id]) == [(CYCLE, "named")]
        flour = stage.product(number, "Farina").id
        limit = {"group_least": 0, "most": None, "grams": 500}
        assert record.of(set_product, maker, number, flour, **limit) == [(CYCLE, "changed")]
        for _press in range(2):
            found = record.of(hide_cycle, maker, number)
        assert found == []
        assert record.of(show_cycle_again, maker, number) == [(CYCLE, "showed_again")]
        assert record.of(begin_rhythm, maker, number, Every(weeks=2)) == [(CYCLE, "repeats")]
        pause = stage.do(add_pause, maker, number, date(2027, 3, 1), date(2027, 3, 9)).id
        assert record.fresh() == [(CYCLE, "paused")]
        assert record.of(remove_pause, maker, number, pause) == [(CYCLE, "pause_over")]
        assert record.of(end_rhythm, maker, number) == [(CYCLE, "repeats_no_more")]
        assert record.of(open_cycle, maker, number) == [(CYCLE, "opened")]
        assert record.of(cancel, maker, number, "Niente camion") == [(CYCLE, "cancelled")]


def test_from_the_first_order_to_the_last_weight(stage: BuyingStage) -> None:
    with clock.at(NOW):
        record, maker, anna = Record(stage, CYCLE, ORDER), stage.cast.maker, stage.cast.anna
        number = stage.opened(pack_rule="send")
        record.fresh()
        order = stage.order(anna, number, {"Farina": 2000, "Olio": 1000, "Formaggio": 350})
        assert record.fresh() == [(ORDER, "ordered")]
        stage.order(anna, number, {"Farina": 1000}, number=1, for_friend="Pina")
        friend = stage.order_of(anna, number, 1)
        assert record.of(drop_order, anna, number, 1, friend.version) == [(ORDER, "took_out")]
        for name, price in (("Farina", 25_000), ("Olio", 99_000)):
            stage.set_price(name, price)
        with stage.database.writing() as session:
            assert note_prices(session, number) == 2
        flour, oil = stage.product(number, "Farina").id, stage.product(number, "Olio").id
        assert record.of(keep_price, maker, number, flour, 25_000) == [(CYCLE, "kept_price")]
        assert record.of(take_price, maker, number, oil, 99_000) == [(CYCLE, "took_price")]
        assert record.of(drop_product, anna, number, oil, 0) == [(ORDER, "dropped_product")]
        assert record.of(leave_out, maker, number, oil, "Finito") == [(CYCLE, "left_out")]
        assert record.of(close, maker, number) == [(CYCLE, "shut"), (CYCLE, "closed")]
        cost = stage.do(add_cost, maker, number, "Trasporto", 300, "head").id
        assert record.fresh() == [(CYCLE, "added_cost")]
        assert record.of(remove_cost, maker, number, cost) == [(CYCLE, "removed_cost")]
        order = stage.order_of(anna, number)
        more = {"version": order.version}
        changed = record.of(change_order, maker, number, order.id, {flour: 1000}, "Ne manca uno", **more)
        assert changed == [(ORDER, "changed")]
        day = DELIVERY + timedelta(days=1)
        moved = record.of(move_day, maker, number, day, version=stage.cycle(number).version)
        assert moved == [(CYCLE, "day_moved")]
        where = Where("Palestra", time(18), time(20))
        assert record.of(change_place, maker, number, stage.place(number), where) == [(CYCLE, "changed")]
        assert record.of(send, maker, number) == [(CYCLE, "sent")]
        assert record.of(deliver, maker, number) == [(CYCLE, "delivered")]
        cheese = stage.product(number, "Formaggio").id
        assert record.of(weigh, maker, number, cheese, {order.id: 400}) == [(CYCLE, "weighed")]
        assert record.of(finish, maker, number) == [(CYCLE, "finished")]
