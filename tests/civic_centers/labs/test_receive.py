"""What is asked for and received: a book that is only added to, in whole minutes, pieces and cents."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import func, select

from civic_centers.labs import actions
from civic_centers.labs.actions import resources
from civic_centers.labs.queries.resources import givers_of, lines_of, resource_of, resources_of
from civic_centers.labs.rules import MOST_AMOUNT, Outcome
from civic_centers.labs.tables import LabGiver, LabReceipt, LabResource
from community.parties.tables import Party
from exchanges.ledger.tables import Transfer
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from tests.civic_centers.labs.stage import TODAY, LabStage
from tests.civic_centers.stage import MONDAY

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


# ---------------------------------------------------------------- what is refused, and what a line says


def test_only_so_much_is_asked_for_at_once(stage: LabStage, monkeypatch: pytest.MonkeyPatch) -> None:
    first = wish(stage)
    monkeypatch.setattr(resources, "MOST_RESOURCES", 1)
    with pytest.raises(Refused):
        wish(stage)
    stage.do(actions.close_resource, stage.cast.bashir, stage.lab_id, first)
    wish(stage)


def test_it_is_of_a_kind_and_only_things_and_rooms_have_a_unit(stage: LabStage) -> None:
    with pytest.raises(Invalid) as caught:
        wish(stage, "gold")
    assert caught.value.field == "kind"
    made = [wish(stage, kind) for kind in ("thing", "room", "hours", "euro")]
    with stage.database.reading() as session:
        assert [session.get_one(LabResource, one).unit for one in made] == ["sedie", "sedie", "", ""]


def test_a_day_that_nobody_means_is_refused(stage: LabStage) -> None:
    with pytest.raises(Invalid) as caught:
        stage.do(
            actions.note_received, stage.cast.bashir, stage.lab_id, wish(stage), 1, date(1905, 6, 1), words="x"
        )  # fmt: skip
    assert caught.value.field == "on_day"


def test_from_whom_is_said_once(stage: LabStage) -> None:
    which, bakery = wish(stage), stage.cast.bakery.party.id
    named, told = receive(stage, which, party_id=bakery, words="il fornaio"), receive(stage, which, words=" la Rosa ")
    with stage.database.reading() as session:
        assert [(one.receipt_id, one.words) for one in session.exec(select(LabGiver))] == [(told, "la Rosa")]
        assert session.get_one(LabReceipt, named).from_party_id == bakery


def test_what_takes_back_says_of_whom_and_of_which_day_it_was(stage: LabStage) -> None:
    which, bakery = wish(stage), stage.cast.bakery.party.id
    wrong = receive(stage, which, party_id=bakery)
    with clock.at(MONDAY + timedelta(days=3)):
        stage.do(actions.take_back, stage.cast.maker, stage.lab_id, wrong)
    with stage.database.reading() as session:
        back = session.exec(select(LabReceipt).where(LabReceipt.corrects_id == wrong)).one()
    assert (back.amount, back.from_party_id, back.on_day) == (-5, bakery, TODAY)
    with pytest.raises(Missing):
        stage.do(actions.take_back, stage.cast.bashir, stage.lab_id, back.id)


def test_a_line_and_a_thing_are_of_their_lab(stage: LabStage) -> None:
    maker, other, which = stage.cast.maker, stage.make(name="Un altro"), wish(stage)
    line = receive(stage, which)
    for act, *said in (
        (actions.take_back, line),
        (actions.close_resource, which),
        (actions.note_received, which, 1, TODAY),
    ):
        with pytest.raises(Missing):
            stage.do(act, maker, other, *said)
    with stage.database.writing() as session, pytest.raises(Missing):
        actions.note_delivered(session, maker.actor, stage.lab(other), which, 1, TODAY)
    assert received(stage, which) == 5


def test_more_than_asked_for_leaves_nothing_to_ask(stage: LabStage) -> None:
    which = wish(stage)
    receive(stage, which, 25)
    with stage.database.reading() as session:
        assert [(one.received, one.left) for one in resources_of(session, stage.lab_id)] == [(25, 0)]


def test_since_when_it_is_asked_for_no_more(stage: LabStage) -> None:
    which = wish(stage)
    for day in (1, 2):
        with clock.at(MONDAY + timedelta(days=day)):
            stage.do(actions.close_resource, stage.cast.bashir, stage.lab_id, which)
    with stage.database.reading() as session:
        assert session.get_one(LabResource, which).closed_at == MONDAY + timedelta(days=1)


def test_it_comes_from_who_is_inside_or_an_open_organisation(stage: LabStage) -> None:
    cast = stage.cast

    def givers() -> list[int | None]:
        with stage.database.reading() as session:
            return sorted(one.id or 0 for one in givers_of(session, stage.lab_id, cast.community.id))

    inside = [cast.anna.party.id, cast.bashir.party.id, cast.maker.party.id]
    assert givers() == sorted([*inside, cast.bakery.party.id])
    stage.do(actions.leave_lab, cast.anna, stage.lab_id)
    with stage.database.writing() as session:
        session.get_one(Party, cast.bakery.party.id).closed_at = clock.now()
    assert givers() == sorted(inside[1:])


@pytest.mark.parametrize("amount", [None, 0, -1, MOST_AMOUNT + 1])
def test_what_others_wrote_down_as_given(stage: LabStage, amount: int | None) -> None:
    """A part of a pledge: an absurd one is refused, and a lab that asks no more or is over notes nothing."""
    maker, which, closed = stage.cast.maker.actor, wish(stage), wish(stage)
    with stage.database.writing() as session, pytest.raises(Invalid):
        actions.note_delivered(session, maker, stage.lab(), which, amount, TODAY)
    stage.do(actions.close_resource, stage.cast.bashir, stage.lab_id, closed)
    with stage.database.writing() as session:
        assert actions.note_delivered(session, maker, stage.lab(), closed, 4, TODAY) is None
        line = actions.note_delivered(session, maker, stage.lab(), which, 4, TODAY)
        assert line is not None
        number = line.id or 0
    stage.do(actions.end_lab, stage.cast.bashir, stage.lab_id, Outcome("Fatto"), version=stage.lab().version)
    with stage.database.writing() as session:
        assert actions.note_delivered(session, maker, stage.lab(), which, 4, TODAY) is None
        backs = [actions.take_delivered_back(session, maker, stage.lab(), number) for _twice in range(2)]
    assert [one is not None for one in backs] == [True, False]
    assert (received(stage, which), received(stage, closed)) == (0, 0)
