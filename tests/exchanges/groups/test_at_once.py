"""Many at the same moment: one transfer, and no place given twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from exchanges.groups import actions
from exchanges.ledger.queries.verification import faults, hold_still
from foundation import clock
from foundation.errors import DomainError, Refused
from tests.cast import Member
from tests.exchanges.groups.stage import MONDAY, GroupStage


def test_forty_people_confirm_at_the_same_moment_and_one_transfer_moves(stage: GroupStage) -> None:
    cast = stage.cast
    members = stage.crowd(40)
    group_id = stage.recorded(cast.anna, *members)
    ready = Barrier(len(members))

    def press(member: Member) -> DomainError | None:
        ready.wait()
        with clock.at(MONDAY):
            try:
                stage.do(actions.confirm, member, group_id, None)
            except DomainError as error:
                return error
        return None

    with ThreadPoolExecutor(len(members)) as pool:
        assert [error for error in pool.map(press, members) if error] == []
    assert stage.group(group_id).state == "settled"
    moved = stage.transfers()
    assert len(moved) == 1
    assert sorted(moved[0][1]) == [-60] * 40 + [60, 39 * 60]
    assert {stage.balance(one) for one in members} == {-60}
    with stage.database.reading() as session:
        hold_still(session)
        assert list(faults(session, cast.community.id)) == []


def test_two_take_the_last_place_at_the_same_moment(stage: GroupStage) -> None:
    cast = stage.cast
    group_id = stage.planned(cast.anna, places=1)
    members = [cast.bashir, cast.chiara, cast.dario, cast.maker]
    ready = Barrier(len(members))

    def press(member: Member) -> bool:
        ready.wait()
        with clock.at(MONDAY):
            try:
                stage.do(actions.join, member, group_id, None)
            except Refused:
                return False
        return True

    with ThreadPoolExecutor(len(members)) as pool:
        assert sum(pool.map(press, members)) == 1
    assert sum(stage.reserved(one) for one in members) == 60
