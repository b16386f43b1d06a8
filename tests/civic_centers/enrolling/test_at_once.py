"""A storm of sign-ups: exactly as many have a place as there are, the others wait in the order of arrival."""

import multiprocessing
import os
import signal
from dataclasses import dataclass
from typing import Any

from sqlmodel import select

from civic_centers.enrolling import actions
from civic_centers.enrolling.tables import Enrolment, EnrolRequest
from community.members.tables import Person
from community.parties.tables import Party, PartyMember
from foundation import clock
from foundation.access import Actor, Grant, register_permissions
from foundation.access.permissions import Permission, all_permissions
from foundation.database import Database, schema
from tests.civic_centers.enrolling.stage import EnrolStage
from tests.civic_centers.stage import MONDAY

PROCESSES = 4


@dataclass(frozen=True)
class Crowd:
    """Those whom one process lets in, one after the other. `dies_after` so many it is killed in the middle of one."""

    url: str
    date: int
    actors: tuple[Actor, ...]
    permissions: tuple[Permission, ...]
    dies_after: int | None = None


def let_in(crowd: Crowd, barrier: Any) -> list[tuple[int, bool]]:
    """Who was answered, and whether they have a place."""
    schema.import_tables()
    register_permissions(crowd.permissions)
    database = Database(crowd.url)
    answers = []
    barrier.wait()
    with clock.at(MONDAY):
        for number, actor in enumerate(crowd.actors):
            key = f"p{actor.person_id}"
            with database.writing() as session:  # as the page does
                answer = actions.wait(session, actor, crowd.date, key)
                answer = answer or actions.enrol(session, actor, [crowd.date], [key])[0]
                if number == crowd.dies_after:
                    os.kill(os.getpid(), signal.SIGKILL)
            answers.append((answer.request_id, answer.held))
    database.dispose()
    return answers


def families(stage: EnrolStage, number: int) -> list[Actor]:
    """So many households of one adult each, as rows."""
    community_id, zone_id = stage.cast.community.id, stage.cast.zones["centro"].id
    with stage.database.writing() as session:
        parties = [
            Party(community_id=community_id, kind="household", name=f"F{one}", zone_id=zone_id) for one in range(number)
        ]
        people = [Person(given_name=f"P{one}") for one in range(number)]
        session.add_all([*parties, *people])
        session.flush()
        session.add_all(
            PartyMember(party_id=party.id, person_id=person.id) for party, person in zip(parties, people, strict=True)
        )
        return [
            Actor(community_id, person.id, party.id, zone_id, (Grant("member"),), None, (party.id,))
            for party, person in zip(parties, people, strict=True)
        ]


def crowds(stage: EnrolStage, date: int, actors: list[Actor], *, dying: int | None = None) -> list[Crowd]:
    address = stage.database.url.render_as_string(hide_password=False)
    return [
        Crowd(
            address, date, tuple(actors[one::PROCESSES]), all_permissions(),
            dies_after=3 if one == dying else None,
        )
        for one in range(PROCESSES)
    ]  # fmt: skip


def standing(stage: EnrolStage) -> list[tuple[int, str]]:
    with stage.database.reading() as session:
        rows = session.exec(select(Enrolment).order_by(Enrolment.request_id)).all()
        assert len(session.exec(select(EnrolRequest)).all()) == len(rows)
    return [(row.request_id, row.state) for row in rows]


def test_five_hundred_for_twenty_places(stage: EnrolStage) -> None:
    date = stage.date(places=20)
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, context.Pool(PROCESSES) as pool:
        barrier = manager.Barrier(PROCESSES)
        jobs = [(crowd, barrier) for crowd in crowds(stage, date, families(stage, 500))]
        answers = [answer for found in pool.starmap(let_in, jobs, chunksize=1) for answer in found]
    assert len(answers) == 500
    assert sum(held for _number, held in answers) == 20
    rows = standing(stage)
    assert [state for _number, state in rows] == ["held"] * 20 + ["waiting"] * 480
    assert {number for number, held in answers if held} == {number for number, _state in rows[:20]}
    assert stage.one(date).taken == 20


def test_a_process_that_is_killed_takes_nothing_along(stage: EnrolStage) -> None:
    date = stage.date(places=5)
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager:
        barrier = manager.Barrier(PROCESSES)
        workers = [
            context.Process(target=let_in, args=(crowd, barrier))
            for crowd in crowds(stage, date, families(stage, 40), dying=1)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(60)
    assert sorted(worker.exitcode for worker in workers) == [-signal.SIGKILL, 0, 0, 0]
    rows = standing(stage)
    assert len(rows) == 30 + 3
    assert [state for _number, state in rows] == ["held"] * 5 + ["waiting"] * 28
    assert stage.one(date).taken == 5
