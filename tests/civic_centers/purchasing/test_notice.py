"""What changes after families ordered is told: costs, the day, places, and the final sum once things are weighed."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import select

from civic_centers.purchasing.actions.changing import add_cost, change_order, leave_out, remove_cost, weigh
from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.delaying import change_and_tell, change_place, move_day
from civic_centers.purchasing.actions.making import What
from civic_centers.purchasing.actions.moving_on import deliver, finish, send
from civic_centers.purchasing.actions.ordering import drop_order
from civic_centers.purchasing.actions.placing import Where, add_place, name_keepers
from civic_centers.purchasing.actions.repeating import Every, begin_rhythm, make_next
from civic_centers.purchasing.rules.cycles import NotNow, Times
from civic_centers.purchasing.tables import CyclePlace, PurchaseOrder
from community.notifications.tables import Notification
from community.parties.tables import PartyMember
from foundation import clock
from foundation.errors import Invalid, Missing, Stale
from tests.civic_centers.purchasing.stage import CLOSES, DELIVERY, NOW, BuyingStage

TUESDAY = DELIVERY + timedelta(days=1)


def ordered(stage: BuyingStage) -> int:
    """Anna for herself and for a friend, Bashir: flour and cheese by the piece."""
    cycle_id = stage.opened(pack_rule="send")
    stage.order(stage.cast.anna, cycle_id, {"Farina": 2000, "Formaggio": 350})
    stage.order(stage.cast.anna, cycle_id, {"Farina": 1000}, number=1, for_friend="Pina")
    stage.order(stage.cast.bashir, cycle_id, {"Farina": 3000})
    return cycle_id


def closed(stage: BuyingStage) -> int:
    cycle_id = ordered(stage)
    assert stage.do(close, stage.cast.maker, cycle_id) == "closed"
    return cycle_id


def said(stage: BuyingStage, notice: str) -> list[tuple[str, dict[str, Any]]]:
    """Who was told something, and with which words in it."""
    names = {member.id: name for name, member in stage.cast.members.items()}
    with stage.database.reading() as session:
        statement = select(Notification).where(Notification.notice == f"purchasing:{notice}")
        return [(names[one.person_id], one.params) for one in session.exec(statement.order_by(Notification.id))]


def to(stage: BuyingStage, notice: str) -> list[str]:
    return sorted(name for name, _words in said(stage, notice))


def amounts(stage: BuyingStage, notice: str) -> list[tuple[str, str]]:
    return [(name, words["amount"]["it"]) for name, words in said(stage, notice)]


def what(closes: datetime = CLOSES, day: date = DELIVERY, **more: Any) -> What:
    return What("Arance di gennaio", "", Times(NOW - timedelta(hours=1), closes, day), pack_rule="send", **more)


def test_a_cost_after_closing_is_told_once_to_each_household(stage: BuyingStage) -> None:
    """3 + 1 + 3 packs at 2.39 and 0.35 kg at 16.50: Anna 4.78 + 5.78 and 2.39, Bashir 7.17. 3.00 euro by head."""
    with clock.at(NOW):
        cycle_id = closed(stage)
        cost = stage.do(add_cost, stage.cast.maker, cycle_id, "Trasporto", 300, "head")
        assert amounts(stage, "costs_changed") == [("anna", "14,95 €"), ("bashir", "8,17 €")]
        stage.do(remove_cost, stage.cast.maker, cycle_id, cost.id)
        assert amounts(stage, "costs_changed")[2:] == [("anna", "12,95 €"), ("bashir", "7,17 €")]


def test_a_cost_before_closing_is_told_nobody(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = ordered(stage)
        cost = stage.do(add_cost, stage.cast.maker, cycle_id, "Trasporto", 300, "head")
        stage.do(remove_cost, stage.cast.maker, cycle_id, cost.id)
        assert said(stage, "costs_changed") == []


@pytest.mark.parametrize("way", ["value", "head"])
def test_whose_sum_stays_hears_nothing(stage: BuyingStage, way: str) -> None:
    """Who gets nothing pays nothing of the transport, nor is counted as a head."""
    with clock.at(NOW):
        cycle_id = closed(stage)
        stage.do(leave_out, stage.cast.maker, cycle_id, stage.product(cycle_id, "Farina").id, "Finita")
        stage.do(add_cost, stage.cast.maker, cycle_id, "Trasporto", 300, way)
        assert amounts(stage, "costs_changed") == [("anna", "8,78 €")]


def test_weighing_ends_in_one_notice_with_the_final_sum(stage: BuyingStage) -> None:
    """Weighed twice, 0.40 kg in the end: 16.50 * 0.4 is 6.60. Bashir's sum is as he heard it: he is told nothing."""
    with clock.at(NOW):
        cycle_id = closed(stage)
        stage.do(send, stage.cast.maker, cycle_id)
        stage.do(deliver, stage.cast.maker, cycle_id)
        order, cheese = stage.order_of(stage.cast.anna, cycle_id), stage.product(cycle_id, "Formaggio").id
        for weight in (380, 400):
            stage.do(weigh, stage.cast.maker, cycle_id, cheese, {order.id: weight})
        assert said(stage, "final_sum") == []
        stage.do(finish, stage.cast.maker, cycle_id)
        assert amounts(stage, "final_sum") == [("anna", "13,77 €")]


