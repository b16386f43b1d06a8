"""The turns of an order that is called off are called off with it, whoever or whatever calls it off; else they stay."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from civic_centers.centers import actions as centers
from civic_centers.centers.actions import About
from civic_centers.purchasing.actions.closing import shut, work_out
from civic_centers.purchasing.actions.making import open_cycle
from civic_centers.purchasing.actions.moving_on import cancel
from civic_centers.purchasing.actions.placing import name_keepers
from civic_centers.purchasing.actions.turning import add_turn
from civic_centers.volunteering import actions as volunteering
from civic_centers.volunteering.actions.making import Moment
from civic_centers.volunteering.rules import Wanted
from civic_centers.volunteering.tables import SignUp, Slot
from foundation import clock
from foundation.audit.tables import AuditEntry
from tests.civic_centers.purchasing.stage import CLOSES, NOW, BuyingStage, at_noon


def turn_of(stage: BuyingStage, cycle_id: int, *, day: int = 18) -> int:
    """A turn of the order at a center of the maker's, that Anna takes."""
    about = About("Civic Center di prova", stage.cast.zones["centro"].id, "Via della Scuola 1", province="CR")
    center_id = stage.do(centers.open_center, stage.cast.maker, about, opened_on=date(2026, 1, 1)).id
    moment = Moment(at_noon(day), at_noon(day) + timedelta(hours=2))
    wanted = Wanted("Distribuzione", exchange=True, most=3)
    slot = stage.do(add_turn, stage.cast.maker, cycle_id, center_id, "distribution", wanted, moment)
    stage.do(volunteering.sign_up, stage.cast.anna, slot.id)
    return slot.id


def close_by_itself(stage: BuyingStage, cycle_id: int) -> str:
    with stage.database.writing() as session:
        assert shut(session, None, cycle_id)
    with stage.database.writing() as session:
        return work_out(session, None, cycle_id)


def slot(stage: BuyingStage, slot_id: int) -> Slot:
    with stage.database.reading() as session:
        return session.get_one(Slot, slot_id)


def is_off(stage: BuyingStage, slot_id: int, why: str) -> bool:
    with stage.database.reading() as session:
        found = session.get_one(Slot, slot_id)
        states = session.exec(select(SignUp.state).where(SignUp.slot_id == slot_id)).all()
    told = stage.letters().count(("anna", "volunteering:called_off"))
    assert (states, told) in ((["cancelled"], 1), (["held"], 0))
    return (found.state, found.reason, states) == ("cancelled", why, ["cancelled"])


@pytest.mark.parametrize(
    ("rule", "ordered", "why"),
    [
        ({}, {}, "Nobody ordered anything."),
        ({"minimum_cents": 50_000, "short_rule": "cancel"}, {"Farina": 2000},
         "The least that the supplier delivers for was not reached."),
        ({"pack_rule": "trim"}, {"Arance": 3000}, "No pack was filled."),
    ],
)  # fmt: skip
def test_a_rule_calls_the_turns_off_with_the_order(
    stage: BuyingStage, rule: dict[str, Any], ordered: dict[str, int], why: str
) -> None:
    with clock.at(NOW):
        cycle_id = stage.opened(**rule)
        slot_id = turn_of(stage, cycle_id)
        if ordered:
            stage.order(stage.cast.bashir, cycle_id, ordered)
    with clock.at(CLOSES):
        assert close_by_itself(stage, cycle_id) == "cancelled"
        assert is_off(stage, slot_id, why)
    with stage.database.reading() as session:
        line = session.exec(
            select(AuditEntry).where(
                AuditEntry.verb == "cancelled", AuditEntry.kind == "volunteer_slot", AuditEntry.object_id == slot_id
            )
        ).one()
    assert (line.community_id, line.actor_person_id) == (stage.cast.community.id, None)


def test_what_is_kept_open_or_closed_keeps_its_turns(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = stage.opened(minimum_cents=50_000, short_rule="keep_open", keep_open_hours=24, keep_open_most=1)
        slot_id = turn_of(stage, cycle_id)
        stage.order(stage.cast.bashir, cycle_id, {"Farina": 2000})
    with clock.at(CLOSES):
        assert close_by_itself(stage, cycle_id) == "open"
        assert slot(stage, slot_id).state == "open"
        assert not is_off(stage, slot_id, "")


def test_an_order_that_could_never_be_opened_has_no_turns(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = stage.plan()
        slot_id = turn_of(stage, cycle_id)
    with clock.at(CLOSES), stage.database.writing() as session:
        assert not open_cycle(session, None, cycle_id)
    assert stage.cycle(cycle_id).state == "cancelled"
    assert is_off(stage, slot_id, "It could not be opened before its last hour.")


def test_who_is_in_charge_and_keeps_no_center_ends_them_too_but_not_one_that_runs(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = stage.opened()
        slot_id = turn_of(stage, cycle_id)
        stage.do(name_keepers, stage.cast.maker, cycle_id, [stage.cast.chiara.id])
        stage.do(cancel, stage.cast.chiara, cycle_id, "Il fornitore non viene")
        assert is_off(stage, slot_id, "Il fornitore non viene")


def test_one_that_runs_goes_on(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = stage.opened()
        slot_id = turn_of(stage, cycle_id, day=12)
    with clock.at(at_noon(12)):
        stage.do(cancel, stage.cast.maker, cycle_id, "Il camion è rotto")
        assert not is_off(stage, slot_id, "")
