"""Many book the same rooms at the same moment, in threads and in processes: one has it, the others are told."""

import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from civic_centers.rooms.actions import book_room, hold_rooms, move_booking
from civic_centers.rooms.rules import Taken
from civic_centers.rooms.tables import Booking
from foundation import clock
from foundation.access import Actor, register_permissions
from foundation.access.permissions import Permission, all_permissions
from foundation.database import Database
from tests.civic_centers.stage import MONDAY, CenterStage, at


@dataclass(frozen=True)
class Job:
    """One of those who book: `how` is the name of a function below."""

    how: str
    url: str
    seed: int
    actor: Actor
    rooms: tuple[int, ...]
    starts_at: datetime
    bookings: tuple[int, ...] = ()
    permissions: tuple[Permission, ...] = ()


def same_time(database: Database, job: Job) -> str:
    """Everybody wants the same hour, each a little later than the one before."""
    starts_at = job.starts_at + timedelta(minutes=job.seed)
    return _try(database, lambda session: book_room(session, job.actor, job.rooms[0], starts_at, starts_at + HOUR, "X"))


def crosswise(database: Database, job: Job) -> str:
    """Everybody wants both rooms in one transaction, half of them in the other order."""
    rooms = job.rooms if job.seed % 2 else job.rooms[::-1]

    def both(session: Any) -> None:
        hold_rooms(session, rooms)
        for room in rooms:
            book_room(session, job.actor, room, job.starts_at, job.starts_at + HOUR, "X")

    return _try(database, both)


def swap(database: Database, job: Job) -> str:
    """Each takes a booking of their own to the other room, at the same time of the day."""
    booking_id, room_id = job.bookings[job.seed % len(job.bookings)], job.rooms[(job.seed + 1) % 2]
    return _try(
        database,
        lambda session: move_booking(
            session, job.actor, booking_id, job.starts_at, job.starts_at + HOUR, room_id=room_id, tell=False
        ),
    )


HOUR = timedelta(hours=1)
WAYS = {"same_time": same_time, "crosswise": crosswise, "swap": swap}


def _try(database: Database, act: Any) -> str:
    with clock.at(MONDAY):
        try:
            with database.writing() as session:
                act(session)
        except Taken:
            return "taken"
    return "booked"


def in_process(job: Job, barrier: Any) -> str:
    register_permissions(job.permissions)
    database = Database(job.url)
    try:
        barrier.wait()
        return WAYS[job.how](database, job)
    finally:
        database.dispose()


def together(jobs: list[Job], by: str) -> list[str]:
    if by == "threads":
        barrier = threading.Barrier(len(jobs))
        with ThreadPoolExecutor(len(jobs)) as pool:
            return list(pool.map(in_process, jobs, [barrier] * len(jobs)))
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, context.Pool(len(jobs)) as pool:
        shared = manager.Barrier(len(jobs))
        return pool.starmap(in_process, [(job, shared) for job in jobs], chunksize=1)


def crowd(stage: CenterStage, how: str, by: str, **more: Any) -> list[str]:
    number = 8 if by == "threads" else 4
    address = stage.database.url.render_as_string(hide_password=False)
    jobs = [
        Job(
            how, address, seed, stage.cast.maker.actor, (stage.room, stage.other_room), at(12, 16),
            permissions=all_permissions(), **more,
        )
        for seed in range(number)
    ]  # fmt: skip
    return together(jobs, by)


def held(stage: CenterStage) -> list[tuple[int, datetime]]:
    with stage.database.reading() as session:
        rows = session.exec(select(Booking).where(Booking.state == "held").order_by(Booking.room_id)).all()
    return [(row.room_id, row.starts_at) for row in rows]


both_ways = pytest.mark.parametrize("by", ["threads", "processes"])


@both_ways
def test_one_of_many_has_the_room(stage: CenterStage, by: str) -> None:
    answers = crowd(stage, "same_time", by)
    assert answers.count("booked") == 1
    assert set(answers) == {"booked", "taken"}
    assert len(held(stage)) == 1


@both_ways
def test_who_wants_both_rooms_crosswise_has_both_or_none(stage: CenterStage, by: str) -> None:
    answers = crowd(stage, "crosswise", by)
    assert answers.count("booked") == 1
    assert [room for room, _when in held(stage)] == [stage.room, stage.other_room]


@both_ways
def test_moving_crosswise_never_locks_each_other_out(stage: CenterStage, by: str) -> None:
    mine = tuple(stage.book(at(13, 9 + hour), at(13, 9 + hour, 30)) for hour in range(8))
    answers = crowd(stage, "swap", by, bookings=mine)
    assert answers.count("booked") == 2
    assert sum(when == at(12, 16) for _room, when in held(stage)) == 2
