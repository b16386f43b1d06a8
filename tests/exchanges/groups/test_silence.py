"""Who says nothing is reminded, then their silence says yes, where it may."""

from datetime import timedelta

from exchanges.groups import actions
from foundation import clock
from tests.exchanges.groups.stage import AFTER, GroupStage


def test_silence_confirms_after_a_reminder(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.held(cast.anna, cast.bashir, cast.chiara)
    stage.do(actions.confirm, cast.chiara, group_id, None)
    with clock.at(AFTER + timedelta(days=6)):
        stage.look()
    assert stage.mails(cast.bashir)[-1] == "agreements:remind"
    assert stage.place(group_id, cast.bashir).state == "told"
    with clock.at(AFTER + timedelta(days=9)):
        stage.look()
    assert stage.group(group_id).state == "settled"
    assert stage.balance(cast.bashir) == -60


def test_silence_settles_neither_care_nor_the_unreachable_nor_what_was_recorded(stage: GroupStage) -> None:
    cast = stage.cast
    stage.verify(cast.anna)
    ida = stage.offline("ida")
    care = stage.held(cast.anna, cast.bashir, category="elders")
    offline = stage.held(cast.anna, ida)
    recorded = stage.recorded(cast.anna, cast.chiara)
    for group_id in (care, offline, recorded):
        assert [one.settles_at for one in stage.places(group_id)] == [None]
    for days in (6, 9, 30):
        with clock.at(AFTER + timedelta(days=days)):
            stage.look()
    assert [stage.group(one).state for one in (care, offline, recorded)] == ["held", "held", "held"]
    assert "agreements:confirm_needed" in stage.calls(ida)
