"""Who moved says once who reads it there; whoever reads it there hears of it, and nothing old counts any more."""

import pytest
from sqlmodel import col, select

from care.housing import actions
from care.housing.rules.cases import NotNow
from community.households.actions.moving import move_household
from foundation.audit.tables import AuditEntry
from foundation.errors import Invalid, Stale
from tests.care.housing.stage import HousingStage


def moves(stage: HousingStage, zone: str = "vescovato") -> None:
    anna = stage.cast.anna
    stage.do(move_household, anna, anna.party.id, stage.cast.zones[zone].id, address="Via Nuova 1")


def test_the_desk_there_hears_of_it_and_it_is_written_down(stage: HousingStage) -> None:
    need = stage.sent()
    moves(stage)
    assert ("other_maker", "housing:for_makers") not in stage.letters()
    stage.do(actions.agree_to_move, stage.cast.anna, need)
    assert stage.letters().count(("other_maker", "housing:for_makers")) == 1
    with stage.database.reading() as session:
        about = (col(AuditEntry.kind) == "housing_case", col(AuditEntry.object_id) == need)
        verbs = [one.verb for one in session.exec(select(AuditEntry).where(*about).order_by(col(AuditEntry.id)))]
    assert verbs[-2:] == ["moved", "read_anew"]


def test_it_is_said_once_and_only_of_what_goes_on(stage: HousingStage) -> None:
    need, over = stage.sent(), stage.sent()
    with pytest.raises(NotNow):
        stage.do(actions.agree_to_move, stage.cast.anna, need)
    moves(stage)
    stage.do(actions.withdraw, stage.cast.anna, over)
    assert ("other_maker", "housing:for_makers") not in stage.letters(), "nobody there has read it"
    with pytest.raises(NotNow):
        stage.do(actions.agree_to_move, stage.cast.anna, over)
    stage.do(actions.agree_to_move, stage.cast.anna, need)
    with pytest.raises(NotNow):
        stage.do(actions.agree_to_move, stage.cast.anna, need)


def test_not_where_nobody_would_read_it(stage: HousingStage) -> None:
    need = stage.sent(excluded={stage.cast.other_maker.id})
    moves(stage)
    with pytest.raises(Invalid):
        stage.do(actions.agree_to_move, stage.cast.anna, need)
    assert stage.case(need).moved_on is not None


def test_who_moves_twice_is_asked_twice_and_a_form_from_before_is_refused(stage: HousingStage) -> None:
    need = stage.sent()
    before, version = stage.told("anna"), stage.case(need).version
    moves(stage)
    said = {"is_wide": True, "excluded": set()}
    with pytest.raises(Stale):
        stage.do(actions.save_step, stage.cast.anna, need, "readers", said, version=version)
    moves(stage, "po")
    assert stage.told("anna") == before + 2


def test_nobody_is_asked_where_it_stays_in_its_zone(stage: HousingStage) -> None:
    need, zone_id = stage.sent(), stage.cast.zones["centro"].id
    with stage.database.writing() as session:
        actions.move_to_zone(session, stage.cast.anna.party.id, None, zone_id)
    assert (stage.case(need).zone_id, stage.case(need).moved_on) == (zone_id, None)
