"""Balances that were taken in are undone by their mirrors, while no hours have moved."""

from sqlmodel import col, select

from community.parties.tables import Party
from exchanges.ledger.actions import give_hours
from exchanges.ledger.tables import Transfer
from tests.cast import Cast
from tests.exchanges.importing.lists import BALANCES, balances, must_verify
from tests.importing import Desk


def test_balances_are_undone_by_their_mirrors(desk: Desk, members: int) -> None:
    run_id = desk.bring("balances", BALANCES)
    assert balances(desk) == {"F1": -90, "F2": 720}
    assert desk.undo(run_id).state == "undone"
    assert balances(desk) == {"F1": 0, "F2": 0}
    with desk.database.reading() as session:
        mirrors = session.exec(select(Transfer).where(col(Transfer.kind) == "reversal")).all()
    assert {one.recorded_by_id for one in mirrors} == {desk.actor.person_id}
    assert len(mirrors) == 2
    must_verify(desk)


def test_other_balances_may_follow_those_that_were_undone(desk: Desk, members: int) -> None:
    desk.undo(desk.bring("balances", BALANCES))
    again = desk.bring("balances", BALANCES.replace("12 h", "10 h"))
    assert balances(desk) == {"F1": -90, "F2": 600}
    assert desk.undo(again).state == "undone"
    assert balances(desk) == {"F1": 0, "F2": 0}
    must_verify(desk)


def test_balances_stay_once_hours_have_moved(desk: Desk, members: int, cast: Cast) -> None:
    run_id = desk.bring("balances", BALANCES)
    with desk.database.writing() as session:
        home = session.exec(select(Party).where(col(Party.import_key) == "F1")).one()
        give_hours(session, cast.anna.actor, home.id, 30, request_key="a-gift")
    run = desk.undo(run_id)
    assert run.obstacles == [{"message": "Hours of %(name)s have moved since.", "params": {"name": "Samira Bennani"}}]
    assert balances(desk) == {"F1": -60, "F2": 720}
    must_verify(desk)
