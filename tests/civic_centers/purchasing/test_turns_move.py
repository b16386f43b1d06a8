"""Turns of volunteers go along with the day of delivery or the hours of a place, where that is wished."""

from datetime import date, datetime, time, timedelta

import pytest

from civic_centers.centers import actions as centers
from civic_centers.centers.actions import About
from civic_centers.purchasing.actions.closing import close
from civic_centers.purchasing.actions.delaying import change_and_tell, change_place, move_day
from civic_centers.purchasing.actions.making import What
from civic_centers.purchasing.actions.placing import Where, add_place
from civic_centers.purchasing.actions.turning import add_turn
from civic_centers.purchasing.rules.cycles import Times
from civic_centers.volunteering import actions as volunteering
from civic_centers.volunteering.actions.making import Moment
from civic_centers.volunteering.rules import Wanted
from civic_centers.volunteering.tables import Slot
from foundation import clock
from foundation.errors import Invalid
from tests.civic_centers.purchasing.stage import CLOSES, DELIVERY, NOW, BuyingStage

TUESDAY = DELIVERY + timedelta(days=1)
ROME = "Europe/Rome"


def moment(day: date, hour: int) -> datetime:
    return clock.from_local(datetime.combine(day, time(hour)), ROME)


def a_center(stage: BuyingStage, name: str = "Civic Center di prova") -> int:
    about = About(name, stage.cast.zones["centro"].id, "Via della Scuola 1", province="CR")
    return stage.do(centers.open_center, stage.cast.maker, about, opened_on=date(2026, 1, 1)).id


def turn(stage: BuyingStage, cycle_id: int, center_id: int, starts: datetime, kind: str = "distribution") -> int:
    wanted = Wanted("Un turno", exchange=True, most=3)
    when = Moment(starts, starts + timedelta(hours=2))
    slot = stage.do(add_turn, stage.cast.maker, cycle_id, center_id, kind, wanted, when)
    return slot.id


def on_wall(stage: BuyingStage, slot_id: int) -> tuple[str, str]:
    with stage.database.reading() as session:
        slot = session.get_one(Slot, slot_id)
        starts, ends = (clock.local(at, ROME) for at in (slot.starts_at, slot.ends_at))
    return f"{starts:%m-%d %H:%M}", f"{ends:%m-%d %H:%M}"


def told(stage: BuyingStage) -> list[str]:
    return [name for name, notice in stage.letters() if notice == "volunteering:moved"]


def closed(stage: BuyingStage) -> int:
    cycle_id = stage.opened(pack_rule="send")
    stage.order(stage.cast.bashir, cycle_id, {"Farina": 1000})
    stage.do(close, stage.cast.maker, cycle_id)
    return cycle_id


