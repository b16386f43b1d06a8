"""Goals with days and evidence, tasks that are taken, given back and done, and what becomes late."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from civic_centers.centers.rules import Overtaken
from civic_centers.labs import actions
from civic_centers.labs.actions import tasks
from civic_centers.labs.jobs import REMIND, look
from civic_centers.labs.queries import goals_of, tasks_of
from civic_centers.labs.queries.waiting import lines_for_members, number_for_members, to_remind
from civic_centers.labs.rules import Answer, NotNow, Outcome
from civic_centers.labs.tables import LabGoal, LabPhoto, LabTask
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
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


# ---------------------------------------------------------------- what is refused


def end(stage: LabStage) -> None:
    stage.do(actions.end_lab, stage.cast.bashir, stage.lab_id, Outcome("Fatto"), version=stage.lab().version)


def test_open_tasks_are_no_more_than_fit(stage: LabStage, monkeypatch: pytest.MonkeyPatch) -> None:
    first = stage.task()
    monkeypatch.setattr(tasks, "MOST_TASKS", 1)
    with pytest.raises(Refused):
        stage.task("Due")
    stage.do(actions.end_task, stage.cast.anna, stage.lab_id, first, done=True)
    stage.task("Due")


@pytest.mark.parametrize("due", [date(1999, 1, 1), date(2199, 1, 1)])
def test_a_year_that_nobody_means_is_refused(stage: LabStage, due: date) -> None:
    number = stage.task()
    with pytest.raises(Invalid):
        stage.task(due=due)
    with pytest.raises(Invalid):
        stage.do(actions.change_task, stage.cast.bashir, stage.lab_id, number, "Altro", due, None, version=1)


def test_a_task_is_changed_by_who_wrote_it_or_runs_the_lab_while_it_is_open(stage: LabStage) -> None:
    cast, number = stage.cast, stage.task(who="anna")
    stage.do(actions.join_lab, cast.dario, stage.lab_id)
    with pytest.raises(Missing):
        stage.do(actions.change_task, cast.dario, stage.lab_id, number, "Mio", None, None, version=1)
    stage.do(actions.change_task, cast.bashir, stage.lab_id, number, "Una sera", None, cast.bashir.id, version=1)
    stage.do(actions.change_task, cast.anna, stage.lab_id, number, "Due sere", None, cast.bashir.id, version=2)
    assert (stage.task_row(number).words, stage.task_row(number).owner_id) == ("Due sere", cast.bashir.id)
    stage.do(actions.end_task, cast.bashir, stage.lab_id, number, done=True)
    with pytest.raises(NotNow):
        stage.do(actions.change_task, cast.anna, stage.lab_id, number, "Tre", None, cast.bashir.id, version=4)
    with pytest.raises(NotNow):
        stage.do(actions.give_task_back, cast.bashir, stage.lab_id, number)
    assert stage.task_row(number).owner_id == cast.bashir.id


def test_what_is_needed_no_more_is_taken_by_nobody(stage: LabStage) -> None:
    number = stage.task()
    stage.do(actions.end_task, stage.cast.bashir, stage.lab_id, number, done=False)
    with pytest.raises(NotNow):
        stage.do(actions.take_task, stage.cast.anna, stage.lab_id, number)


def test_a_maker_who_is_not_in_the_lab_has_no_task_of_it(stage: LabStage) -> None:
    cast, number = stage.cast, stage.task()
    stage.do(actions.end_task, cast.administrator, stage.lab_id, number, done=True)
    assert (stage.task_row(number).state, stage.task_row(number).owner_id) == ("done", None)
    with pytest.raises(Missing):
        stage.do(actions.take_task, cast.administrator, stage.lab_id, stage.task())


def test_nobody_is_given_a_task_who_went(stage: LabStage) -> None:
    stage.do(actions.leave_lab, stage.cast.anna, stage.lab_id)
    with pytest.raises(Invalid):
        stage.task(owner="anna")


def test_a_task_and_a_goal_are_of_their_lab(stage: LabStage) -> None:
    cast, other = stage.cast, stage.make(name="Un altro")
    task, wish = stage.task(), goal(stage)
    for act, more in ((actions.take_task, {}), (actions.end_task, {"done": True})):
        with pytest.raises(Missing):
            stage.do(act, cast.maker, other, task, **more)
    with pytest.raises(Missing):
        stage.do(actions.change_goal, cast.maker, other, wish, "Altro", None, version=1)


def test_a_goal_is_reached_or_dropped_and_nothing_else(stage: LabStage) -> None:
    number = goal(stage)
    with pytest.raises(Invalid) as refused:
        stage.do(actions.end_goal, stage.cast.bashir, stage.lab_id, number, "open", "Mah", version=1)
    assert refused.value.field == "state"


def test_nobody_is_reminded_today_nor_of_a_lab_that_is_over(stage: LabStage) -> None:
    yesterday = TODAY - timedelta(days=1)
    today, late = stage.task(owner="anna", due=TODAY), stage.task(owner="anna", due=yesterday)
    stage.forget_letters()
    with stage.database.writing() as session:
        actions.remind_of_task(session, today)
        actions.remind_of_task(session, 10**9)
    assert stage.letters() == []
    end(stage)
    stage.forget_letters()
    with stage.database.writing() as session:
        # As it may stand where somebody opened the task in the same moment.
        row = session.get_one(LabTask, late)
        row.state = "open"
        session.add(row)
        session.flush()
        assert to_remind(session) == []
        actions.remind_of_task(session, late)
    assert stage.letters() == []
