"""Two people at the same moment: one takes the task, one decides, and a block and a joining do not pass each other."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from civic_centers.labs import actions
from civic_centers.labs.actions import diary, joining
from civic_centers.labs.rules import Answer, CannotCome
from civic_centers.labs.tables import Lab
from community.moderation.actions import block
from foundation import clock
from foundation.database import Session, TookTooLong
from foundation.errors import DomainError, Missing
from tests.civic_centers.labs.stage import TODAY, LabStage, picture
from tests.civic_centers.stage import MONDAY


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """What became of each, done at the same moment."""
    barrier = threading.Barrier(len(acts))

    def one(act: Callable[[], Any]) -> str:
        barrier.wait()
        try:
            with clock.at(MONDAY):
                act()
        except DomainError as error:
            return type(error).__name__
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_one_of_two_takes_a_task(stage: LabStage) -> None:
    number = stage.task()
    people = (stage.cast.anna, stage.cast.bashir, stage.cast.maker)
    done = at_once(*[lambda who=who: stage.do(actions.take_task, who, stage.lab_id, number) for who in people])
    assert sorted(done) == ["NotNow", "NotNow", "done"]
    assert stage.task_row(number).owner_id in [who.id for who in people]


def test_two_keepers_decide_of_one_request(stage: LabStage) -> None:
    lab_id = stage.make(name="Su richiesta")
    stage.do(actions.join_lab, stage.cast.chiara, lab_id)
    row = stage.row("chiara", lab_id).id
    done = at_once(
        lambda: stage.do(actions.decide, stage.cast.maker, lab_id, row, yes=True),
        lambda: stage.do(actions.decide, stage.cast.administrator, lab_id, row, yes=False, reason="No"),
    )
    assert sorted(done) == ["NotNow", "done"]


def test_pressing_often_makes_one_member(stage: LabStage) -> None:
    done = at_once(*[lambda: stage.do(actions.join_lab, stage.cast.chiara, stage.lab_id) for _time in range(4)])
    assert done == ["done"] * 4
    assert stage.state("chiara") == "in"


def test_a_mistake_is_taken_back_once(stage: LabStage) -> None:
    which = stage.do(actions.ask_for, stage.cast.bashir, stage.lab_id, "thing", "Sedie", "sedie", 9).id
    line = stage.do(actions.note_received, stage.cast.bashir, stage.lab_id, which, 4, TODAY, words="x").id
    keepers = (stage.cast.bashir, stage.cast.maker)
    assert at_once(*[lambda who=who: stage.do(actions.take_back, who, stage.lab_id, line) for who in keepers]) == [
        "done", "done",
    ]  # fmt: skip


def test_a_block_and_a_joining_at_once_leave_nobody_together(stage: LabStage) -> None:
    cast = stage.cast
    done = at_once(
        lambda: stage.do(actions.join_lab, cast.chiara, stage.lab_id),
        lambda: _block(stage),
    )
    together = stage.state("chiara") == "in" and stage.state("anna") == "in"
    assert not together, done
    assert done[0] in ("done", CannotCome.__name__)


def _block(stage: LabStage) -> None:
    """Anna blocks Chiara, and the hook is heard in the same transaction."""
    cast = stage.cast
    with stage.database.writing() as session:
        block(session, cast.anna.actor, cast.chiara.party.id)
        actions.part_blocked(session, cast.anna.actor, cast.chiara.party.id, {})


def test_two_of_one_name_at_the_same_moment_have_addresses_of_their_own(stage: LabStage) -> None:
    for _time in range(3):
        makers = (stage.cast.maker, stage.cast.administrator)
        done = at_once(*[lambda who=who: stage.do(actions.make_lab, who, stage.about(name="Orto")) for who in makers])
        assert done == ["done", "done"]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_page_that_is_taken_back_just_then_gets_no_photograph(
    stage: LabStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking at the page and holding the lab. On SQLite who writes waits from the beginning."""
    cast = stage.cast
    page = stage.do(actions.write_entry, cast.anna, stage.lab_id, "Eravamo in sei", TODAY, public=False).id
    hold, meanwhile = diary.locked, [lambda: stage.do(actions.withdraw_entry, cast.bashir, page)]

    def held_later(session: Session, lab_id: int) -> Lab:
        if meanwhile:
            assert at_once(meanwhile.pop()) == ["done"]
        return hold(session, lab_id)

    monkeypatch.setattr(diary, "locked", held_later)
    with pytest.raises(Missing):
        stage.do(actions.add_photo, cast.anna, page, picture(), Answer("Un tavolo", False))
    assert (meanwhile, stage.photos()) == ([], [])


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("way", ["join", "invite", "decide"])
def test_who_blocks_somebody_waits_for_who_lets_them_in(
    stage: LabStage, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """While it is looked at whether they are kept apart, nobody sets a block. On SQLite everybody waits anyhow."""
    cast, lab_id = stage.cast, stage.make(name="Su richiesta", entry="request")
    stage.do(actions.invite_person, cast.maker, lab_id, cast.anna.id)
    stage.do(actions.join_lab, cast.anna, lab_id)
    if way == "decide":
        stage.do(actions.join_lab, cast.chiara, lab_id)
    look, held = joining.is_apart, []

    def look_and_ask(session: Session, ours: set[int], number: int) -> bool:
        held.extend(is_held(stage, one.party.id) for one in (cast.anna, cast.chiara))
        return look(session, ours, number)

    monkeypatch.setattr(joining, "is_apart", look_and_ask)
    if way == "join":
        stage.do(actions.join_lab, cast.chiara, lab_id)
    elif way == "invite":
        stage.do(actions.invite_person, cast.maker, lab_id, cast.chiara.id)
    else:
        stage.do(actions.decide, cast.maker, lab_id, stage.row("chiara", lab_id).id, yes=True)
    assert held == [True, True]
    assert not is_held(stage, cast.anna.party.id)


def is_held(stage: LabStage, party_id: int) -> bool:
    """Whether who sets a block would have to wait for somebody."""
    taking = f"SELECT id FROM party WHERE id = {int(party_id)} FOR NO KEY UPDATE NOWAIT"
    with stage.database.writing_engine.connect() as connection:
        try:
            connection.exec_driver_sql(taking)
        except TookTooLong:
            return True
        return False
