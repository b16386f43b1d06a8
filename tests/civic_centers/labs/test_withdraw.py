"""Who proposed a lab takes it back before a maker answers."""

from collections.abc import Callable

import pytest

from civic_centers.labs import actions
from civic_centers.labs.queries.waiting import lines_for_who_runs
from civic_centers.labs.rules import MOST_PROPOSED, NotNow
from civic_centers.wall import actions as wall
from foundation.errors import Missing
from tests.civic_centers.labs.stage import LabStage
from tests.client import Browser, on_sqlite


def test_only_who_proposed_it_and_only_before_the_answer(stage: LabStage) -> None:
    cast, lab_id = stage.cast, stage.make(who="chiara", name="La spesa insieme")
    for who in (cast.maker, cast.anna, cast.administrator):
        with pytest.raises(Missing):
            stage.do(actions.withdraw_lab, who, lab_id)
    for _twice in range(2):
        stage.do(actions.withdraw_lab, cast.chiara, lab_id)
    assert (stage.lab(lab_id).state, stage.lab(lab_id).opened_at) == ("ended", None)
    with stage.database.reading() as session:
        assert lines_for_who_runs(session, cast.maker.actor) == []
    with pytest.raises(NotNow):
        stage.do(actions.open_lab, cast.maker, lab_id)
    with pytest.raises(NotNow):
        stage.do(actions.withdraw_lab, cast.maker, stage.lab_id)


def test_it_makes_room_for_another(stage: LabStage) -> None:
    made = [stage.make(who="chiara", name=f"Proposta {number}") for number in range(MOST_PROPOSED)]
    stage.do(actions.withdraw_lab, stage.cast.chiara, made[0])
    assert stage.lab(stage.make(who="chiara", name="Un’altra")).state == "draft"


def test_the_need_it_was_made_of_is_free_again(stage: LabStage) -> None:
    need_id = stage.need()
    lab_id = stage.do(wall.turn_into, stage.cast.bashir, need_id, "lab")
    stage.do(actions.withdraw_lab, stage.cast.bashir, lab_id)
    assert stage.do(wall.turn_into, stage.cast.bashir, need_id, "lab") != lab_id


@on_sqlite
def test_from_its_page(stage: LabStage, client_for: Callable[..., Browser]) -> None:
    place = f"/c/cremona/labs/{stage.lab(stage.make(who='chiara', name='La spesa')).slug}"
    chiara, maker = client_for(stage.cast.chiara), client_for(stage.cast.maker)
    assert not maker.look(place).says("Ritira la proposta")
    said = chiara.submit(chiara.look(place), "/withdraw")
    assert said.says("Hai ritirato la tua proposta")
    assert said.says("Chi l’aveva proposto l’ha ritirato")
    assert not said.says("I maker per ora non lo aprono")
