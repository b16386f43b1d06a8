"""Signs of life: how /readyz knows that somebody does the work."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update
from sqlmodel import col, select

from foundation import clock
from foundation.database import Session, insert_if_absent
from foundation.jobs.tables import WorkerBeat

BEAT_EVERY = timedelta(seconds=20)
MISSED_AFTER = timedelta(seconds=70)
FORGOTTEN_AFTER = timedelta(days=1)


def beat(session: Session, worker: str, *, busy_until: datetime | None = None) -> None:
    """Say that `worker` is alive, and until when its present run may keep it from saying so again."""
    now = clock.now()
    values = {"beat_at": now, "busy_until": busy_until}
    if not insert_if_absent(session, WorkerBeat, {"worker": worker, **values}, conflict=["worker"]):
        session.exec(update(WorkerBeat).where(col(WorkerBeat.worker) == worker).values(**values))


def say_goodbye(session: Session, worker: str) -> None:
    """Take the sign of life of a worker that stops away, and those of workers that died long ago."""
    session.exec(
        delete(WorkerBeat).where(
            or_(col(WorkerBeat.worker) == worker, col(WorkerBeat.beat_at) < clock.now() - FORGOTTEN_AFTER)
        )
    )


def worker_is_well(session: Session, now: datetime | None = None) -> bool:
    """Whether some worker has shown a sign of life lately, or is within the time its present run may take."""
    now = now or clock.now()
    alive = or_(col(WorkerBeat.beat_at) > now - MISSED_AFTER, col(WorkerBeat.busy_until) > now)
    return session.exec(select(WorkerBeat.worker).where(alive).limit(1)).first() is not None
