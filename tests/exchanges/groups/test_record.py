"""A meeting of many that was and is written down afterwards: nothing moves before all have said yes."""

import pytest

from exchanges.groups import actions
from foundation.errors import DomainError, Invalid, Missing, Refused
from tests.exchanges.groups.stage import GroupStage


def test_recorded_nothing_moves_before_everybody_has_said_yes(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.recorded(cast.anna, cast.bashir, cast.chiara)
    assert stage.place_states(group_id) == ["told", "told"]
    assert stage.reserved(cast.bashir) == 0
    stage.do(actions.confirm, cast.bashir, group_id, None)
    assert stage.reserved(cast.bashir) == 60
    stage.do(actions.withdraw, cast.anna, group_id, None)
    assert stage.reserved(cast.bashir) == 0
    assert stage.group(group_id).state == "withdrawn"
    again = stage.recorded(cast.anna, cast.bashir, cast.chiara, rule="equal")
    for member in (cast.bashir, cast.chiara):
        stage.do(actions.confirm, member, again, None)
    assert (stage.balance(cast.anna), stage.balance(cast.bashir), stage.balance(cast.chiara)) == (60, -30, -30)


def test_recorded_what_makes_no_sense(stage: GroupStage) -> None:
    cast = stage.cast
    with pytest.raises(Invalid):
        stage.recorded(cast.anna)
    with pytest.raises(Refused):
        stage.recorded(cast.anna, cast.anna)
    with pytest.raises(Missing):
        stage.recorded(cast.anna, cast.zoe)
    with pytest.raises(Invalid):
        stage.recorded(cast.anna, cast.bashir, minutes=None)
    with pytest.raises(DomainError):
        stage.recorded(cast.anna, cast.bashir, category="childcare")
