"""Messages left for a letterbox that remembers what it got."""

from collections.abc import Mapping
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from sqlmodel import select

from foundation import clock, outbox
from foundation.database import Database, Session
from foundation.outbox import OutboxMessage

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Letterbox:
    """A channel that remembers what it got, and fails as often as it is told to."""

    def __init__(self, *failures: Exception) -> None:
        self.got: list[dict[str, Any]] = []
        self.failures = list(failures)
        self._lock = Lock()

    def __call__(self, session: Session, payload: Mapping[str, Any]) -> None:
        with self._lock:
            if self.failures:
                raise self.failures.pop(0)
            self.got.append(dict(payload))


def left(database: Database, count: int = 1, **options: Any) -> None:
    with clock.at(NOON), database.writing() as session:
        for number in range(count):
            outbox.put(session, "mail", {"n": number}, **options)


def delivered(database: Database, channel: Any, *, at: datetime = NOON, limit: int = 100) -> int:
    with clock.at(at):
        return outbox.deliver_due(database, {"mail": channel}, limit)


def only_message(database: Database) -> OutboxMessage:
    with database.reading() as session:
        return session.exec(select(OutboxMessage)).one()
