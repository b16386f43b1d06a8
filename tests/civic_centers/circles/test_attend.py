"""Taking children in and handing them over, whatever becomes of a family meanwhile."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from civic_centers.circles import actions
from foundation import clock
from foundation.errors import Missing
from tests.civic_centers.circles.stage import CircleStage
from tests.client import Browser

Opening = Callable[..., Browser]


def test_who_has_the_children_goes_on_though_their_family_leaves(circle: CircleStage) -> None:
    circle.rota()
    turn = circle.turn_of("anna")
    bimbo = circle.child_row("bashir").id
    circle.do(actions.write_notes, "bashir", bimbo, "Allergia alle noci")
    with clock.at(turn.starts_at):
        circle.do(actions.note_came, "anna", turn.id, bimbo)
        circle.do(actions.leave, "anna", circle.circle_id)
        circle.do(actions.note_left, "anna", turn.id, bimbo, circle.cast.bashir.name)
    with clock.at(turn.ends_at):
        circle.do(actions.tell_minutes, "anna", turn.id, 120)
    assert circle.turn(turn.id).state == "told"
    with clock.at(turn.ends_at + timedelta(days=40)), pytest.raises(Missing):
        circle.do(actions.tell_minutes, "anna", turn.id, 100)
