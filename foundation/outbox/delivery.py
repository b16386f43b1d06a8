"""Delivering what lies in the outbox: each message is claimed, handed to its channel, and ticked off.

A message is delivered at least once. A process killed between handing over and ticking off hands over again
after the lease, so a channel that can should make a repeat recognisable (mail: a Message-ID made from
`outbox_id`). Only what is delivered in the house happens exactly once: see InHouse.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import col

from foundation.claims.actions import Claim, LostClaim, anything_waiting, claim_one, fail, finish
from foundation.database import Database, Session
from foundation.outbox.rules import without_secrets
from foundation.outbox.tables import OutboxMessage

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
"""Longer than any channel takes for one message; channels set shorter time-outs of their own."""

MAX_ATTEMPTS = 14
"""About a day of trying."""

Channel = Callable[[Session, Mapping[str, Any]], None]
"""Sends one message: gets a session that only reads, and the payload with the message's id as `outbox_id`.

It returns when the message is handed over and raises when it is not; `Undeliverable` when trying again is no
use.
"""


@dataclass(frozen=True)
class InHouse:
    """A channel that only writes rows: it gets the writing session in which its message is ticked off.

    Both happen or neither, so a process killed at any point has delivered exactly once.
    """

    deliver: Channel


class Undeliverable(Exception):
    """This message will never arrive (no such address, nobody there any more): do not try again."""


def deliver_due(
    database: Database, channels: Mapping[str, Channel | InHouse], limit: int = 100, *, worker: str = "outbox"
) -> int:
    """Deliver up to `limit` messages that are due on these channels, and say how many were tried."""
    tried = 0
    while tried < limit and something_due(database, channels) and deliver_one(database, channels, worker):
        tried += 1
    return tried


def something_due(database: Database, channels: Mapping[str, Channel | InHouse]) -> bool:
    """Whether a message waits for one of these channels."""
    with database.reading() as session:
        return anything_waiting(session, OutboxMessage, col(OutboxMessage.channel), channels)


def deliver_one(database: Database, channels: Mapping[str, Channel | InHouse], worker: str) -> bool:
    """Claim the message that has waited longest and deliver it; False when there was none to claim."""
    with database.writing() as session:
        claim = claim_one(session, OutboxMessage, col(OutboxMessage.channel), dict.fromkeys(channels, LEASE), worker)
    if claim is None:
        return False
    channel = channels[claim.queue]
    try:
        if isinstance(channel, InHouse):
            _deliver_in_house(database, channel, claim)
            return True
        with database.reading() as session:
            channel(session, {**claim.payload, "outbox_id": claim.id})
    except LostClaim:
        log.warning("message %s took longer than its lease: another worker has it", claim.id)
    except Exception as error:  # this message's own trouble: it is kept and tried again
        log.exception("message %s on %s was not delivered", claim.id, claim.queue)
        _settle(database, claim, error)
    else:
        _settle(database, claim, None)
    return True


def _deliver_in_house(database: Database, channel: InHouse, claim: Claim) -> None:
    with database.writing() as session:
        channel.deliver(session, {**claim.payload, "outbox_id": claim.id})
        finish(session, OutboxMessage, claim, kept=without_secrets(claim.payload))


def _settle(database: Database, claim: Claim, error: Exception | None) -> None:
    try:
        with database.writing() as session:
            if error is None:
                finish(session, OutboxMessage, claim, kept=without_secrets(claim.payload))
            else:
                hopeless = isinstance(error, Undeliverable) or claim.attempts >= MAX_ATTEMPTS
                fail(session, OutboxMessage, claim, error, give_up=hopeless)
    except LostClaim:
        log.warning("message %s took longer than its lease and may be delivered twice", claim.id)
