"""A job's effect and the note that it is done are one: a kill at any moment loses and doubles nothing."""

import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from foundation import audit, clock, jobs
from foundation.audit.tables import AuditEntry
from foundation.database import Database, Session
from foundation.jobs import Job
from foundation.jobs.rules import period_key
from foundation.jobs.running import MAX_ATTEMPTS, queue_periodic, run_one
from foundation.jobs.tables import QueuedJob

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def write_a_line(session: Session, payload: Mapping[str, Any]) -> None:
    audit.record(session, None, "ran", "job", payload.get("n"))


NOTE = Job("note", write_a_line, words="Writes a line.")


def queued(database: Database, count: int = 1, **options: Any) -> None:
    with clock.at(NOON), database.writing() as session:
        for number in range(count):
            jobs.enqueue(session, "note", {"n": number}, **options)


def ran(database: Database, job: Job = NOTE, *, at: datetime = NOON, limit: int = 100) -> int:
    with clock.at(at):
        return jobs.run_due(database, {job.kind: job}, limit)


def lines(database: Database) -> list[int | None]:
    with database.reading() as session:
        return list(session.exec(select(AuditEntry.object_id).order_by(AuditEntry.id)))


def only_job(database: Database) -> QueuedJob:
    with database.reading() as session:
        return session.exec(select(QueuedJob)).one()


def test_runs_once(database: Database) -> None:
    queued(database, 3)
    assert ran(database) == 3
    assert ran(database) == 0
    assert lines(database) == [0, 1, 2]


def test_waits_until_it_is_due(database: Database) -> None:
    queued(database, due_at=NOON + timedelta(days=1))
    assert ran(database) == 0
    assert ran(database, at=NOON + timedelta(days=1)) == 1


def test_the_same_key_is_queued_once(database: Database) -> None:
    with database.writing() as session:
        assert jobs.enqueue(session, "note", key="5")
        assert not jobs.enqueue(session, "note", key="5")
        assert jobs.enqueue(session, "other", key="5")
    assert ran(database, at=clock.now()) == 1


def test_one_that_fails_leaves_nothing_and_is_tried_again(database: Database) -> None:
    failures = [ValueError("not yet")]

    def fails_first(session: Session, payload: Mapping[str, Any]) -> None:
        write_a_line(session, payload)
        if failures:
            raise failures.pop()

    queued(database)
    job = Job("note", fails_first)
    assert ran(database, job) == 1
    assert lines(database) == []
    waiting = only_job(database)
    assert waiting.last_error == "ValueError: not yet"
    assert ran(database, job, at=waiting.due_at) == 1
    assert lines(database) == [0]
    assert only_job(database).done_at == waiting.due_at


def test_is_given_up_after_the_last_attempt(database: Database) -> None:
    def fails(session: Session, payload: Mapping[str, Any]) -> None:
        raise ValueError("never")

    queued(database)
    for day in range(MAX_ATTEMPTS + 2):
        ran(database, Job("note", fails), at=NOON + timedelta(days=day))
    assert only_job(database).attempts == MAX_ATTEMPTS
    assert only_job(database).dead_at is not None


def test_one_that_outlives_its_lease_is_undone(database: Database) -> None:
    """Somebody else has it by then: what the slow one did must not stand beside what the other does."""
    queued(database)
    slow = Job("note", lambda session, payload: None, lease=timedelta(minutes=1))

    def overtaken(database: Database, payload: Mapping[str, Any]) -> None:
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(ran, database, NOTE, at=NOON + timedelta(minutes=1)).result(timeout=20) == 1

    ran(database, Job("note", run_batches=overtaken, lease=slow.lease))
    assert lines(database) == [0]
    assert only_job(database).done_at == NOON + timedelta(minutes=1)


def test_a_lost_claim_rolls_back_the_run(database: Database) -> None:
    queued(database)

    def robbed(session: Session, payload: Mapping[str, Any]) -> None:
        write_a_line(session, payload)
        session.exec(select(QueuedJob)).one().claimed_by = "another"

    ran(database, Job("note", robbed))
    assert lines(database) == []


