"""The worker: a thread (under gevent a greenlet) that delivers the outbox and runs jobs."""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from foundation import clock
from foundation.claims.actions import give_up_on_abandoned
from foundation.claims.waking import let_me_sleep, wake_me
from foundation.database import Database
from foundation.jobs import running
from foundation.jobs.beats import BEAT_EVERY, beat, say_goodbye
from foundation.jobs.rules import Job
from foundation.jobs.tables import QueuedJob
from foundation.outbox import delivery
from foundation.outbox.tables import OutboxMessage

log = logging.getLogger(__name__)

_IN_A_ROW = 25
"""How many jobs are taken before messages have their turn and the sign of life is due; of messages it is a batch."""


class Worker:
    """Does the waiting work of one database. Any number may run at once, in any number of processes."""

    def __init__(
        self,
        database: Database,
        jobs: Iterable[Job],
        channels: delivery.Channels,
        *,
        idle_seconds: float = 5.0,
        around: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        """`idle_seconds`: how often to look for work of other processes; own commits ring at once.

        Each round of work runs inside `around()`, which is where an application context fits.
        """
        self.name = f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._database = database
        self._jobs = {job.kind: job for job in jobs}
        self._channels = dict(channels)
        self._idle_seconds = idle_seconds
        self._around = around
        self._bell = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._queued: dict[str, str] = {}
        self._last_beat: datetime | None = None

    def start(self) -> None:
        """Begin, in a thread of its own. Call it after a fork, never before."""
        if self._thread is not None:
            raise RuntimeError("this worker has been started already")
        self._thread = threading.Thread(target=self._work_until_stopped, name="worker", daemon=True)
        wake_me(self.wake)
        self._thread.start()

    def stop(self, timeout: float = 30.0) -> bool:
        """Finish what is running and end; False when that took longer than `timeout` seconds.

        What was not finished by then is done again when its lease has run out.
        """
        let_me_sleep(self.wake)
        self._stopping.set()
        self._bell.set()
        if self._thread is None:
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def wake(self) -> None:
        """Look for work now. Called after each commit of this process that left some."""
        self._bell.set()

    def work_once(self) -> bool:
        """One round: sign of life, periodic jobs, messages, jobs. Says whether there was anything to do."""
        with self._around():
            self._beat_when_due()
            running.queue_periodic(self._database, self._jobs, self._queued)
            delivered = self._deliver()
            ran = self._in_a_row(
                lambda: (
                    running.something_due(self._database, self._jobs)
                    and running.run_one(self._database, self._jobs, self.name)
                )
            )
        return delivered or ran

    def _deliver(self) -> bool:
        if self._stopping.is_set() or not delivery.something_due(self._database, self._channels):
            return False
        done = delivery.deliver_some(
            self._database, self._channels, self.name, may_go_on=lambda: not self._stopping.is_set()
        )
        return done > 0

    def _in_a_row(self, do_one: Callable[[], bool]) -> bool:
        done = 0
        while done < _IN_A_ROW and not self._stopping.is_set() and do_one():
            done += 1
            time.sleep(0)  # a greenlet lets the others have their turn; a thread loses nothing
        return done > 0

    def _beat_when_due(self) -> None:
        now = clock.now()
        if self._last_beat is not None and now - self._last_beat < BEAT_EVERY:
            return
        with self._database.writing() as session:
            beat(session, self.name)
            give_up_on_abandoned(session, OutboxMessage, delivery.MAX_ATTEMPTS)
            give_up_on_abandoned(session, QueuedJob, running.MAX_ATTEMPTS)
        self._last_beat = now

    def _work_until_stopped(self) -> None:
        while not self._stopping.is_set():
            self._bell.clear()
            busy = False
            try:
                busy = self.work_once()
            except Exception:  # the database may be away for a while: be there when it is back
                log.exception("the worker could not work; it tries again in %s seconds", self._idle_seconds)
            if not busy:
                self._bell.wait(self._idle_seconds)
        try:
            with self._database.writing() as session:
                say_goodbye(session, self.name)
        except Exception:  # its sign of life grows old by itself
            log.exception("the worker could not say goodbye")
