"""Closing: whole packs, the supplier's minimum, and what becomes of sums and costs."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from civic_centers.purchasing.actions.changing import add_cost, change_order, leave_out, remove_cost, weigh
from civic_centers.purchasing.actions.closing import close, decide, keep_open_by_hand, shut, work_out
from civic_centers.purchasing.actions.moving_on import cancel, deliver, finish, send
from civic_centers.purchasing.queries.bills import bills_of
from civic_centers.purchasing.rules.cycles import NotNow
from civic_centers.purchasing.tables import OrderCycle, PurchaseOrder
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from foundation.feature import Feature, registry
from tests.civic_centers.purchasing.stage import CLOSES, NOW, BuyingStage, must_agree


def three_orders(stage: BuyingStage, **more: Any) -> int:
    """9 kg of oranges in packs of 10, 8 bottles in packs of 6."""
    cycle_id = stage.opened(**more)
    stage.order(stage.cast.anna, cycle_id, {"Arance": 6000, "Olio": 5000})
    stage.order(stage.cast.bashir, cycle_id, {"Arance": 6000, "Olio": 2000, "Farina": 1000})
    stage.order(stage.cast.chiara, cycle_id, {"Olio": 1000})
    return cycle_id


def test_packs_are_trimmed_and_those_told(stage: BuyingStage) -> None:
    """12 kg become one pack of 10: Bashir, who came last, loses 2. 8 bottles become 6: Chiara 1 and Bashir 1."""
    cycle_id = three_orders(stage)
    assert stage.do(close, stage.cast.maker, cycle_id) == "closed"
    anna, bashir, chiara = (stage.order_of(stage.cast.members[name], cycle_id) for name in ("anna", "bashir", "chiara"))
    assert {name: line.confirmed for name, line in stage.lines(bashir.id).items()} == {
        "Arance": 4000, "Olio": 1000, "Farina": 1000,
    }  # fmt: skip
    assert stage.lines(chiara.id)["Olio"].confirmed == 0
    # 6 kg at 1.45 are 8.70 and 5 bottles at 9.855 are 49.275, so 49.28; 5.80 + 9.86 (9.855) + 2.39.
    assert anna.goods_cents == 870 + 4928
    assert bashir.goods_cents == 580 + 986 + 239
    assert chiara.goods_cents == 0
    told = {letter for letter in stage.letters() if letter[1] in ("purchasing:closed", "purchasing:trimmed")}
    assert told == {
        ("anna", "purchasing:closed"), ("bashir", "purchasing:trimmed"), ("chiara", "purchasing:trimmed"),
    }  # fmt: skip
    must_agree(stage, cycle_id)


def test_twice_is_once(stage: BuyingStage) -> None:
    cycle_id = three_orders(stage)
    stage.do(close, stage.cast.maker, cycle_id)
    before = stage.cycle(cycle_id).version
    with pytest.raises(NotNow):
        stage.do(close, stage.cast.maker, cycle_id)
    with stage.database.writing() as session:
        assert not shut(session, None, cycle_id)
        assert work_out(session, None, cycle_id) == "closed"
    assert stage.cycle(cycle_id).version == before


def test_killed_half_way(stage: BuyingStage) -> None:
    """The door was shut, then the worker died in the middle of working it out: the next one does it whole."""
    cycle_id = three_orders(stage)
    with clock.at(CLOSES):
        with stage.database.writing() as session:
            assert shut(session, None, cycle_id)
        with pytest.raises(KeyboardInterrupt), stage.database.writing() as session:
            work_out(session, None, cycle_id)
            raise KeyboardInterrupt
        assert stage.cycle(cycle_id).state == "closing"
        assert stage.order_of(stage.cast.bashir, cycle_id).extra_cents == 0
        must_agree(stage, cycle_id)
        with stage.database.writing() as session:
            assert work_out(session, None, cycle_id) == "closed"
    must_agree(stage, cycle_id)


def test_a_job_waits_for_the_hour(stage: BuyingStage) -> None:
    cycle_id = three_orders(stage)
    with stage.database.writing() as session:
        assert not shut(session, None, cycle_id)
    with clock.at(CLOSES), stage.database.writing() as session:
        assert shut(session, None, cycle_id)


def test_below_the_minimum(stage: BuyingStage) -> None:
    off = three_orders(stage, title="Si annulla", minimum_cents=100_000, short_rule="cancel")
    assert stage.do(close, stage.cast.maker, off) == "cancelled"
    on = three_orders(stage, title="Si manda", minimum_cents=100_000)
    assert stage.do(close, stage.cast.maker, on) == "closed"
    cycle_id = three_orders(stage, title="Resta aperto", minimum_cents=100_000, short_rule="keep_open")
    assert stage.do(close, stage.cast.maker, cycle_id) == "open"
    assert stage.cycle(cycle_id).closes_at == CLOSES + timedelta(hours=24)
    with clock.at(CLOSES + timedelta(hours=24)):
        with stage.database.writing() as session:
            assert shut(session, None, cycle_id)
            assert work_out(session, None, cycle_id) == "closing"
        with pytest.raises(Invalid) as not_said:
            stage.do(decide, stage.cast.maker, cycle_id, {}, anyway=False)
        assert not_said.value.field == "anyway"
        assert stage.do(decide, stage.cast.maker, cycle_id, {}, anyway=True) == "closed"
    must_agree(stage, cycle_id)


def test_a_person_decides_on_packs(stage: BuyingStage) -> None:
    cycle_id = three_orders(stage, pack_rule="decide")
    assert stage.do(close, stage.cast.maker, cycle_id) == "closing"
    oranges, oil = (stage.product(cycle_id, name).id for name in ("Arance", "Olio"))
    with pytest.raises(Invalid):
        stage.do(decide, stage.cast.maker, cycle_id, {oranges: "send"}, anyway=False)
    with pytest.raises(Missing):
        stage.do(decide, stage.cast.anna, cycle_id, {oranges: "send", oil: "leave_out"}, anyway=False)
    stage.do(keep_open_by_hand, stage.cast.maker, cycle_id)
    assert stage.cycle(cycle_id).state == "open"
    assert stage.do(close, stage.cast.maker, cycle_id) == "closing"
    stage.do(decide, stage.cast.maker, cycle_id, {oranges: "send", oil: "leave_out"}, anyway=False)
    anna = stage.lines(stage.order_of(stage.cast.anna, cycle_id).id)
    assert (anna["Arance"].confirmed, anna["Olio"].confirmed) == (6000, 0)
    must_agree(stage, cycle_id)


def test_nobody_ordered(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    assert stage.do(close, stage.cast.maker, cycle_id) == "cancelled"


def test_costs_to_the_cent(stage: BuyingStage) -> None:
    """10 euro by head among three: 3.34, 3.33, 3.33. A family that gets nothing pays nothing."""
    cycle_id = stage.opened(pack_rule="send")
    for name, kilos in (("anna", 1000), ("bashir", 2000), ("chiara", 4000)):
        stage.order(stage.cast.members[name], cycle_id, {"Arance": kilos})
    stage.do(add_cost, stage.cast.maker, cycle_id, "Trasporto", 1000, "head")
    stage.do(close, stage.cast.maker, cycle_id)
    assert extras(stage, cycle_id) == [334, 333, 333]
    by_weight = stage.do(add_cost, stage.cast.maker, cycle_id, "Furgone", 700, "weight")
    assert extras(stage, cycle_id) == [434, 533, 733]
    stage.do(remove_cost, stage.cast.maker, cycle_id, by_weight.id)
    # By value: 1.45, 2.90 and 5.80 of 10.15; of 10.15 euro everybody pays their goods again.
    stage.do(add_cost, stage.cast.maker, cycle_id, "Corriere", 1015, "value")
    assert extras(stage, cycle_id) == [334 + 145, 333 + 290, 333 + 580]


def extras(stage: BuyingStage, cycle_id: int) -> list[int]:
    with stage.database.reading() as session:
        orders = session.exec(
            select(PurchaseOrder).where(PurchaseOrder.cycle_id == cycle_id).order_by(PurchaseOrder.id)
        )
        return [one.extra_cents for one in orders]


def test_changed_weighed_and_done(stage: BuyingStage) -> None:
    told: list[tuple[int, bool]] = []
    before = registry.features
    hook = Feature(
        name="listens",
        hooks={
            "order_sums_changed": lambda _session, _actor, _cycle, bills: told.extend(
                (bill.total_cents, bill.is_final) for bill in bills
            )
        },
    )
    registry.register((*before, hook))
    try:
        cycle_id = stage.opened(pack_rule="send")
        order = stage.order(stage.cast.anna, cycle_id, {"Formaggio": 700, "Farina": 1000})
        assert told == []
        stage.do(close, stage.cast.maker, cycle_id)
        assert told == [(1155 + 239, False)]
        flour, cheese = stage.product(cycle_id, "Farina").id, stage.product(cycle_id, "Formaggio").id
        order = stage.order_of(stage.cast.anna, cycle_id)
        stage.do(
            change_order, stage.cast.maker, cycle_id, order.id, {flour: 2000}, "Ne è avanzata", version=order.version
        )
        assert told[1:] == [(1155 + 478, False)]
        stage.do(send, stage.cast.maker, cycle_id)
        stage.do(deliver, stage.cast.maker, cycle_id)
        # 0.812 kg at 16.50: 13.398, so 13.40.
        assert stage.do(weigh, stage.cast.maker, cycle_id, cheese, {order.id: 812}) == 1
        stage.do(finish, stage.cast.maker, cycle_id)
        assert told[2:] == [(1340 + 478, False), (1340 + 478, True)]
    finally:
        registry.register(before)
    letters = [notice for name, notice in stage.letters() if name == "anna"]
    assert letters == ["purchasing:closed", "purchasing:changed", "purchasing:ready", "purchasing:final_sum"]
    must_agree(stage, cycle_id)


def test_weights_that_cannot_be(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    order = stage.order(stage.cast.anna, cycle_id, {"Formaggio": 700})
    stage.do(close, stage.cast.maker, cycle_id)
    cheese = stage.product(cycle_id, "Formaggio").id
    for weight in (-1, 7001, 10**12):
        with pytest.raises(Invalid) as refused:
            stage.do(weigh, stage.cast.maker, cycle_id, cheese, {order.id: weight})
        assert refused.value.field == f"w{order.id}"
    with pytest.raises(Missing):
        stage.do(weigh, stage.cast.anna, cycle_id, cheese, {order.id: 350})


def test_a_change_beyond_what_there_is(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    stage.order(stage.cast.bashir, cycle_id, {"Farina": 19_000})
    stage.order(stage.cast.anna, cycle_id, {"Farina": 1000})
    stage.do(close, stage.cast.maker, cycle_id)
    order, flour = stage.order_of(stage.cast.anna, cycle_id), stage.product(cycle_id, "Farina").id
    with pytest.raises(Refused):
        stage.do(change_order, stage.cast.maker, cycle_id, order.id, {flour: 2000}, "Prova", version=order.version)
    with pytest.raises(Invalid):
        stage.do(change_order, stage.cast.maker, cycle_id, order.id, {flour: 0}, " ", version=order.version)


@pytest.mark.parametrize("closed", [False, True])
def test_the_supplier_leaves_a_product_out(stage: BuyingStage, closed: bool) -> None:
    cycle_id = three_orders(stage, pack_rule="send")
    if closed:
        stage.do(close, stage.cast.maker, cycle_id)
    stage.do(leave_out, stage.cast.maker, cycle_id, stage.product(cycle_id, "Olio").id, "Grandine")
    assert stage.order_of(stage.cast.chiara, cycle_id).goods_cents == 0
    assert ("chiara", "purchasing:left_out") in stage.letters()
    with pytest.raises(NotNow):
        stage.do(leave_out, stage.cast.maker, cycle_id, stage.product(cycle_id, "Olio").id, "Grandine")
    if not closed:
        with pytest.raises(Invalid):
            order = stage.order_of(stage.cast.anna, cycle_id)
            stage.order(stage.cast.anna, cycle_id, {"Olio": 1000}, version=order.version)
        assert stage.do(close, stage.cast.maker, cycle_id) == "closed"
    must_agree(stage, cycle_id)


@pytest.mark.parametrize("closed", [False, True])
def test_the_supplier_calls_it_off(stage: BuyingStage, closed: bool) -> None:
    cycle_id = three_orders(stage, pack_rule="send")
    if closed:
        stage.do(close, stage.cast.maker, cycle_id)
    stage.do(cancel, stage.cast.maker, cycle_id, "Il fornitore non consegna")
    with stage.database.reading() as session:
        bills = bills_of(session, session.get(OrderCycle, cycle_id))
    assert [bill.total_cents for bill in bills] == [0, 0, 0]
    assert {name for name, notice in stage.letters() if notice == "purchasing:called_off"} == {
        "anna",
        "bashir",
        "chiara",
    }
    with pytest.raises(NotNow):
        stage.do(cancel, stage.cast.maker, cycle_id, "Di nuovo")


def test_the_clock_of_the_stage(stage: BuyingStage) -> None:
    assert stage.cycle(stage.opened()).opens_at <= NOW
