"""What may change between the look at a full date and the place in its line."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.enrolling import actions
from civic_centers.enrolling.actions import Already
from civic_centers.enrolling.actions.enrolling import Ready
from foundation import clock
from foundation.errors import DomainError, Refused
from tests.civic_centers.enrolling.stage import EnrolStage


def full(stage: EnrolStage, who: Sequence[str] = ()) -> tuple[int, Ready]:
    """A date without a place left, as Anna's family saw it when they chose it."""
    date = stage.date(places=2)
    stage.enrol(stage.cast.chiara, date)
    stage.enrol(stage.cast.dario, date)
    with stage.database.reading() as session:
        return date, actions.look_first(session, stage.cast.anna.actor, [date], who or [f"d{stage.ettore}"])


def test_who_saw_it_full_waits_at_the_end(stage: EnrolStage) -> None:
    date, ready = full(stage)
    [answer] = stage.do(actions.enrol, stage.cast.anna, [date], [f"d{stage.ettore}"], ready=ready)
    assert not answer.held
    assert answer.who == (f"d{stage.ettore}",)
    row = stage.all()[-1]
    assert (row.state, row.dependant_id, row.is_child) == ("waiting", stage.ettore, True)
    request = stage.requests(date)[-1]
    assert (request.id, request.state, request.party_id) == (answer.request_id, "waiting", stage.cast.anna.party.id)
    assert request.asked_by_id == stage.cast.anna.id
    with pytest.raises(Already):
        stage.do(actions.enrol, stage.cast.anna, [date], [f"d{stage.ettore}"], ready=ready)


def test_a_place_that_came_free_meanwhile_is_theirs(stage: EnrolStage) -> None:
    date, ready = full(stage)
    stage.do(actions.cannot_come, stage.cast.chiara, date)
    [answer] = stage.do(actions.enrol, stage.cast.anna, [date], [f"d{stage.ettore}"], ready=ready)
    assert answer.held
    assert stage.one(date).taken == 2


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"state": "cancelled"}, "called off"),
        ({"starts_at": clock.now() - timedelta(days=400)}, "begun"),
        ({"taken": 1, "places": 1}, "only 1"),
    ],
)
def test_what_changed_since_they_saw_it_is_looked_at(
    stage: EnrolStage, changed: dict[str, object], refusal: str
) -> None:
    date, ready = full(stage, who=stage.kids())
    with stage.database.writing() as session:
        row = session.get_one(ActivitySession, date)
        for what, value in changed.items():
            setattr(row, what, value)
    with pytest.raises(DomainError, match=refusal):
        stage.do(actions.enrol, stage.cast.anna, [date], stage.kids(), ready=ready)


def test_nobody_waits_for_what_is_no_longer_open(stage: EnrolStage) -> None:
    date, ready = full(stage)
    with stage.database.writing() as session:
        session.get_one(Activity, stage.one(date).activity_id).state = "cancelled"
    with pytest.raises(Refused, match="not open"):
        stage.do(actions.enrol, stage.cast.anna, [date], [f"d{stage.ettore}"], ready=ready)
