"""Telling Anna something at a certain hour, and having it routed as the worker does."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from community.notifications.actions import notify, route_notice
from community.notifications.rules import Notice
from community.notifications.tables import Notification
from foundation import clock
from foundation.database import Database, Session
from foundation.feature import registry
from foundation.outbox import InHouse, OutboxMessage, deliver_due
from tests.cast import Cast

NOON = datetime(2026, 11, 25, 11, tzinfo=UTC)
"""A Wednesday."""
WROTE = Notice("tests:wrote", "%(who)s wrote to you", ("About “%(title)s”.",), topic="messages")
FOUND = Notice("tests:found", "New: %(title)s", (), topic="posts")
DANGER = Notice("tests:danger", "Please look", (), topic="makers", urgent=True)
TOMORROW = Notice("tests:tomorrow", "Tomorrow", (), topic="reminders", promised=True)
ACCOUNT_LETTER = Notice("tests:account", "Your account", (), topic="account")
WORDS = {
    "tests:wrote": {"who": "Mario", "title": "Ripetizioni"},
    "tests:found": {"title": "Una bici"},
    "tests:danger": {},
    "tests:tomorrow": {},
    "tests:account": {},
}
KINDS = {notice.name: notice for notice in (WROTE, FOUND, DANGER, TOMORROW)}


def tell(database: Database, cast: Cast, notice: Notice = WROTE, *, at: datetime = NOON, **more: Any) -> bool:
    """Leave a notice for Anna."""
    with clock.at(at), database.writing() as session:
        return notify(
            session,
            **{
                "person_id": cast.anna.id,
                "community_id": cast.community.id,
                "notice": notice,
                "params": WORDS[notice.name],
                "endpoint": "communities.home",
                **more,
            },
        )


def decided(database: Database, *, at: datetime = NOON) -> None:
    """Decide where what was left goes."""
    with clock.at(at):
        deliver_due(database, {"notice": InHouse(_decide)})


def _decide(session: Session, payload: Mapping[str, Any]) -> None:
    route_notice(session, KINDS[payload["notice"]], payload)


def rows(database: Database) -> list[Notification]:
    """Everything that was told, oldest first."""
    with database.reading() as session:
        return list(session.exec(select(Notification).order_by(col(Notification.id))))


def ways(database: Database) -> list[str]:
    """Where each went, oldest first."""
    return [one.way for one in rows(database)]


def left(database: Database, channel: str) -> list[OutboxMessage]:
    """What waits for a channel, oldest first."""
    with database.reading() as session:
        statement = select(OutboxMessage).where(col(OutboxMessage.channel) == channel)
        return list(session.exec(statement.order_by(col(OutboxMessage.id))))


def with_hooks(monkeypatch: pytest.MonkeyPatch, **hooks: Any) -> None:
    """Have a feature answer at these moments, beside all others."""
    before = registry.hooks
    monkeypatch.setattr(registry, "hooks", lambda name: [*before(name), hooks[name]] if name in hooks else before(name))


def days(count: float) -> timedelta:
    """So many days."""
    return timedelta(days=count)
