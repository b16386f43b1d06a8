"""Five hundred people sign up for twenty places in the same second, from several processes: never one too many."""

import multiprocessing
from dataclasses import dataclass
from typing import Any

from sqlmodel import select

from civic_centers.volunteering import actions
from civic_centers.volunteering.tables import SignUp
from community.members.tables import Membership, Person
from foundation import clock
from foundation.access import Actor, Grant, register_permissions
from foundation.access.permissions import Permission, all_permissions
from foundation.database import Database
from tests.civic_centers.stage import MONDAY, CenterStage
from tests.civic_centers.volunteering.shifts import slot, slot_row

PEOPLE, PLACES, PROCESSES = 500, 20, 4


@dataclass(frozen=True)
class Share:
    """What one process does."""

    url: str
    slot_ids: tuple[int, ...]
    community_id: int
    people: tuple[int, ...]
    permissions: tuple[Permission, ...]
    giving_up: bool = False


def in_process(share: Share, barrier: Any) -> list[str]:
    register_permissions(share.permissions)
    database = Database(share.url)
    answers = []
    try:
        barrier.wait()
        with clock.at(MONDAY):
            for person_id in share.people:
                actor = Actor(share.community_id, person_id=person_id, grants=(Grant("member", None),))
                for slot_id in share.slot_ids:
                    with database.writing() as session:
                        act = actions.give_up if share.giving_up else actions.sign_up
                        answers.append(act(session, actor, slot_id).state)
    finally:
        database.dispose()
    return answers


def storm(stage: CenterStage, people: list[int], *slot_ids: int, giving_up: bool = False) -> list[str]:
    address = stage.database.url.render_as_string(hide_password=False)
    context = multiprocessing.get_context("spawn")
    shares = [
        Share(
            address, slot_ids, stage.cast.community.id, tuple(people[number::PROCESSES]), all_permissions(), giving_up
        )
        for number in range(PROCESSES)
    ]
    with context.Manager() as manager, context.Pool(PROCESSES) as pool:
        barrier = manager.Barrier(PROCESSES)
        found = pool.starmap(in_process, [(share, barrier) for share in shares], chunksize=1)
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
