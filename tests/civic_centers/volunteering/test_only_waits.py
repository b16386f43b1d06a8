"""Who finds a shift full: looked at and written down in one go, and only where nothing else is to decide."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from civic_centers.activities.tables import Activity
from civic_centers.volunteering import actions
from civic_centers.volunteering.tables import SignUp, Slot
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import table_of
from foundation.errors import Missing
from tests.civic_centers.stage import CenterStage
from tests.civic_centers.volunteering.shifts import afternoons, slot, slot_row, states, take, wanted


@pytest.fixture
def full(stage: CenterStage) -> int:
    """A shift whose only place is taken."""
    made = slot(stage)
    take(stage, made, "dario")
    return made


def wait(stage: CenterStage, slot_id: int, actor: Actor | None = None) -> actions.Taken | None:
    with stage.database.writing() as session:
        return actions.wait(session, actor or stage.cast.anna.actor, slot_id)


def change(stage: CenterStage, table: Any, number: int, **values: Any) -> None:
    with stage.database.writing() as session:
        here = table_of(table)
        session.execute(here.update().where(here.c.id == number).values(**values))


def test_they_wait_and_the_record_says_so(stage: CenterStage, full: int) -> None:
    taken = wait(stage, full)
    assert taken is not None
    with stage.database.reading() as session:
        row, here = session.get_one(SignUp, taken.id), session.get_one(Slot, full)
        [line] = audit.history_of(session, "volunteer_sign_up", taken.id)
    anna = stage.cast.anna
    assert (row.state, row.person_id, row.slot_id, row.party_id, row.recorded_by_id, row.late, row.version) == (
        "waiting", anna.id, full, None, anna.id, False, 1,
    )  # fmt: skip
    assert (row.starts_at, row.ends_at, row.community_id) == (here.starts_at, here.ends_at, here.community_id)
    assert (line.verb, line.actor_person_id, line.at) == ("waits", anna.id, row.since)
    assert slot_row(stage, full).taken == 1


def test_asked_twice_is_once(stage: CenterStage, full: int) -> None:
    assert wait(stage, full)
    assert wait(stage, full) is None
    assert take(stage, full).state == "waiting"
    assert states(stage, full) == [("dario", "held"), ("anna", "waiting")]


@pytest.mark.parametrize(
    "changed",
    [
        {"taken": 0},
        {"most": 2},
        {"state": "cancelled"},
        {"starts_at": clock.now() - timedelta(days=400), "ends_at": clock.now() - timedelta(days=399)},
        {"exchange": True},
        {"needs_verified": True},
        {"qualification": "Primo soccorso"},
        {"min_age": 18},
    ],
)
def test_what_is_to_be_decided_is_not_decided_in_passing(
    stage: CenterStage, full: int, changed: dict[str, Any]
) -> None:
    change(stage, Slot, full, **changed)
    assert wait(stage, full) is None
    assert states(stage, full) == [("dario", "held")]


@pytest.mark.parametrize("changed", [{"left_alone": True}, {"published_at": None}])
def test_nor_what_the_activity_asks(stage: CenterStage, changed: dict[str, Any]) -> None:
    activity_id, dates = afternoons(stage, 20)
    stage.do(actions.make_for_sessions, stage.cast.bashir, activity_id, [wanted(stage)], dates)
    with stage.database.reading() as session:
        [here] = session.exec(table_of(Slot).select()).all()
    take(stage, here.id, "dario")
    assert wait(stage, here.id, stage.cast.chiara.actor)
    change(stage, Activity, activity_id, **changed)
    assert wait(stage, here.id) is None


def test_not_who_stands_at_another_nor_who_is_a_stranger(stage: CenterStage, full: int) -> None:
    anna = stage.cast.anna.actor
    assert stage.cast.other_community is not None
    assert wait(stage, full, replace(anna, community_id=stage.cast.other_community.id)) is None
    with pytest.raises(Missing):
        wait(stage, full, replace(anna, grants=()))
    take(stage, slot(stage, day=21))
    assert wait(stage, full) is None