def test_the_turns_of_the_old_day_go_along_and_who_signed_up_is_told(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id, center_id = closed(stage), a_center(stage)
        slot_id = turn(stage, cycle_id, center_id, moment(DELIVERY, 17))
        early = turn(stage, cycle_id, center_id, moment(DELIVERY - timedelta(days=1), 9), "pick_up")
        stage.do(volunteering.sign_up, stage.cast.anna, slot_id)
        version = stage.cycle(cycle_id).version
        stage.do(move_day, stage.cast.maker, cycle_id, TUESDAY, version=version, with_turns=True)
        assert on_wall(stage, slot_id) == ("01-19 17:00", "01-19 19:00")
        assert on_wall(stage, early)[0] == "01-17 09:00"  # on another day already: it stays
        assert told(stage) == ["anna"]


def test_they_stay_where_that_is_not_wished(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = closed(stage)
        slot_id = turn(stage, cycle_id, a_center(stage), moment(DELIVERY, 17))
        stage.do(move_day, stage.cast.maker, cycle_id, TUESDAY, version=stage.cycle(cycle_id).version)
        assert on_wall(stage, slot_id)[0] == "01-18 17:00"


def test_the_hour_on_the_wall_stays_over_the_change_of_the_clocks(stage: BuyingStage) -> None:
    """Summer time begins on 28 March 2027: from Saturday to Monday the hours are 47, on the wall 48."""
    with clock.at(NOW):
        day = date(2027, 3, 27)
        cycle_id = stage.opened(pack_rule="send")
        row = stage.cycle(cycle_id)
        new = What("Arance", "", Times(row.opens_at, row.closes_at, day), pack_rule="send")
        stage.do(change_and_tell, stage.cast.maker, cycle_id, new, version=row.version)
        stage.order(stage.cast.bashir, cycle_id, {"Farina": 1000})
        slot_id = turn(stage, cycle_id, a_center(stage), moment(day, 17))
        stage.do(close, stage.cast.maker, cycle_id)
        later = date(2027, 3, 29)
        stage.do(move_day, stage.cast.maker, cycle_id, later, version=stage.cycle(cycle_id).version, with_turns=True)
        assert on_wall(stage, slot_id) == ("03-29 17:00", "03-29 19:00")


def test_a_turn_that_began_is_refused_kindly_and_nothing_moves(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id, center_id = closed(stage), a_center(stage)
        over = turn(stage, cycle_id, center_id, moment(DELIVERY, 8), "pick_up")
        slot_id = turn(stage, cycle_id, center_id, moment(DELIVERY, 17))
    with clock.at(moment(DELIVERY, 12)):
        version = stage.cycle(cycle_id).version
        with pytest.raises(Invalid) as refused:
            stage.do(move_day, stage.cast.maker, cycle_id, TUESDAY, version=version, with_turns=True)
        assert refused.value.field == "move_turns"
        assert (stage.cycle(cycle_id).delivery_on, stage.cycle(cycle_id).version) == (DELIVERY, version)
        assert (on_wall(stage, over)[0], on_wall(stage, slot_id)[0]) == ("01-18 08:00", "01-18 17:00")
        stage.do(move_day, stage.cast.maker, cycle_id, TUESDAY, version=version)


def test_while_it_is_open_they_go_along_too(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = stage.opened()
        slot_id = turn(stage, cycle_id, a_center(stage), moment(DELIVERY, 17))
        row = stage.cycle(cycle_id)
        new = What("Arance", "", Times(row.opens_at, CLOSES, TUESDAY))
        stage.do(change_and_tell, stage.cast.maker, cycle_id, new, version=row.version, with_turns=True)
        assert on_wall(stage, slot_id)[0] == "01-19 17:00"


def test_with_the_hours_of_a_place_those_for_giving_out_go_along(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id, center_id = closed(stage), a_center(stage)
        giving = turn(stage, cycle_id, center_id, moment(DELIVERY, 16))
        fetching = turn(stage, cycle_id, center_id, moment(DELIVERY, 17), "pick_up")
        morning = turn(stage, cycle_id, center_id, moment(DELIVERY, 9))
        stage.do(volunteering.sign_up, stage.cast.anna, giving)
        where = Where("Oratorio", time(18, 30), time(20))
        stage.do(change_place, stage.cast.maker, cycle_id, stage.place(cycle_id), where, with_turns=True)
        assert on_wall(stage, giving) == ("01-18 17:30", "01-18 19:30")
        assert on_wall(stage, fetching)[0] == "01-18 17:00"
        assert on_wall(stage, morning)[0] == "01-18 09:00"
        assert told(stage) == ["anna"]


def test_a_turn_stays_at_its_center(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id, center_id, other = closed(stage), a_center(stage), a_center(stage, "Un altro centro")
        turn(stage, cycle_id, center_id, moment(DELIVERY, 17))
        where = Where("", time(18), time(20), other)
        with pytest.raises(Invalid) as refused:
            stage.do(change_place, stage.cast.maker, cycle_id, stage.place(cycle_id), where, with_turns=True)
        assert refused.value.field == "move_turns"
        stage.do(change_place, stage.cast.maker, cycle_id, stage.place(cycle_id), where)


def test_a_place_without_a_center_leaves_the_turns_of_another_place_alone(stage: BuyingStage) -> None:
    """The parish hall and the center give out at the same hours: each has its own volunteers."""
    with clock.at(NOW):
        cycle_id, center_id, third = closed(stage), a_center(stage), a_center(stage, "Un centro vicino")
        hall = stage.place(cycle_id)
        there = stage.do(add_place, stage.cast.maker, cycle_id, Where("", time(17), time(19), center_id)).id
        of_center = turn(stage, cycle_id, center_id, moment(DELIVERY, 17))
        of_hall = turn(stage, cycle_id, third, moment(DELIVERY, 17))
        stage.do(volunteering.sign_up, stage.cast.anna, of_center)
        stage.do(volunteering.sign_up, stage.cast.chiara, of_hall)
        where = Where("Oratorio", time(18), time(20))
        stage.do(change_place, stage.cast.maker, cycle_id, hall, where, with_turns=True)
        assert on_wall(stage, of_center)[0] == "01-18 17:00"
        assert on_wall(stage, of_hall)[0] == "01-18 18:00"
        assert told(stage) == ["chiara"]
        where = Where("", time(16), time(18), center_id)
        stage.do(change_place, stage.cast.maker, cycle_id, there, where, with_turns=True)
        assert on_wall(stage, of_center)[0] == "01-18 16:00"
        assert on_wall(stage, of_hall)[0] == "01-18 18:00"
