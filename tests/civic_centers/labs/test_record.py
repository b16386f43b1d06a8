"""What the record says of labs, their people and their diaries: every deed once, also where it is done twice."""

from collections.abc import Callable
from typing import Any

from sqlmodel import col, select

from civic_centers.labs import actions
from civic_centers.labs.rules import Answer, Outcome
from foundation.audit.tables import AuditEntry
from tests.cast import Member
from tests.civic_centers.labs.stage import TODAY, LabStage, picture


def verbs(stage: LabStage, kind: str, number: int | None = None, *, since: int = 0) -> list[str]:
    """What was done to one of a kind, or to any."""
    statement = select(AuditEntry).where(col(AuditEntry.kind) == kind, col(AuditEntry.id) > since)
    if number is not None:
        statement = statement.where(col(AuditEntry.object_id) == number)
    with stage.database.reading() as session:
        return [one.verb for one in session.exec(statement.order_by(col(AuditEntry.id)))]


def last(stage: LabStage) -> int:
    with stage.database.reading() as session:
        return session.exec(select(col(AuditEntry.id)).order_by(col(AuditEntry.id).desc()).limit(1)).one() or 0


def twice(stage: LabStage, act: Callable[..., Any], who: Member, *said: Any, **more: Any) -> None:
    for _ in range(2):
        stage.do(act, who, *said, **more)


def test_of_tasks(stage: LabStage) -> None:
    cast, lab_id, since = stage.cast, stage.lab_id, last(stage)
    one, other = stage.task(), stage.task("Un’altra")
    stage.do(actions.change_task, cast.bashir, lab_id, one, "Trovare una sera", None, None, version=1)
    twice(stage, actions.take_task, cast.anna, lab_id, one)
    twice(stage, actions.give_task_back, cast.anna, lab_id, one)
    twice(stage, actions.end_task, cast.anna, lab_id, one, done=True)
    twice(stage, actions.end_task, cast.bashir, lab_id, other, done=False)
    assert verbs(stage, "lab", lab_id, since=since) == [
        "added_task", "added_task", "changed_task", "took_task", "gave_task_back", "did_task", "closed_task",
    ]  # fmt: skip


def test_of_goals_and_what_stands_beside_them(stage: LabStage) -> None:
    cast, lab_id, since = stage.cast, stage.lab_id, last(stage)
    goal = stage.do(actions.add_goal, cast.bashir, lab_id, "Dieci famiglie", None).id
    stage.do(
        actions.end_goal, cast.bashir, lab_id, goal, "reached", "Eccole", version=1, photo=picture(),
        answer=Answer("Un tavolo", False),
    )  # fmt: skip
    stage.do(actions.remove_photo, cast.bashir, stage.photos()[0])
    stage.do(actions.change_goal, cast.bashir, lab_id, goal, "Venti famiglie", None, version=2)
    stage.do(actions.end_goal, cast.bashir, lab_id, goal, "dropped", "Sono troppe", version=3)
    assert verbs(stage, "lab", lab_id, since=since) == [
        "set_goal", "put_photo_up", "reached_goal", "took_photo_away", "changed_goal", "dropped_goal",
    ]  # fmt: skip


def test_of_what_is_asked_for(stage: LabStage) -> None:
    cast, lab_id, since = stage.cast, stage.lab_id, last(stage)
    chairs = stage.do(actions.ask_for, cast.bashir, lab_id, "thing", "Sedie", "sedie", 9).id
    line = stage.do(actions.note_received, cast.bashir, lab_id, chairs, 4, TODAY, words="la parrocchia").id
    twice(stage, actions.take_back, cast.bashir, lab_id, line)
    twice(stage, actions.close_resource, cast.bashir, lab_id, chairs)
    assert verbs(stage, "lab", lab_id, since=since) == ["asked_for", "received", "took_back", "asked_no_more"]


def test_of_what_others_wrote_down_as_given(stage: LabStage) -> None:
    cast, lab_id = stage.cast, stage.lab_id
    chairs, since = stage.do(actions.ask_for, cast.bashir, lab_id, "thing", "Sedie", "sedie", 9).id, last(stage)
    with stage.database.writing() as session:
        line = actions.note_delivered(session, cast.maker.actor, stage.lab(), chairs, 4, TODAY)
        assert line is not None
        for _twice in range(2):
            actions.take_delivered_back(session, cast.maker.actor, stage.lab(), line.id or 0)
    assert verbs(stage, "lab", lab_id, since=since) == ["received", "took_back"]


def test_of_the_diary(stage: LabStage) -> None:
    cast = stage.cast
    page = stage.do(actions.write_entry, cast.anna, stage.lab_id, "Eravamo in sei", TODAY, public=False).id
    for public in (True, False):
        twice(stage, actions.show_to, cast.bashir, page, public=public)
    twice(stage, actions.hide_entry, cast.maker, page)
    twice(stage, actions.show_entry_again, cast.maker, page)
    said = stage.do(actions.write_comment, cast.anna, page, "C’ero anch’io").id
    twice(stage, actions.hide_comment, cast.maker, said)
    twice(stage, actions.show_comment_again, cast.maker, said)
    stage.do(actions.withdraw_comment, cast.anna, said)
    stage.do(actions.withdraw_entry, cast.anna, page)
    assert verbs(stage, actions.ENTRY, page) == ["wrote", "opened", "closed", "hid", "showed_again", "withdrew"]
    assert verbs(stage, actions.COMMENT, said) == ["wrote", "hid", "showed_again", "withdrew"]


def test_of_coming_and_going(stage: LabStage) -> None:
    cast, lab_id = stage.cast, stage.make(name="Su richiesta", entry="request")
    twice(stage, actions.invite_person, cast.maker, lab_id, cast.chiara.id)
    twice(stage, actions.say_no, cast.chiara, lab_id)
    for who in (cast.anna, cast.bashir):
        twice(stage, actions.join_lab, who, lab_id)
    anna, bashir, chiara = (stage.row(name, lab_id).id for name in ("anna", "bashir", "chiara"))
    stage.do(actions.decide, cast.maker, lab_id, bashir, yes=False, reason="Siamo al completo")
    stage.do(actions.decide, cast.maker, lab_id, anna, yes=True)
    for keeper in (True, False):
        twice(stage, actions.set_keeper, cast.maker, lab_id, anna, keeper=keeper)
    twice(stage, actions.leave_lab, cast.anna, lab_id)
    assert [verbs(stage, actions.MEMBER, one) for one in (anna, bashir, chiara)] == [
        ["asked", "let_in", "gave_keys", "took_keys", "went"], ["asked", "refused"], ["invited", "declined"],
    ]  # fmt: skip


def test_of_who_is_in_at_once_and_is_sent_away(stage: LabStage) -> None:
    cast, row = stage.cast, stage.row("anna").id
    stage.do(actions.set_part, cast.anna, stage.lab_id, "Le merende", named=False)
    stage.do(actions.remove_member, cast.bashir, stage.lab_id, row, "Non viene mai")
    assert verbs(stage, actions.MEMBER, row) == ["came", "said_part", "removed"]


def test_of_the_end_and_of_another_beginning(stage: LabStage) -> None:
    cast, lab_id, since = stage.cast, stage.lab_id, last(stage)
    stage.do(actions.end_lab, cast.bashir, lab_id, Outcome("Sei famiglie"), version=stage.lab().version)
    twice(stage, actions.reopen_lab, cast.maker, lab_id)
    assert verbs(stage, "lab", lab_id, since=since) == ["ended", "reopened"]
