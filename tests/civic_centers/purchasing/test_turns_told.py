"""Who keeps a center hears once what was called off or moved there by somebody else, or by a rule."""

from datetime import date, datetime, time, timedelta

from sqlmodel import select

from civic_centers.centers import actions as centers
from civic_centers.centers.actions import About
from civic_centers.purchasing.actions.closing import close, shut, work_out
from civic_centers.purchasing.actions.delaying import move_day
from civic_centers.purchasing.actions.moving_on import cancel
from civic_centers.purchasing.actions.placing import name_keepers
from civic_centers.purchasing.actions.turning import add_turn
from civic_centers.volunteering.actions.making import Moment
from civic_centers.volunteering.rules import Wanted
from community.notifications.tables import Notification
from foundation import clock
from tests.cast import Member
from tests.civic_centers.purchasing.stage import CLOSES, DELIVERY, NOW, BuyingStage

TUESDAY = DELIVERY + timedelta(days=1)


def moment(hour: int) -> datetime:
    return clock.from_local(datetime.combine(DELIVERY, time(hour)), "Europe/Rome")


def a_center(stage: BuyingStage, name: str, *keepers: Member) -> int:
    about = About(name, stage.cast.zones["centro"].id, "Via della Scuola 1", province="CR")
    center_id = stage.do(centers.open_center, stage.cast.maker, about, opened_on=date(2026, 1, 1)).id
    for one in keepers:
        stage.do(centers.add_keeper, stage.cast.maker, center_id, one.id)
    return center_id


def turn(stage: BuyingStage, cycle_id: int, center_id: int, hour: int) -> int:
    wanted, when = Wanted("Un turno", exchange=True, most=3), Moment(moment(hour), moment(hour + 1))
    return stage.do(add_turn, stage.cast.maker, cycle_id, center_id, "distribution", wanted, when).id


def told(stage: BuyingStage) -> list[tuple[str, str, int | None]]:
    """Who heard what of shifts at a center, and of how many."""
    names = {member.id: name for name, member in stage.cast.members.items()}
    with stage.database.reading() as session:
        found = session.exec(select(Notification).where(Notification.notice.endswith("_with"))).all()
    return sorted((names[one.person_id], one.notice, one.params.get("number")) for one in found)


def test_a_person_who_calls_the_order_off_is_not_told_but_all_who_keep_the_centers(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id, cast = stage.opened(), stage.cast
        here, there = a_center(stage, "Qui", cast.anna, cast.chiara), a_center(stage, "Lì", cast.bashir)
        a_center(stage, "Altrove", cast.dario)
        for hour in (16, 17, 18):
            turn(stage, cycle_id, here, hour)
        turn(stage, cycle_id, there, 17)
        stage.do(name_keepers, cast.maker, cycle_id, [cast.chiara.id])
        stage.do(cancel, cast.chiara, cycle_id, "Il fornitore non viene")
        assert told(stage) == [
            ("anna", "volunteering:all_off_with", 3), ("bashir", "volunteering:off_with", None),
        ]  # fmt: skip


def test_where_a_rule_calls_it_off_every_keeper_is_told(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = stage.opened()
        turn(stage, cycle_id, a_center(stage, "Qui", stage.cast.anna, stage.cast.chiara), 17)
    with clock.at(CLOSES):
        with stage.database.writing() as session:
            assert shut(session, None, cycle_id)
        with stage.database.writing() as session:
            assert work_out(session, None, cycle_id) == "cancelled"
    off = "volunteering:off_with"
    assert told(stage) == [("anna", off, None), ("chiara", off, None)]


def test_each_time_they_are_moved_the_keepers_are_told_once(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id, cast = stage.opened(pack_rule="send"), stage.cast
        stage.order(cast.bashir, cycle_id, {"Farina": 1000})
        stage.do(close, cast.maker, cycle_id)
        here, there = a_center(stage, "Qui", cast.anna, cast.maker), a_center(stage, "Lì", cast.chiara)
        for center_id, hour in ((here, 16), (here, 17), (there, 17)):
            turn(stage, cycle_id, center_id, hour)
        several, single = ("anna", "volunteering:all_moved_with", 2), ("chiara", "volunteering:moved_with", None)
        for number, day in enumerate((TUESDAY, TUESDAY + timedelta(days=1)), 1):
            version = stage.cycle(cycle_id).version
            stage.do(move_day, cast.maker, cycle_id, day, version=version, with_turns=True)
            assert told(stage) == [*[several] * number, *[single] * number]
        day, version = TUESDAY + timedelta(days=2), stage.cycle(cycle_id).version
        stage.do(move_day, cast.maker, cycle_id, day, version=version)  # without its turns: nothing is told of them
        assert len(told(stage)) == 4
