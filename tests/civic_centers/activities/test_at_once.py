"""Many at the same moment, on both databases: places, rooms, rhythms and keepers who change the same thing."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from civic_centers.activities import actions
from civic_centers.activities.actions import Change
from civic_centers.rooms.actions import book_room
from civic_centers.rooms.rules import Taken
from foundation import clock
from foundation.errors import DomainError
from tests.civic_centers.activities.stage import ActivityStage
from tests.civic_centers.activities.test_change import series
from tests.civic_centers.stage import MONDAY, at

TOGETHER = 8


def at_once(stage: ActivityStage, act: Callable[[Any, int], Any], moment: Any = MONDAY) -> list[Any]:
    """What each of several threads was answered, all begun together; errors of the domain by their class."""
    barrier = threading.Barrier(TOGETHER)

    def one(number: int) -> Any:
        with clock.at(moment):
            barrier.wait()
            try:
                with stage.database.writing() as session:
                    return act(session, number)
            except DomainError as error:
                return type(error)

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(one, range(TOGETHER)))


def test_never_one_place_too_many(stage: ActivityStage) -> None:
    activity = stage.make(places=5)
    (number,) = stage.dates(activity, at(12, 16))
    answers = at_once(stage, lambda session, _number: actions.take_places(session, number))
    assert sorted(answers) == [False] * 3 + [True] * 5
    assert stage.one(number).taken == 5


def test_places_shrink_and_are_taken_together(stage: ActivityStage) -> None:
    activity = stage.make(places=8)
    (number,) = stage.dates(activity, at(12, 16))
    to = Change(at(12, 16), at(12, 18), None, places=3)

    def act(session: Any, which: int) -> Any:
        if which == 0:
            return actions.change_session(session, stage.cast.bashir.actor, activity, number, to)
        return actions.take_places(session, number)

    at_once(stage, act)
    one = stage.one(number)
    assert one.places in (3, 8)
    assert one.taken <= (one.places or 0)
    assert one.taken == (3 if one.places == 3 else 7)


def test_a_rhythm_rolled_by_many_is_rolled_once(stage: ActivityStage) -> None:
    activity = stage.make()
    rhythm = stage.rhythm(activity, room=stage.room)
    stage.open(activity)
    before = len(stage.sessions(activity))
    answers = at_once(stage, lambda session, _number: actions.roll_rhythm(session, rhythm), MONDAY + timedelta(days=30))
    assert sum(answers) == 1
    assert len(stage.sessions(activity)) == before + 4
    assert len(stage.held(stage.room)) == before + 4


def test_a_room_is_booked_while_a_series_moves_there(stage: ActivityStage) -> None:
    activity, ids = series(stage)
    bashir = stage.cast.bashir.actor
    to = Change(at(12, 17), at(12, 18), stage.other_room)

    def act(session: Any, which: int) -> Any:
        if which % 2:
            return book_room(session, bashir, stage.other_room, at(19, 17), at(19, 18), "Prove")
        return actions.change_dates(session, bashir, activity, ids[0], to, "all").number

    answers = at_once(stage, act)
    assert answers.count(Taken) >= TOGETHER // 2 - 1  # one of the two sides has the room
    held = stage.held(stage.other_room)
    assert held.count(at(19, 17)) == 1
    assert {one.starts_at for one in stage.sessions(activity)} >= {at(12, 17), at(19, 17)}


def test_two_keepers_call_off_and_change_the_same(stage: ActivityStage) -> None:
    activity, ids = series(stage)
    bashir = stage.cast.bashir.actor
    to = Change(at(20, 17), at(20, 18), stage.room, places=10)

    def act(session: Any, which: int) -> Any:
        if which % 2:
            return actions.cancel_session(session, bashir, activity, ids[1], reason="Neve")
        return actions.change_session(session, bashir, activity, ids[1], to)

    answers = at_once(stage, act)
    assert answers.count(1) == 1  # called off once
    one = stage.one(ids[1])
    assert (one.state, one.booking_id) == ("cancelled", None)
    assert at(19, 16) not in stage.held(stage.room)
    assert at(20, 17) not in stage.held(stage.room)