def test_batches_may_open_transactions_of_their_own(database: Database) -> None:
    def in_batches(database: Database, payload: Mapping[str, Any]) -> None:
        for number in (1, 2):
            with database.writing() as session:
                write_a_line(session, {"n": number})

    queued(database)
    assert ran(database, Job("note", run_batches=in_batches)) == 1
    assert lines(database) == [1, 2]
    assert only_job(database).done_at == NOON


def test_many_workers_never_double(database: Database) -> None:
    queued(database, 30)
    with ThreadPoolExecutor(6) as pool:
        tried = sum(pool.map(lambda _: jobs.run_due(database, {"note": NOTE}), range(6)))
    assert tried == 30
    assert sorted(number for number in lines(database) if number is not None) == list(range(30))


DIES = """
import sys
from foundation import audit
from foundation.database import Database
from foundation.jobs import Job, run_due

def dies(session, payload):
    audit.record(session, None, "ran", "job", 99)
    session.flush()
    print("begun", flush=True)
    sys.stdin.read()

run_due(Database(sys.argv[1]), {"note": Job("note", dies)})
"""


def test_a_worker_killed_half_way_loses_and_doubles_nothing(database: Database) -> None:
    queued(database)
    address = database.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-c", DIES, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.kill()
    now = clock.now()
    assert ran(database, at=now) == 0
    assert ran(database, at=now + NOTE.lease) == 1
    assert lines(database) == [0]


HOURLY = Job("note", write_a_line, every=timedelta(hours=1))


def test_a_periodic_job_runs_once_in_each_period(database: Database) -> None:
    queued_by = [dict[str, str](), dict[str, str]()]  # two processes, each with its own memory
    for minute in (0, 1, 59, 60, 61, 200):
        moment = NOON + timedelta(minutes=minute)
        for memory in queued_by:
            with clock.at(moment):
                queue_periodic(database, {"note": HOURLY}, memory)
        ran(database, HOURLY, at=moment)
    assert len(lines(database)) == 3


def test_many_processes_queue_a_period_once(database: Database) -> None:
    def queue(_: int) -> None:
        with clock.at(NOON):
            queue_periodic(database, {"note": HOURLY}, {})

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(queue, range(6)))
    assert ran(database, HOURLY) == 1


def test_a_period_is_not_queued_while_the_last_one_waits(database: Database) -> None:
    for hour in range(3):
        with clock.at(NOON + timedelta(hours=hour)):
            queue_periodic(database, {"note": HOURLY}, {})
    assert ran(database, HOURLY, at=NOON + timedelta(hours=3)) == 1


def test_a_periodic_job_that_fails_waits_no_longer_than_its_period(database: Database) -> None:
    def fails(session: Session, payload: Mapping[str, Any]) -> None:
        raise ValueError("no")

    job = Job("note", fails, every=timedelta(minutes=1))
    with clock.at(NOON):
        queue_periodic(database, {"note": job}, {})
    moment = NOON
    for _ in range(6):
        assert ran(database, job, at=moment) == 1
        waited = only_job(database).due_at - moment
        moment = only_job(database).due_at
    assert waited <= timedelta(minutes=1) * 1.25


def test_periods_are_named_alike_by_everybody() -> None:
    day = timedelta(days=1)
    assert period_key(day, NOON) == period_key(day, NOON.replace(hour=23))
    assert period_key(day, NOON) != period_key(day, NOON + day)
    assert period_key(day, NOON) != period_key(timedelta(hours=1), NOON)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"run": write_a_line, "run_batches": lambda database, payload: None},
        {"run": write_a_line, "every": timedelta(days=8)},
        {"run": write_a_line, "every": timedelta(0)},
    ],
)
def test_a_job_that_makes_no_sense_stops_start_up(options: Any) -> None:
    with pytest.raises(ValueError, match="job odd"):
        Job("odd", **options)


def test_a_job_nobody_knows_is_left_for_who_does(database: Database) -> None:
    queued(database)
    assert not run_one(database, {"other": Job("other", write_a_line)}, "me")
    assert ran(database) == 1


def test_done_ones_are_dropped_after_thirty_days(database: Database) -> None:
    queued(database)
    ran(database)
    with clock.at(NOON + timedelta(days=29)), database.writing() as session:
        assert jobs.purge(session) == 0
    with clock.at(NOON + timedelta(days=31)), database.writing() as session:
        assert jobs.purge(session) == 1
