"""Running queued jobs: claim, run, note the end. A kill -9 at any point loses and doubles nothing.

What a run was about is forgotten with its end: whoever must be able to look back reads the audit.
"""

import logging
from collections.abc import Mapping

from sqlmodel import col, select

from foundation import clock
from foundation.claims.actions import Claim, LostClaim, anything_waiting, claim_one, fail, finish
from foundation.claims.rules import LONGEST_WAIT
from foundation.database import Database
from foundation.jobs.actions import enqueue
from foundation.jobs.beats import beat
from foundation.jobs.rules import Job, period_key
from foundation.jobs.tables import QueuedJob

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 14

Jobs = Mapping[str, Job]


def run_due(database: Database, jobs: Jobs, limit: int = 100, *, worker: str = "jobs") -> int:
    """Run up to `limit` jobs that are due, and say how many were tried."""
    tried = 0
    while tried < limit and something_due(database, jobs) and run_one(database, jobs, worker):
        tried += 1
    return tried


def something_due(database: Database, jobs: Jobs) -> bool:
    """Whether one of these jobs waits to be run."""
    with database.reading() as session:
        return anything_waiting(session, QueuedJob, col(QueuedJob.kind), jobs)


def run_one(database: Database, jobs: Jobs, worker: str) -> bool:
    """Claim the run that has waited longest and do it; False when there was none to claim."""
    with database.writing() as session:
        leases = {kind: job.lease for kind, job in jobs.items()}
        claim = claim_one(session, QueuedJob, col(QueuedJob.kind), leases, worker)
        if claim is not None:
            beat(session, worker, busy_until=claim.until)
    if claim is None:
        return False
    try:
        _run(database, jobs[claim.queue], claim)
    except LostClaim:
        log.warning("job %s %s took longer than its lease and was undone", claim.queue, claim.id)
    except Exception as error:  # this job's own trouble: it is kept and tried again
        log.exception("job %s %s failed", claim.queue, claim.id)
        _note_failure(database, jobs[claim.queue], claim, error)
    return True


def queue_periodic(database: Database, jobs: Jobs, queued: dict[str, str]) -> None:
    """Queue the periodic jobs whose new period has begun; `queued` remembers each kind's last one.

    A kind whose last run still waits or is being tried again is left alone: one at a time is enough.
    """
    now = clock.now()
    keys = {kind: period_key(job.every, now) for kind, job in jobs.items() if job.every is not None}
    fresh = {kind: key for kind, key in keys.items() if queued.get(kind) != key}
    if not fresh:
        return
    with database.writing() as session:
        is_open = (col(QueuedJob.done_at).is_(None), col(QueuedJob.dead_at).is_(None))
        periodic = col(QueuedJob.key).like("every %")
        standing = set(session.exec(select(QueuedJob.kind).where(*is_open, periodic)))
        for kind, key in fresh.items():
            if kind not in standing:
                enqueue(session, kind, key=key)
                queued[kind] = key


def _run(database: Database, job: Job, claim: Claim) -> None:
    if job.run is not None:
        with database.writing() as session:
            job.run(session, claim.payload)
            finish(session, QueuedJob, claim, kept={})
    elif job.run_batches is not None:
        job.run_batches(database, claim.payload)
        with database.writing() as session:
            finish(session, QueuedJob, claim, kept={})


def _note_failure(database: Database, job: Job, claim: Claim, error: Exception) -> None:
    longest = min(LONGEST_WAIT, job.every or LONGEST_WAIT)
    try:
        with database.writing() as session:
            fail(
                session,
                QueuedJob,
                claim,
                error,
                give_up=claim.attempts >= MAX_ATTEMPTS,
                longest_wait=longest,
            )
    except LostClaim:
        log.warning("job %s %s failed after its lease had run out", claim.queue, claim.id)
