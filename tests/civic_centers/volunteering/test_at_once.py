"""Five hundred people sign up for twenty places in the same second, from several processes: never one too many."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Thread
from typing import Any

from sqlmodel import select

from civic_centers.volunteering import actions
from civic_centers.volunteering.queries.single import is_full
from civic_centers.volunteering.rules import Clash
from civic_centers.volunteering.tables import SignUp
from community.members.tables import Membership, Person
from foundation import clock
from foundation.access import Actor, Grant, register_permissions
from foundation.access.permissions import Permission, all_permissions
from foundation.database import Database
from tests.civic_centers.stage import MONDAY, CenterStage
from tests.civic_centers.volunteering.shifts import slot, slot_row, states, take

PEOPLE, PLACES, PROCESSES = 500, 20, 4


@dataclass(frozen=True)
class Share:
    """What one process does. `dies_after` so many it is killed in the middle of one."""

    url: str
    slot_ids: tuple[int, ...]
    community_id: int
    people: tuple[int, ...]
    permissions: tuple[Permission, ...]
    giving_up: bool = False
    dies_after: int | None = None


def in_process(share: Share, barrier: Any) -> list[str]:
    register_permissions(share.permissions)
    database = Database(share.url)
    answers = []
    try:
        barrier.wait()
        with clock.at(MONDAY):
            for number, person_id in enumerate(share.people):
                actor = Actor(share.community_id, person_id=person_id, grants=(Grant("member", None),))
                for slot_id in share.slot_ids:
                    act = give_up if share.giving_up else sign_up
                    answers.append(act(database, actor, slot_id, dies=number == share.dies_after))
    finally:
        database.dispose()
    return answers


def sign_up(database: Database, actor: Actor, slot_id: int, *, dies: bool = False) -> str:
    """As the page does: it looks first, and holds nobody up meanwhile."""
    try:
        with database.reading() as session:
            waits = is_full(session, slot_id)
            ready = None if waits else actions.look_first(session, actor, slot_id)
        with database.writing() as session:
            taken = actions.wait(session, actor, slot_id) if waits else None
            answer = (taken or actions.sign_up(session, actor, slot_id, ready=ready)).state
            if dies:
                os.kill(os.getpid(), signal.SIGKILL)
    except Clash:
        return "clash"
    return answer


def give_up(database: Database, actor: Actor, slot_id: int, *, dies: bool = False) -> str:
    with database.writing() as session:
        return actions.give_up(session, actor, slot_id).state


def shares(stage: CenterStage, people: list[int], *slot_ids: int, giving_up: bool = False) -> list[Share]:
    address = stage.database.url.render_as_string(hide_password=False)
    return [
        Share(
            address, slot_ids, stage.cast.community.id, tuple(people[number::PROCESSES]), all_permissions(), giving_up
        )
        for number in range(PROCESSES)
    ]


def storm(stage: CenterStage, people: list[int], *slot_ids: int, giving_up: bool = False) -> list[str]:
    return together(shares(stage, people, *slot_ids, giving_up=giving_up))


def together(jobs: list[Share]) -> list[str]:
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, context.Pool(len(jobs)) as pool:
        barrier = manager.Barrier(len(jobs))
        found = pool.starmap(in_process, [(share, barrier) for share in jobs], chunksize=1)
    return [answer for answers in found for answer in answers]


def crowd(stage: CenterStage, number: int) -> list[int]:
    with stage.database.writing() as session:
        people = [Person(given_name=f"Volontario {count}") for count in range(number)]
        session.add_all(people)
        session.flush()
        return [person.id for person in people]


def rows(stage: CenterStage, slot_id: int) -> list[SignUp]:
    with stage.database.reading() as session:
        return list(session.exec(select(SignUp).where(SignUp.slot_id == slot_id).order_by(SignUp.id)))


def test_exactly_twenty_hold_a_place_and_the_others_wait_in_order(stage: CenterStage) -> None:
    here = slot(stage, most=PLACES)
    answers = storm(stage, crowd(stage, PEOPLE), here)
    assert (answers.count("held"), answers.count("waiting")) == (PLACES, PEOPLE - PLACES)
    states = [row.state for row in rows(stage, here)]
    assert states == ["held"] * PLACES + ["waiting"] * (PEOPLE - PLACES)
    assert slot_row(stage, here).taken == PLACES


def test_twice_at_once_is_one_place_and_two_slots_at_once_are_one(stage: CenterStage) -> None:
    one, other = slot(stage, most=50), slot(stage, 20, most=50)
    people = crowd(stage, 10)
    storm(stage, [person for person in people for _time in range(PROCESSES)], one, other)
    assert sorted(row.person_id for row in rows(stage, one)) == people
    assert slot_row(stage, one).taken == slot_row(stage, other).taken == 10


def test_places_given_up_together_go_to_who_waits(stage: CenterStage) -> None:
    here = slot(stage, most=PLACES)
    people = crowd(stage, 40)
    storm(stage, people, here)
    holding = [row.person_id for row in rows(stage, here) if row.state == "held"]
    with stage.database.writing() as session:
        zone = stage.cast.zones["centro"].id
        session.add_all(
            Membership(community_id=stage.cast.community.id, person_id=person, zone_id=zone, state="approved")
            for person in people
        )
    storm(stage, holding[:12], here, giving_up=True)
    found = [row.state for row in rows(stage, here)]
    assert (found.count("held"), found.count("offered"), found.count("waiting")) == (8, 12, 8)
    assert slot_row(stage, here).taken == PLACES
    waited = [row.state for row in rows(stage, here) if row.state in ("offered", "waiting")]
    assert waited == ["offered"] * 12 + ["waiting"] * 8


def test_who_gives_up_while_others_wait_leaves_no_place_empty(stage: CenterStage) -> None:
    here = slot(stage, most=PLACES)
    people = crowd(stage, 120)
    storm(stage, people[:PLACES], here)
    with stage.database.writing() as session:
        zone = stage.cast.zones["centro"].id
        session.add_all(
            Membership(community_id=stage.cast.community.id, person_id=person, zone_id=zone, state="approved")
            for person in people
        )
    leaving, coming = shares(stage, people[:PLACES], here, giving_up=True), shares(stage, people[PLACES:], here)
    assert len(together([*leaving, *coming])) == 120
    found = [row.state for row in rows(stage, here)]
    assert found.count("gave_up") == PLACES
    assert found.count("held") + found.count("offered") == slot_row(stage, here).taken == PLACES


def test_a_process_that_is_killed_takes_nothing_along(stage: CenterStage) -> None:
    here = slot(stage, most=5)
    jobs = shares(stage, crowd(stage, 40), here)
    jobs[1] = replace(jobs[1], dies_after=3)
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager:
        barrier = manager.Barrier(PROCESSES)
        workers = [context.Process(target=in_process, args=(share, barrier)) for share in jobs]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(60)
    assert sorted(worker.exitcode for worker in workers) == [-signal.SIGKILL, 0, 0, 0]
    assert [row.state for row in rows(stage, here)] == ["held"] * 5 + ["waiting"] * 28
    assert slot_row(stage, here).taken == 5


class Tap(Thread):
    """Something done in a transaction of its own, beside another that is open."""

    def __init__(self, stage: CenterStage, act: Callable[..., Any], who: str, slot_id: int) -> None:
        super().__init__(daemon=True)
        self.stage, self.act, self.actor, self.slot_id = stage, act, stage.cast.members[who].actor, slot_id
        self.start()

    def run(self) -> None:
        with clock.at(MONDAY):
            self.act(self.stage.database, self.actor, self.slot_id)


def test_a_place_given_up_meanwhile_goes_to_who_is_just_written_down_as_waiting(stage: CenterStage) -> None:
    here = slot(stage)
    take(stage, here, "dario")
    with stage.database.writing() as session:
        assert actions.wait(session, stage.cast.anna.actor, here)
        leaving = Tap(stage, give_up, "dario", here)
        leaving.join(0.5)
        assert leaving.is_alive()
    leaving.join(30)
    assert states(stage, here) == [("dario", "gave_up"), ("anna", "offered")]


def test_those_who_can_only_wait_do_not_wait_for_each_other(stage: CenterStage) -> None:
    here = slot(stage)
    take(stage, here, "dario")
    with stage.database.writing() as session:
        assert actions.wait(session, stage.cast.anna.actor, here)
        other = Tap(stage, sign_up, "chiara", here)
        if stage.database.dialect == "postgresql":  # SQLite lets one write at a time
            other.join(30)
            assert not other.is_alive()
    other.join(30)
    assert {state for _who, state in states(stage, here)[1:]} == {"waiting"}
