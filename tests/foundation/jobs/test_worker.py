"""The worker goes on by itself: woken by commits, alive while it works, gone when it is told to stop."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from threading import Event
from typing import Any

import pytest

from foundation import clock, jobs, outbox
from foundation.database import Database, Session
from foundation.files import FileStore
from foundation.jobs import Job, Worker, worker_is_well
from foundation.jobs.beats import MISSED_AFTER, beat, say_goodbye
from foundation.jobs.housekeeping import housekeeping
from foundation.jobs.running import run_due

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PATIENCE = 20.0


@contextmanager
def started(worker: Worker) -> Iterator[Worker]:
    worker.start()
    try:
        yield worker
    finally:
        assert worker.stop(PATIENCE)


def test_delivers_as_soon_as_a_commit_leaves_something(database: Database) -> None:
    got: Queue[dict[str, Any]] = Queue()
    worker = Worker(database, [], {"mail": lambda session, payload: got.put(dict(payload))}, idle_seconds=3600)
    with started(worker):
        for number in range(3):  # each is left while the worker sleeps for an hour
            with database.writing() as session:
                outbox.put(session, "mail", {"n": number})
            assert got.get(timeout=PATIENCE)["n"] == number


def test_runs_jobs_as_soon_as_a_commit_leaves_them(database: Database) -> None:
    got: Queue[Any] = Queue()
    job = Job("note", lambda session, payload: got.put(payload["n"]))
    with started(Worker(database, [job], {}, idle_seconds=3600)):
        for number in range(3):
            with database.writing() as session:
                jobs.enqueue(session, "note", {"n": number})
            assert got.get(timeout=PATIENCE) == number


def test_finds_by_itself_what_other_processes_left(database: Database) -> None:
    got: Queue[Any] = Queue()
    worker = Worker(database, [], {"mail": lambda session, payload: got.put(payload)}, idle_seconds=0.05)
    with started(worker):
        with database.writing() as session:
            session.info["after_commit"] = Unheard()
            outbox.put(session, "mail", {})
        assert got.get(timeout=PATIENCE)


class Unheard(list[Any]):
    """Callbacks that are never called, as if another process had committed."""

    def append(self, callback: Any) -> None:
        return None


def test_runs_periodic_jobs_without_being_asked(database: Database) -> None:
    got: Queue[str] = Queue()
    job = Job("daily", lambda session, payload: got.put("ran"), every=timedelta(days=1))
    with started(Worker(database, [job], {})), started(Worker(database, [job], {})):
        assert got.get(timeout=PATIENCE) == "ran"
    assert got.empty()


def test_finishes_what_runs_before_it_stops(database: Database) -> None:
    begun, may_end, ended = Event(), Event(), Event()

    def slow(session: Session, payload: Mapping[str, Any]) -> None:
        begun.set()
        may_end.wait(PATIENCE)
        ended.set()

    with database.writing() as session:
        jobs.enqueue(session, "slow")
    worker = Worker(database, [Job("slow", slow)], {})
    worker.start()
    assert begun.wait(PATIENCE)
    assert not worker.stop(0.01)
    may_end.set()
    assert worker.stop(PATIENCE)
    assert ended.is_set()
    assert run_due(database, {"slow": Job("slow", slow)}) == 0


def test_is_there_again_when_the_database_is(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    got: Queue[Any] = Queue()
    troubles = [OSError("gone"), OSError("still gone")]

    @contextmanager
    def around() -> Iterator[None]:
        if troubles:
            raise troubles.pop()
        yield

    channels = {"mail": lambda session, payload: got.put(payload)}
    with database.writing() as session:
        outbox.put(session, "mail", {})
    with started(Worker(database, [], channels, idle_seconds=0.01, around=around)):
        assert got.get(timeout=PATIENCE)
    assert "the worker could not work" in caplog.text


def test_a_worker_starts_once(database: Database) -> None:
    with started(Worker(database, [], {})) as worker, pytest.raises(RuntimeError, match="already"):
        worker.start()


def test_stopping_one_that_never_started_is_no_trouble(database: Database) -> None:
    assert Worker(database, [], {}).stop()


def is_well(database: Database, at: datetime = NOON) -> bool:
    with database.reading() as session:
        return worker_is_well(session, at)


def test_shows_that_it_lives(database: Database) -> None:
    now = clock.now()
    assert not is_well(database, now)
    worker = Worker(database, [], {})
    worker.work_once()
    assert is_well(database, now)
    assert not is_well(database, clock.now() + MISSED_AFTER)


def test_beats_on_while_it_has_nothing_to_do(database: Database) -> None:
    worker = Worker(database, [], {})
    for minute in range(3):
        with clock.at(NOON + timedelta(minutes=minute)):
            worker.work_once()
        assert is_well(database, NOON + timedelta(minutes=minute, seconds=30))


def test_is_well_during_a_run_that_takes_long(database: Database) -> None:
    seen: list[bool] = []

    def looks(database: Database, payload: Mapping[str, Any]) -> None:
        seen.extend(is_well(database, NOON + timedelta(minutes=after)) for after in (9, 11))

    with clock.at(NOON), database.writing() as session:
        jobs.enqueue(session, "long")
    with clock.at(NOON):
        Worker(database, [Job("long", run_batches=looks, lease=timedelta(minutes=10))], {}).work_once()
    assert seen == [True, False]


def test_is_gone_when_it_has_stopped(database: Database) -> None:
    worker = Worker(database, [], {}, idle_seconds=0.01)
    with started(worker):
        pass
    assert not is_well(database, clock.now())


def test_forgets_workers_that_died_long_ago(database: Database) -> None:
    with clock.at(NOON), database.writing() as session:
        beat(session, "dead", busy_until=NOON + timedelta(days=9))
    with clock.at(NOON + timedelta(days=2)), database.writing() as session:
        say_goodbye(session, "another")
    assert not is_well(database, NOON + timedelta(days=3))


def test_housekeeping_runs(database: Database, tmp_path: Path) -> None:
    every = housekeeping(FileStore(tmp_path))
    worker = Worker(database, every, {})
    assert worker.work_once()
    assert not worker.work_once()
    assert len({job.kind for job in every}) == len(every) == 5
    assert all(job.words.endswith(".") for job in every)


UNDER_GEVENT = """
from gevent import monkey; monkey.patch_all()
import sys
from queue import Queue
import gevent
from foundation import outbox
from foundation.database import Database
from foundation.jobs import Worker

database, got = Database(sys.argv[1]), Queue()
worker = Worker(database, [], {"mail": lambda session, payload: got.put(type(gevent.getcurrent()).__name__)})
worker.start()
seen = []
for _ in range(3):
    with database.writing() as session:
        outbox.put(session, "mail", {})
    seen.append(got.get(timeout=20))
print(seen, worker.stop(20))
"""


def test_under_gevent_the_worker_is_a_greenlet(database: Database) -> None:
    address = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", UNDER_GEVENT, address]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "['Greenlet', 'Greenlet', 'Greenlet'] True\n", done.stderr
