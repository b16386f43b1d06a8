"""One adult who finds a date full: looked at and written down in one go, and only where nothing else is to decide."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.enrolling import actions
from civic_centers.enrolling.actions import Already
from civic_centers.enrolling.actions.standing import stand_in_line
from community.parties.tables import Party, PartyMember
from foundation import audit, clock
from foundation.database import table_of
from tests.cast import Member
from tests.civic_centers.enrolling.stage import EnrolStage


@pytest.fixture
def date(stage: EnrolStage) -> int:
    """A date with all its places taken."""
    made = stage.date(places=1)
    stage.enrol(stage.cast.chiara, made)
    return made


def at_once(stage: EnrolStage, who: Member, date: int, person_id: int | None = None) -> int | None:
    """The request of who is written down in one go."""
    with stage.database.writing() as session:
        return stand_in_line(session, who.actor, date, person_id or who.id or 0)


def change(stage: EnrolStage, table: Any, number: int, **values: Any) -> None:
    with stage.database.writing() as session:
        here = table_of(table)
        session.execute(here.update().where(here.c.id == number).values(**values))


def test_they_wait_at_the_end_and_the_record_says_so(stage: EnrolStage, date: int) -> None:
    [before] = stage.enrol(stage.cast.dario, date)
    answer = stage.do(actions.wait, stage.cast.anna, date, f"p{stage.cast.anna.id}")
    assert (answer.held, answer.who) == (False, (f"p{stage.cast.anna.id}",))
    row, request = stage.all()[-1], stage.requests(date)[-1]
    assert (row.state, row.person_id, row.party_id, row.is_child, row.late, row.came_way, row.version) == (
        "waiting", stage.cast.anna.id, stage.cast.anna.party.id, False, False, "", 1,
    )  # fmt: skip
    assert before.request_id < request.id == answer.request_id == row.request_id
    assert (request.state, request.party_id, request.asked_by_id, request.version) == (
        "waiting", stage.cast.anna.party.id, stage.cast.anna.id, 1,
    )  # fmt: skip
    assert request.activity_id == stage.one(date).activity_id
    with stage.database.reading() as session:
        [line] = audit.history_of(session, "enrolment", answer.request_id)
    assert (line.verb, line.actor_person_id, line.party_id, line.detail) == (
        "waits", stage.cast.anna.id, stage.cast.anna.party.id, {"people": 1},
    )  # fmt: skip
    assert (line.community_id, line.at) == (stage.cast.community.id, request.made_at)


def test_nobody_stands_twice_in_it(stage: EnrolStage, date: int) -> None:
    at_once(stage, stage.cast.anna, date)
    with pytest.raises(Already):
        stage.do(actions.wait, stage.cast.anna, date, f"p{stage.cast.anna.id}")
    with pytest.raises(Already):
        stage.enrol(stage.cast.anna, date)
    assert stage.states(date) == ["held", "waiting"]
    assert len(stage.requests(date)) == 2


def test_they_are_offered_the_place_that_comes_free(stage: EnrolStage, date: int) -> None:
    assert at_once(stage, stage.cast.anna, date)
    stage.do(actions.cannot_come, stage.cast.chiara, date)
    assert stage.states(date)[-1] == "offered"


@pytest.mark.parametrize(
    ("table", "changed"),
    [
        (ActivitySession, {"taken": 0}),
        (ActivitySession, {"places": None}),
        (ActivitySession, {"state": "cancelled"}),
        (ActivitySession, {"starts_at": clock.now() - timedelta(days=400)}),
        (Activity, {"state": "cancelled"}),
        (Activity, {"published_at": None}),
        (Activity, {"enrol_for": "all"}),
        (Activity, {"max_age": 17}),
    ],
)
def test_what_is_to_be_decided_is_not_decided_in_passing(
    stage: EnrolStage, date: int, table: Any, changed: dict[str, Any]
) -> None:
    number = date if table is ActivitySession else stage.one(date).activity_id
    change(stage, table, number, **changed)
    assert at_once(stage, stage.cast.anna, date) is None
    assert stage.states(date) == ["held"]
    assert len(stage.requests()) == 1


def test_only_who_acts_for_the_household(stage: EnrolStage, date: int) -> None:
    anna = stage.cast.anna
    assert at_once(stage, anna, date, stage.cast.dario.id) is None
    assert at_once(stage, replace(anna, actor=replace(anna.actor, community_id=0)), date) is None
    stage.second_adult(anna, "Aldo")
    assert at_once(stage, anna, date, stage.cast.members["Aldo"].id)


@pytest.mark.parametrize("ended", ["until", "ends_at"])
def test_not_who_left_it(stage: EnrolStage, date: int, ended: str) -> None:
    party_id = stage.cast.anna.party.id
    with stage.database.writing() as session:
        table = table_of(PartyMember)
        values = {ended: clock.now() - timedelta(days=400)}
        session.execute(table.update().where(table.c.party_id == party_id).values(**values))
    assert at_once(stage, stage.cast.anna, date) is None


def test_not_for_a_household_that_was_closed(stage: EnrolStage, date: int) -> None:
    change(stage, Party, stage.cast.anna.party.id or 0, closed_at=clock.now())
    assert at_once(stage, stage.cast.anna, date) is None


def test_not_in_another_community(stage: EnrolStage, date: int) -> None:
    assert stage.cast.other_community is not None
    change(stage, ActivitySession, date, community_id=stage.cast.other_community.id)
    assert at_once(stage, stage.cast.anna, date) is None
