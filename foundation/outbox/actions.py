"""Putting a message in the outbox, in the transaction of what it tells."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from foundation import clock
from foundation.claims.actions import purge_done
from foundation.claims.waking import wake_after_commit
from foundation.database import Session, insert_if_absent
from foundation.outbox.tables import OutboxMessage

KEPT_FOR = timedelta(days=90)
"""How long a delivered message, and with it the memory of its key, is kept."""

_muted: ContextVar[bool] = ContextVar("outbox_muted", default=False)


def put(
    session: Session,
    channel: str,
    payload: Mapping[str, Any],
    *,
    key: str | None = None,
    due_at: datetime | None = None,
    lane: str = "",
) -> bool:
    """Leave a message for `channel`; it goes out after the commit, not before `due_at`.

    With a `key` the message is left only once (for 90 days): False means that it was there already, or that
    the outbox is muted. `payload` is JSON; what is called `secret` in it is dropped as soon as it is delivered.
    Of one `lane` of a channel nothing goes before what was left earlier has gone, or was given up.
    """
    if _muted.get():
        return False
    now = clock.now()
    values = {
        "channel": channel,
        "lane": lane or None,
        "key": key,
        "payload": dict(payload),
        "created_at": now,
        "due_at": due_at or now,
        "attempts": 0,
    }
    is_new = insert_if_absent(session, OutboxMessage, values, conflict=["channel", "key"])
    if is_new:
        wake_after_commit(session)
    return is_new


def is_muted() -> bool:
    """Whether this block leaves no messages."""
    return _muted.get()


@contextmanager
def muted(quiet: bool = True) -> Iterator[None]:
    """Leave no messages in this block: for history told afterwards (the demo's year, a first import).

    With `quiet` false, inside such a block: the one message that has to go all the same.
    """
    token = _muted.set(quiet)
    try:
        yield
    finally:
        _muted.reset(token)


def purge(session: Session) -> int:
    """Drop messages delivered more than 90 days ago, and say how many they were."""
    return purge_done(session, OutboxMessage, KEPT_FOR)