def test_weighed_as_it_was_ordered_is_no_news(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = closed(stage)
        stage.do(add_cost, stage.cast.maker, cycle_id, "Trasporto", 300, "head")
        order, cheese = stage.order_of(stage.cast.anna, cycle_id), stage.product(cycle_id, "Formaggio").id
        stage.do(weigh, stage.cast.maker, cycle_id, cheese, {order.id: 400})
        stage.do(weigh, stage.cast.maker, cycle_id, cheese, {order.id: 350})
        flour = stage.product(cycle_id, "Farina").id
        stage.do(change_order, stage.cast.maker, cycle_id, order.id, {flour: 1000}, "Una era rotta",
                 version=stage.order_of(stage.cast.anna, cycle_id).version)  # fmt: skip
        for act in (send, deliver, finish):
            stage.do(act, stage.cast.maker, cycle_id)
        assert said(stage, "final_sum") == []


def test_whose_share_of_the_costs_follows_the_weights_of_others_is_told_too(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = closed(stage)
        stage.do(add_cost, stage.cast.maker, cycle_id, "Trasporto", 1000, "value")
        before = stage.order_of(stage.cast.bashir, cycle_id).total_cents
        order, cheese = stage.order_of(stage.cast.anna, cycle_id), stage.product(cycle_id, "Formaggio").id
        stage.do(weigh, stage.cast.maker, cycle_id, cheese, {order.id: 1000})
        for act in (send, deliver, finish):
            stage.do(act, stage.cast.maker, cycle_id)
        assert stage.order_of(stage.cast.bashir, cycle_id).total_cents < before
        assert to(stage, "final_sum") == ["anna", "bashir"]


@pytest.mark.parametrize(
    ("closes", "day", "told"),
    [
        (CLOSES + timedelta(hours=2), DELIVERY, ["anna", "bashir"]),
        (CLOSES, TUESDAY, ["anna", "bashir"]),
        (CLOSES, DELIVERY, []),
    ],
)
def test_while_it_is_open_who_ordered_hears_of_other_times(
    stage: BuyingStage, closes: datetime, day: date, told: list[str]
) -> None:
    with clock.at(NOW):
        cycle_id = ordered(stage)
        now = stage.cycle(cycle_id)
        times = Times(now.opens_at, closes, day)
        new = What("Un altro nome", "Con le cassette", times, pack_rule="send")
        stage.do(change_and_tell, stage.cast.maker, cycle_id, new, version=now.version)
        assert to(stage, "times_moved") == told


def test_the_day_moves_after_closing_with_the_places_and_everybody_hears_their_own(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = ordered(stage)
        other = stage.do(add_place, stage.cast.maker, cycle_id, Where("Biblioteca", time(10), time(12)))
        order = stage.order_of(stage.cast.bashir, cycle_id)
        with stage.database.writing() as session:
            session.get_one(PurchaseOrder, order.id).place_id = other.id
        with pytest.raises(NotNow):
            stage.do(move_day, stage.cast.maker, cycle_id, TUESDAY, version=stage.cycle(cycle_id).version)
        stage.do(close, stage.cast.maker, cycle_id)
        before = stage.cycle(cycle_id)
        with pytest.raises(Missing):
            stage.do(move_day, stage.cast.anna, cycle_id, TUESDAY, version=before.version)
        for day in (DELIVERY, date(2027, 1, 10), date(2027, 9, 1)):
            with pytest.raises(Invalid):
                stage.do(move_day, stage.cast.maker, cycle_id, day, version=before.version)
        stage.do(move_day, stage.cast.maker, cycle_id, TUESDAY, version=before.version)
        with pytest.raises(Stale):
            stage.do(move_day, stage.cast.maker, cycle_id, DELIVERY, version=before.version)
    words = dict(said(stage, "day_moved"))
    assert {name: one["place"] for name, one in words.items()} == {"anna": "Oratorio", "bashir": "Biblioteca"}
    assert words["anna"]["old_on"] == "2027-01-18"
    assert words["anna"]["delivery_on"] == "2027-01-19"
    assert words["anna"]["starts_at"].startswith("2027-01-19T16:00")
    assert len(said(stage, "day_moved")) == 2
    with stage.database.reading() as session:
        places = session.exec(select(CyclePlace).where(CyclePlace.cycle_id == cycle_id)).all()
    assert {clock.local(one.starts_at, "Europe/Rome").date() for one in places} == {TUESDAY}


def test_who_took_theirs_out_hears_of_no_change(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = ordered(stage)
        stage.do(drop_order, stage.cast.bashir, cycle_id, 0, stage.order_of(stage.cast.bashir, cycle_id).version)
        stage.do(close, stage.cast.maker, cycle_id)
        stage.do(move_day, stage.cast.maker, cycle_id, TUESDAY, version=stage.cycle(cycle_id).version)
        stage.do(change_place, stage.cast.maker, cycle_id, stage.place(cycle_id), Where("Qui", time(1), time(2)))
        assert (to(stage, "day_moved"), to(stage, "place_moved")) == (["anna"], ["anna"])


def test_who_does_it_is_told_nothing_and_for_who_left_the_household_the_others_are(stage: BuyingStage) -> None:
    anna = stage.cast.anna
    with clock.at(NOW):
        cycle_id = ordered(stage)
        stage.do(close, stage.cast.maker, cycle_id)
        with stage.database.writing() as session:
            session.add(PartyMember(party_id=stage.cast.bashir.party.id, person_id=stage.cast.dario.id))
        stage.do(name_keepers, stage.cast.maker, cycle_id, [anna.id])
        stage.do(move_day, anna, cycle_id, TUESDAY, version=stage.cycle(cycle_id).version)
        assert to(stage, "day_moved") == ["bashir"]
        with stage.database.writing() as session:
            theirs = PartyMember.person_id == stage.cast.bashir.id
            session.exec(select(PartyMember).where(theirs)).one().until = clock.now()
        stage.do(change_place, anna, cycle_id, stage.place(cycle_id), Where("Palestra", time(18), time(20)))
        assert to(stage, "place_moved") == ["dario"]


def test_a_place_or_cost_of_another_order_is_not_there(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id, other = closed(stage), stage.opened(title="Un altro")
        with pytest.raises(Missing):
            stage.do(change_place, stage.cast.maker, cycle_id, stage.place(other), Where("Qui", time(1), time(2)))
        cost = stage.do(add_cost, stage.cast.maker, other, "Trasporto", 300, "head")
        with pytest.raises(Missing):
            stage.do(remove_cost, stage.cast.maker, cycle_id, cost.id)


def test_who_heard_that_a_product_is_left_out_hears_no_final_sum(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = closed(stage)
        stage.do(leave_out, stage.cast.maker, cycle_id, stage.product(cycle_id, "Farina").id, "Finita")
        assert to(stage, "left_out") == ["anna", "bashir"]
        for act in (send, deliver, finish):
            stage.do(act, stage.cast.maker, cycle_id)
        assert to(stage, "final_sum") == []


def test_what_comes_again_keeps_its_usual_day(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = ordered(stage)
        rhythm_id = stage.do(begin_rhythm, stage.cast.maker, cycle_id, Every(weeks=2)).id
        stage.do(close, stage.cast.maker, cycle_id)
        stage.do(move_day, stage.cast.maker, cycle_id, TUESDAY, version=stage.cycle(cycle_id).version)
        stage.do(move_day, stage.cast.maker, cycle_id, TUESDAY + timedelta(1), version=stage.cycle(cycle_id).version)
    with clock.at(NOW + timedelta(days=13)), stage.database.writing() as session:
        fresh = make_next(session, rhythm_id)
        assert fresh.delivery_on == DELIVERY + timedelta(weeks=2)
        place = session.exec(select(CyclePlace).where(CyclePlace.cycle_id == fresh.id)).one()
        assert clock.local(place.starts_at, "Europe/Rome").date() == fresh.delivery_on


@pytest.mark.parametrize("steps", [(), (close,), (close, send), (close, send, deliver)])
def test_a_place_is_changed_and_who_fetches_there_is_told(stage: BuyingStage, steps: tuple[Callable[..., Any]]) -> None:
    with clock.at(NOW):
        cycle_id = ordered(stage)
        other = stage.do(add_place, stage.cast.maker, cycle_id, Where("Biblioteca", time(10), time(12)))
        with stage.database.writing() as session:
            session.get_one(PurchaseOrder, stage.order_of(stage.cast.bashir, cycle_id).id).place_id = other.id
        for act in steps:
            stage.do(act, stage.cast.maker, cycle_id)
        before = stage.cycle(cycle_id).version
        for wrong in (
            Where(" ", time(18), time(20)),
            Where("Oratorio", time(10), time(12)),
            Where("Biblioteca", time(20), time(18)),
            Where("Biblioteca", time(10), time(12)),
        ):
            with pytest.raises(Invalid):
                stage.do(change_place, stage.cast.maker, cycle_id, other.id, wrong)
        stage.do(change_place, stage.cast.maker, cycle_id, other.id, Where("Palestra", time(18), time(20)))
        assert stage.cycle(cycle_id).version == before + 1
        with pytest.raises(Missing):
            stage.do(change_place, stage.cast.anna, cycle_id, other.id, Where("Casa mia", time(18), time(20)))
    [(name, words)] = said(stage, "place_moved")
    assert (name, words["place"]) == ("bashir", "Palestra")
    assert words["starts_at"].startswith("2027-01-18T17:00")


def test_no_place_changes_once_it_is_done(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = closed(stage)
        for act in (send, deliver, finish):
            stage.do(act, stage.cast.maker, cycle_id)
        with pytest.raises(NotNow):
            stage.do(change_place, stage.cast.maker, cycle_id, stage.place(cycle_id), Where("Q", time(1), time(2)))


def test_a_family_fetches_elsewhere_after_closing(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = ordered(stage)
        other = stage.do(add_place, stage.cast.maker, cycle_id, Where("Biblioteca", time(10), time(12))).id
        stage.do(close, stage.cast.maker, cycle_id)
        order = stage.order_of(stage.cast.bashir, cycle_id)
        more = {"version": order.version}
        elsewhere = stage.opened(title="Un altro")
        for place_id in (stage.place(elsewhere), order.place_id):
            with pytest.raises(Invalid):
                stage.do(change_order, stage.cast.maker, cycle_id, order.id, {}, "Perché sì", place_id=place_id, **more)
        stage.do(change_order, stage.cast.maker, cycle_id, order.id, {}, "È di strada", place_id=other, **more)
        assert stage.order_of(stage.cast.bashir, cycle_id).place_id == other
        assert stage.order_of(stage.cast.bashir, cycle_id).reason == "È di strada"
        assert to(stage, "changed") == ["bashir"]
