"""What became of a broadcast, in numbers: how many it has reached, and nobody's name."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, exists, func, literal
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col

from community.broadcasts.notices import NEWS, URGENT
from community.broadcasts.tables import Broadcast, BroadcastTelling
from community.notifications.rules import Notice
from community.notifications.tables import CallToMake, Notification
from community.pushing.actions import DEVICE_CHANNEL
from community.pushing.tables import PushSubscription
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
    """What became of it, everybody who was told counted once. Once final, the figures stand in the row itself.

    Whoever a maker called is called, whatever else was tried; whom no channel takes is to be called, but for who has
    seen it in the app. Else it waits while something is left to go out, failed where nothing went out and it was not
    seen either, and is delivered where it stands in the app.
    """
    if broadcast.delivered is not None:
        failed, called = broadcast.failed or 0, broadcast.called or 0
        told = broadcast.delivered + failed + called
        return Outcome(told, broadcast.delivered, 0, failed, 0, called)
    key = _key_of(broadcast)
    became = _became().label("became")
    each = (
        columns(became)
        .select_from(BroadcastTelling)
        .outerjoin(Notification, col(Notification.key) == key)
        .outerjoin(CallToMake, (col(CallToMake.community_id) == broadcast.community_id) & (col(CallToMake.key) == key))
        .where(col(BroadcastTelling.broadcast_id) == broadcast.id)
        .subquery()
    )
    counted = Counter(dict(session.execute(columns(each.c.became, func.count()).group_by(each.c.became)).all()))
    return Outcome(sum(counted.values()), **{name: counted[name] for name in BECAME})


BECAME = ("delivered", "waiting", "failed", "to_call", "called")


def _became() -> ColumnElement[str]:
    """What became of one telling, joined with what stands in the app and on the list of calls."""
    open_ = col(OutboxMessage.done_at).is_(None) & col(OutboxMessage.dead_at).is_(None)
    dead, done = col(OutboxMessage.dead_at).is_not(None), col(OutboxMessage.done_at).is_not(None)
    waits = col(Notification.way).in_(("new", "digest")) | _outside(open_) | _on_a_device(open_)
    went = _by(done, "mail") | _on_a_device(done & col(PushSubscription.gone_at).is_(None))
    lost = (_outside(dead) | _on_a_device(dead)) & ~went
    return case(
        (col(CallToMake.made_at).is_not(None), "called"),
        (col(Notification.seen_at).is_not(None), "delivered"),
        (col(CallToMake.id).is_not(None), "to_call"),
        (col(Notification.id).is_(None), "failed"),
        (waits, "waiting"),
        (lost, "failed"),
        else_="delivered",
    )


def _outside(ending: ColumnElement[bool]) -> ColumnElement[bool]:
    return _by(ending, *OUTSIDE)


def _by(ending: ColumnElement[bool], *channels: str) -> ColumnElement[bool]:
    return exists().where(col(OutboxMessage.key) == _letter(), col(OutboxMessage.channel).in_(channels), ending)


def _on_a_device(ending: ColumnElement[bool]) -> ColumnElement[bool]:
    """A push becomes a message for each device of the person: see pushing.actions.to_each_device."""
    push = aliased(OutboxMessage)
    of_device: Any = cast(col(push.id), String) + literal(":") + cast(col(PushSubscription.id), String)
    return exists().where(
        col(push.channel) == "push",
        col(push.key) == _letter(),
        col(PushSubscription.person_id) == col(BroadcastTelling.person_id),
        col(OutboxMessage.channel) == DEVICE_CHANNEL,
        col(OutboxMessage.key) == of_device,
        ending,
    )


def _letter() -> Any:
    return literal("notification:") + cast(col(Notification.id), String)


def _key_of(broadcast: Broadcast) -> ColumnElement[str]:
    """The key under which notify() keeps what one person is told of it: see sending.key_of."""
    return (
        literal(f"{notice_of(broadcast).name}:")
        + cast(col(BroadcastTelling.person_id), String)
        + literal(f":{broadcast.id}")
    )
