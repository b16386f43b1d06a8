"""What is asked for and received: a book that is only added to, in whole minutes, pieces and cents."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import func, select

from civic_centers.labs import actions
from civic_centers.labs.queries.resources import lines_of, resource_of, resources_of
from civic_centers.labs.rules import MOST_AMOUNT
from exchanges.ledger.tables import Transfer
from foundation.errors import Invalid, Missing
from tests.civic_centers.labs.stage import TODAY, LabStage

BIG = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def wish(stage: LabStage, kind: str = "thing", amount: int = 20) -> int:
    return stage.do(actions.ask_for, stage.cast.bashir, stage.lab_id, kind, "Sedie", "sedie", amount).id


def receive(stage: LabStage, which: int, amount: int | None = 5, **more: object) -> int:
    said = {"words": "la parrocchia", **more}
    return stage.do(actions.note_received, stage.cast.bashir, stage.lab_id, which, amount, TODAY, **said).id


def received(stage: LabStage, which: int) -> int:
    with stage.database.reading() as session:
        return resource_of(session, stage.lab_id, which).received


def test_lines_add_up_and_a_mistake_is_taken_back_once(stage: LabStage) -> None:
    which = wish(stage)
    first = receive(stage, which, 5, party_id=stage.cast.bakery.party.id, words="")
    receive(stage, which, 3)
    for _twice in range(2):
        assert stage.do(actions.take_back, stage.cast.bashir, stage.lab_id, first) == which
    assert received(stage, which) == 3
    with stage.database.reading() as session:
        assert [(line.giver, line.taken_back) for line in lines_of(session, which)] == [
            ("la parrocchia", False), ("Bakery e famiglia", True),
        ]  # fmt: skip
        assert [(one.received, one.left) for one in resources_of(session, stage.lab_id)] == [(3, 17)]


def test_the_book_is_only_added_to(stage: LabStage) -> None:
    receive(stage, wish(stage))
    for statement in ("UPDATE lab_receipt SET amount = 9", "DELETE FROM lab_receipt"):
        with pytest.raises(DBAPIError), stage.database.writing() as session:
            session.execute(text(statement))


def test_nothing_of_it_is_in_the_ledger_of_hours(stage: LabStage) -> None:
    def transfers() -> int:
        with stage.database.reading() as session:
            return session.scalar(select(func.count()).select_from(Transfer)) or 0

    before = transfers()
    receive(stage, wish(stage, "hours", 600), 90)
    receive(stage, wish(stage, "euro", 5000), 1250)
    assert transfers() == before


@pytest.mark.parametrize("amount", [None, 0, -3, MOST_AMOUNT + 1, 10**30])
def test_absurd_amounts_are_refused(stage: LabStage, amount: int | None) -> None:
    which = wish(stage)
    with pytest.raises(Invalid):
        receive(stage, which, amount)
    with pytest.raises(Invalid):
        wish(stage, "euro", amount)


def test_it_says_from_whom_and_when(stage: LabStage) -> None:
    which, cast = wish(stage), stage.cast
    with pytest.raises(Invalid):
        receive(stage, which, words=" ")
    with pytest.raises(Invalid):
        receive(stage, which, party_id=cast.chiara.party.id)
    with pytest.raises(Invalid):
        stage.do(actions.note_received, cast.bashir, stage.lab_id, which, 1, TODAY + timedelta(days=1), words="x")
    with pytest.raises(Missing):
        stage.do(actions.note_received, cast.anna, stage.lab_id, which, 1, TODAY, words="x")
    receive(stage, which, party_id=cast.anna.party.id)


def test_what_is_asked_for_no_more_keeps_its_book(stage: LabStage) -> None:
    which = wish(stage)
    receive(stage, which)
    for _twice in range(2):
        stage.do(actions.close_resource, stage.cast.bashir, stage.lab_id, which)
    with stage.database.reading() as session:
        assert resources_of(session, stage.lab_id) == []
    assert received(stage, which) == 5
    with pytest.raises(Missing):
        receive(stage, which)


@BIG
@given(st.lists(st.tuples(st.integers(1, 5000), st.booleans()), max_size=8))
def test_the_sum_is_what_was_not_taken_back(stage: LabStage, steps: list[tuple[int, bool]]) -> None:
    which = wish(stage, "euro", 10_000)
    for cents, wrong in steps:
        line = receive(stage, which, cents)
        if wrong:
            stage.do(actions.take_back, stage.cast.bashir, stage.lab_id, line)
    assert received(stage, which) == sum(cents for cents, wrong in steps if not wrong)
    stage.do(actions.close_resource, stage.cast.bashir, stage.lab_id, which)
