"""Queueing work, in the transaction that makes it necessary."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from foundation import clock
from foundation.claims.actions import purge_done
from foundation.claims.waking import wake_after_commit
from foundation.database import Session, insert_if_absent
from foundation.jobs.tables import QueuedJob

KEPT_FOR = timedelta(days=30)


def enqueue(
    session: Session,
    kind: str,
    payload: Mapping[str, Any] | None = None,
    *,
    due_at: datetime | None = None,
    key: str | None = None,
) -> bool:
    """Queue one run of a job; it starts after the commit, not before `due_at`.

    With a `key` the run is queued only once (in 30 days): False means that it was there already.
    """
    now = clock.now()
    values = {
        "kind": kind,
        "key": key,
        "payload": dict(payload or {}),
        "created_at": now,
        "due_at": due_at or now,
        "attempts": 0,
    }
    is_new = insert_if_absent(session, QueuedJob, values, conflict=["kind", "key"])
    if is_new:
        wake_after_commit(session)
    return is_new


def enqueue_each(session: Session, kind: str, name: str, due: Iterable[tuple[int, object]]) -> None:
    """Queue one run for each row that is due, so that one row's trouble is its own; see rules.of_one.

    Each row comes with what makes this run another than the last (such as its version): done twice it is done once.
    """
    for number, version in due:
        enqueue(session, kind, {name: number}, key=f"{number}:{version}")


def purge(session: Session) -> int:
    """Drop runs done more than 30 days ago, and say how many they were."""
    return purge_done(session, QueuedJob, KEPT_FOR)
