"""Goals with days and evidence, tasks that are taken, given back and done, and what becomes late."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from civic_centers.centers.rules import Overtaken
from civic_centers.labs import actions
from civic_centers.labs.jobs import REMIND, look
from civic_centers.labs.queries import goals_of, tasks_of
from civic_centers.labs.queries.waiting import lines_for_members, number_for_members, to_remind
from civic_centers.labs.rules import Answer, NotNow
from civic_centers.labs.tables import LabGoal, LabPhoto
from foundation import clock
from foundation.errors import Invalid, Missing
from foundation.jobs.tables import QueuedJob
from tests.civic_centers.labs.stage import TODAY, LabStage, picture
from tests.civic_centers.stage import MONDAY


def goal(stage: LabStage, words: str = "Dieci famiglie", due: date | None = None) -> int:
    return stage.do(actions.add_goal, stage.cast.bashir, stage.lab_id, words, due).id


def goal_row(stage: LabStage, goal_id: int) -> LabGoal:
    with stage.database.reading() as session:
        return session.get(LabGoal, goal_id)


def test_a_goal_is_reached_by_evidence_and_says_who_said_so(stage: LabStage) -> None:
    cast, number = stage.cast, goal(stage)
    with pytest.raises(Missing):
        stage.do(actions.end_goal, cast.anna, stage.lab_id, number, "reached", "Eccole", version=1)
    with pytest.raises(Invalid):
        stage.do(actions.end_goal, cast.bashir, stage.lab_id, number, "reached", " ", version=1)
    stage.do(
        actions.end_goal, cast.bashir, stage.lab_id, number, "reached", "Undici famiglie", version=1,
        photo=picture(), answer=Answer("Un tavolo", False),
    )  # fmt: skip
    row = goal_row(stage, number)
    assert (row.state, row.evidence, row.said_by_id, row.said_at) == (
        "reached", "Undici famiglie", cast.bashir.id, MONDAY,
    )  # fmt: skip
    with stage.database.reading() as session:
        assert session.get(LabPhoto, row.photo_id).words == "Un tavolo"
    with pytest.raises(Overtaken):
        stage.do(actions.end_goal, cast.bashir, stage.lab_id, number, "dropped", "No", version=1)
    with pytest.raises(Missing):
        stage.do(actions.remove_photo, cast.anna, row.photo_id)
    assert stage.do(actions.remove_photo, cast.maker, row.photo_id)[1] is None
    assert goal_row(stage, number).photo_id is None


def test_no_child_stands_beside_a_goal_without_a_release(stage: LabStage) -> None:
    number = goal(stage)
    with pytest.raises(Invalid) as refused:
        stage.do(
            actions.end_goal, stage.cast.bashir, stage.lab_id, number, "reached", "Eccoli", version=1,
            photo=picture(), answer=Answer("Due bambini", True),
        )  # fmt: skip
    assert refused.value.field == "released"
    assert goal_row(stage, number).state == "open"


def test_goals_stand_by_their_days_and_open_again_when_changed(stage: LabStage) -> None:
    first, second = goal(stage, "Senza giorno"), goal(stage, "Presto", date(2027, 1, 1))
    with stage.database.reading() as session:
        assert [one.id for one in goals_of(session, stage.lab_id)] == [second, first]
    stage.do(actions.end_goal, stage.cast.bashir, stage.lab_id, first, "dropped", "Non serve", version=1)
    stage.do(actions.change_goal, stage.cast.bashir, stage.lab_id, first, "Di nuovo", None, version=2)
    assert goal_row(stage, first).state == "open"
    with pytest.raises(Invalid):
        goal(stage, "Lontano", date(2199, 1, 1))


def test_who_can_takes_a_task_and_gives_it_back(stage: LabStage) -> None:
    cast, number = stage.cast, stage.task(who="anna")
    with pytest.raises(Missing):
        stage.do(actions.take_task, cast.chiara, stage.lab_id, number)
    for _twice in range(2):
        stage.do(actions.take_task, cast.anna, stage.lab_id, number)
    with pytest.raises(NotNow):
        stage.do(actions.take_task, cast.bashir, stage.lab_id, number)
    with pytest.raises(Missing):
        stage.do(actions.give_task_back, cast.bashir, stage.lab_id, number)
    for _twice in range(2):
        stage.do(actions.give_task_back, cast.anna, stage.lab_id, number)
    assert stage.task_row(number).owner_id is None


def test_who_is_given_a_task_is_told_and_only_who_runs_it_gives(stage: LabStage) -> None:
    cast = stage.cast
    stage.task(owner="anna")
    assert stage.letters() == [("anna", "labs:task_yours")]
    with pytest.raises(Invalid):
        stage.task(who="anna", owner="bashir")
    with pytest.raises(Invalid):
        stage.task(owner="chiara")
    number = stage.task(who="anna", owner="anna")
    stage.do(actions.change_task, cast.bashir, stage.lab_id, number, "Altro", None, cast.maker.id, version=1)
    assert stage.letters()[1:] == [("maker", "labs:task_yours")]
    with pytest.raises(Overtaken):
        stage.do(actions.change_task, cast.anna, stage.lab_id, number, "Mio", None, None, version=1)


def test_it_is_done_by_who_has_it_or_runs_the_lab(stage: LabStage) -> None:
    cast, mine, free = stage.cast, stage.task(owner="bashir"), stage.task("Libero")
    with pytest.raises(Missing):
        stage.do(actions.end_task, cast.anna, stage.lab_id, mine, done=True)
    with pytest.raises(Missing):
        stage.do(actions.end_task, cast.anna, stage.lab_id, free, done=False)
    for _twice in range(2):
        stage.do(actions.end_task, cast.anna, stage.lab_id, free, done=True)
    stage.do(actions.end_task, cast.maker, stage.lab_id, mine, done=False)
    assert [(stage.task_row(one).state, stage.task_row(one).owner_id) for one in (free, mine)] == [
        ("done", cast.anna.id), ("closed", cast.bashir.id),
    ]  # fmt: skip
    with pytest.raises(NotNow):
        stage.do(actions.end_task, cast.maker, stage.lab_id, mine, done=True)
    with stage.database.reading() as session:
        assert tasks_of(session, stage.lab_id, "open") == []


def test_what_is_overdue_waits_for_who_has_it(stage: LabStage) -> None:
    stage.task(owner="anna", due=TODAY)
    stage.task(due=TODAY - timedelta(days=9))

    def waiting() -> tuple[int, int]:
        with stage.database.reading() as session:
            who = stage.cast.anna.actor
            return session.scalar(select(number_for_members(who))), len(lines_for_members(session, who))

    assert waiting() == (0, 0)
    with clock.at(MONDAY + timedelta(days=1)):
        assert waiting() == (1, 1)


def test_who_has_a_task_whose_day_is_over_is_told_once(stage: LabStage) -> None:
    cast, yesterday = stage.cast, TODAY - timedelta(days=1)
    late = stage.task(owner="anna", due=yesterday)
    for due, owner in ((TODAY, "anna"), (yesterday, ""), (TODAY - timedelta(days=8), "anna")):
        stage.task(owner=owner, due=due)
    done = stage.task(owner="bashir", due=yesterday)
    stage.forget_letters()

    def remind() -> list[int]:
        with stage.database.writing() as session:
            look(session, {})
            found = [one for one, _key in to_remind(session)]
        for one in (late, done):
            with stage.database.writing() as session:
                actions.remind_of_task(session, one)
        return found

    assert to_remind_at_once(stage) == [late, done]
    stage.do(actions.end_task, cast.bashir, stage.lab_id, done, done=True)
    assert [remind(), remind()] == [[late], [late]]
    assert stage.letters() == [("anna", "labs:task_late")]
    with stage.database.reading() as session:
        assert len(session.exec(select(QueuedJob).where(QueuedJob.kind == REMIND)).all()) == 1
    stage.do(actions.give_task_back, cast.anna, stage.lab_id, late)
    assert to_remind_at_once(stage) == []
    stage.do(actions.take_task, cast.bashir, stage.lab_id, late)
    remind()
    assert stage.letters()[1:] == [("bashir", "labs:task_late")]


def to_remind_at_once(stage: LabStage) -> list[int]:
    with stage.database.reading() as session:
        return [one for one, _key in to_remind(session)]
