"""What became of a broadcast, in numbers: how many it has reached, and nobody's name."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, exists, func, literal
from sqlalchemy import select as columns
from sqlmodel import col

from community.broadcasts.notices import NEWS, URGENT
from community.broadcasts.tables import Broadcast, BroadcastTelling
from community.notifications.rules import Notice
from community.notifications.tables import CallToMake, Notification
from foundation.database import Session
from foundation.outbox import OutboxMessage

OUTSIDE = ("mail", "push")
"""The channels of the outbox that carry what stands in the app to who does not look there."""


@dataclass(frozen=True)
class Outcome:
    """What became of it, in numbers: `to_call` wait for a call of a maker, `called` were called."""

    told: int
    delivered: int
    waiting: int
    failed: int
    to_call: int
    called: int


def notice_of(broadcast: Broadcast) -> Notice:
    """The notice that carries it."""
    return URGENT if broadcast.urgent else NEWS


def outcome_of(session: Session, broadcast: Broadcast) -> Outcome:
    """What became of it. Once the figures are final they stand in the row itself.

    It is delivered where it stands in the app and nothing is left to go out; it failed where nothing could go out and
    it was not seen in the app either.
    """
    if broadcast.delivered is not None:
        failed, called = broadcast.failed or 0, broadcast.called or 0
        told = broadcast.delivered + failed + called
        return Outcome(told, broadcast.delivered, 0, failed, 0, called)
    key = _key_of(broadcast)
    open_ = (col(OutboxMessage.done_at).is_(None)) & (col(OutboxMessage.dead_at).is_(None))
    waits = (col(Notification.way) == "new") | _outside(open_)
    lost = ~waits & col(Notification.seen_at).is_(None) & _outside(col(OutboxMessage.dead_at).is_not(None))
    people, written, waiting, failed = session.execute(
        columns(
            func.count(),
            func.count(col(Notification.id)),
            func.coalesce(func.sum(case((waits, 1), else_=0)), 0),
            func.coalesce(func.sum(case((lost, 1), else_=0)), 0),
        )
        .select_from(BroadcastTelling)
        .outerjoin(Notification, col(Notification.key) == key)
        .where(col(BroadcastTelling.broadcast_id) == broadcast.id)
    ).one()
    calls = (
        columns(func.count(col(CallToMake.id)), func.count(col(CallToMake.made_at)))
        .select_from(BroadcastTelling)
        .join(CallToMake, (col(CallToMake.community_id) == broadcast.community_id) & (col(CallToMake.key) == key))
        .where(col(BroadcastTelling.broadcast_id) == broadcast.id)
    )
    listed, called = session.execute(calls).one()
    return Outcome(people, written - waiting - failed, waiting, failed, listed - called, called)


def _outside(ending: ColumnElement[bool]) -> ColumnElement[bool]:
    letter: Any = literal("notification:") + cast(col(Notification.id), String)
    return exists().where(col(OutboxMessage.key) == letter, col(OutboxMessage.channel).in_(OUTSIDE), ending)


def _key_of(broadcast: Broadcast) -> ColumnElement[str]:
    """The key under which notify() keeps what one person is told of it: see sending.key_of."""
    return (
        literal(f"{notice_of(broadcast).name}:")
        + cast(col(BroadcastTelling.person_id), String)
        + literal(f":{broadcast.id}")
    )
