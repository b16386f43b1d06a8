"""Delivering what lies in the outbox: messages are claimed some at a time, handed to their channels, and ticked off.

A message is delivered at least once. Each is ticked off, and that is safely kept, before the next is handed over: a
process killed in between has at most one message that goes out again after the lease, so a channel that can should
make a repeat recognisable (mail: a Message-ID made from `outbox_id`). Only what is delivered in the house happens
exactly once: see InHouse.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from foundation.claims.actions import (
    Claim,
    LostClaim,
    anything_waiting,
    claim_some,
    fail,
    finish,
    give_back,
    put_off,
)
from foundation.database import Database, Session
from foundation.outbox.rules import without_secrets
from foundation.outbox.tables import OutboxMessage

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
"""Longer than a batch goes on and any channel takes for one message; channels set shorter time-outs of their own."""

BATCH = 50
"""Messages claimed at once."""

AHEAD = 10
"""Messages prepared at once: what they say may be as old as it takes to send so many."""

BATCH_SECONDS = 20.0
"""After so long no further message of a batch is begun: the rest is given back well before the lease ends."""

MAX_ATTEMPTS = 14
"""About a day of trying."""

Ending = Callable[[Session], object]
Channel = Callable[[Session, Mapping[str, Any]], Ending | None]
"""Sends one message: gets a session that only reads, and the payload with the message's id as `outbox_id`.

It returns when the message is handed over and raises when it is not; `Undeliverable` when trying again is no
use, `Later` when this is not the hour for it. What it returns, if anything, is called with the writing session in
which the message is ticked off.
"""


@dataclass(frozen=True)
class InHouse:
    """A channel that only writes rows: it gets the writing session in which its message is ticked off.

    Both happen or neither, so a process killed at any point has delivered exactly once.
    """

    deliver: Callable[[Session, Mapping[str, Any]], object]


Handing = Callable[[], Ending | None]


@dataclass(frozen=True)
class Prepared:
    """A channel that first reads all it needs, and then hands its message over with no session open.

    Some messages are prepared with one session, a moment before the first of them goes; `prepare` raises as a Channel
    does, and gives None where there is nothing to send any more.
    """

    prepare: Callable[[Session, Mapping[str, Any]], Handing | None]


Channels = Mapping[str, Channel | InHouse | Prepared]


class Undeliverable(Exception):
    """This message will never arrive (no such address, nobody there any more): do not try again."""


class Later(Exception):
    """Not at this hour: the message is put off, untried, and those of its lane wait with it."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"not before {until.isoformat()}")
        self.until = until


def deliver_due(database: Database, channels: Channels, limit: int = 100, *, worker: str = "outbox") -> int:
    """Deliver up to `limit` messages that are due on these channels, and say how many were tried."""
    tried = 0
    while tried < limit and something_due(database, channels):
        done = deliver_some(database, channels, worker, most=min(BATCH, limit - tried))
        if not done:
            break
        tried += done
    return tried


def something_due(database: Database, channels: Channels) -> bool:
    """Whether a message waits for one of these channels."""
    with database.reading() as session:
        return anything_waiting(session, OutboxMessage, col(OutboxMessage.channel), channels, (first_in_lane(),))


def deliver_some(
    database: Database,
    channels: Channels,
    worker: str,
    *,
    most: int = BATCH,
    may_go_on: Callable[[], bool] = lambda: True,
) -> int:
    """Claim the messages that have waited longest and deliver them; says how many were tried.

    When `may_go_on` says no, or the batch has taken long, what was not begun is given back untried.
    """
    leases = dict.fromkeys(channels, LEASE)
    begun = time.monotonic()
    with database.writing() as session:
        claims = claim_some(
            session, OutboxMessage, col(OutboxMessage.channel), leases, worker, most=most, also=(first_in_lane(),)
        )
    in_house = [claim for claim in claims if isinstance(channels[claim.queue], InHouse)]
    others = [claim for claim in claims if claim not in in_house]
    _deliver_in_house(database, channels, in_house)
    ready: dict[int, Handing] = {}
    for number, claim in enumerate(others):
        if not may_go_on() or time.monotonic() - begun > BATCH_SECONDS:
            with database.writing() as session:
                give_back(session, OutboxMessage, others[number:])
            return len(in_house) + number
        if number % AHEAD == 0:
            ready = _prepare(database, channels, others[number : number + AHEAD])
        _deliver(database, channels, claim, ready)
        time.sleep(0)  # a greenlet lets the others have their turn; a thread loses nothing
    return len(claims)


@cache
def first_in_lane() -> ColumnElement[bool]:
    """The condition that nothing earlier of its lane is still open. What was given up holds up nobody."""
    earlier = aliased(OutboxMessage)
    before = exists().where(
        and_(
            col(earlier.channel) == col(OutboxMessage.channel),
            col(earlier.lane) == col(OutboxMessage.lane),
            col(earlier.lane).is_not(None),
            col(earlier.id) < col(OutboxMessage.id),
            col(earlier.done_at).is_(None),
            col(earlier.dead_at).is_(None),
        )
    )
    return or_(col(OutboxMessage.lane).is_(None), ~before)


def _prepare(database: Database, channels: Channels, claims: Sequence[Claim]) -> dict[int, Handing]:
    """How each of these messages is handed over, by its number; those of channels that prepare nothing are left out."""
    with database.reading() as session:
        return {
            claim.id: _prepared(channel, session, claim)
            for claim in claims
            if isinstance(channel := channels[claim.queue], Prepared)
        }


def _prepared(channel: Prepared, session: Session, claim: Claim) -> Handing:
    try:
        return channel.prepare(session, _told(claim)) or _nothing_to_send
    except Exception as error:  # noqa: BLE001 - it is this message's own trouble, and told when its turn comes
        return partial(_fail_with, error)


def _nothing_to_send() -> None:
    return None


def _fail_with(error: Exception) -> None:
    raise error


def _deliver(database: Database, channels: Channels, claim: Claim, ready: Mapping[int, Handing]) -> None:
    try:
        if claim.id in ready:
            ending = ready[claim.id]()
        else:
            with database.reading() as session:
                ending = cast("Channel", channels[claim.queue])(session, _told(claim))
    except Later as later:
        _put_off(database, claim, later)
        return
    except Exception as error:  # this message's own trouble: it is kept and tried again
        log.exception("message %s on %s was not delivered", claim.id, claim.queue)
        _note_failure(database, claim, error)
        return
    try:
        with database.writing(in_passing=ending is None) as session:
            if ending is not None:
                ending(session)
            _tick_off(session, claim)
    except LostClaim:
        log.warning("message %s took longer than its lease and may be delivered twice", claim.id)


def _deliver_in_house(database: Database, channels: Channels, claims: Sequence[Claim]) -> None:
    """All of them in one transaction, since each alone would cost as much; where one fails, each for itself."""
    try:
        _write_in_house(database, channels, claims)
    except Exception as error:  # noqa: BLE001 - which of them it was shows below
        log.info("%s messages in the house are delivered one by one: %r", len(claims), error)
        for claim in claims:
            try:
                _write_in_house(database, channels, [claim])
            except LostClaim:
                log.warning("message %s took longer than its lease: another worker has it", claim.id)
            except Exception as error:  # this message's own trouble: it is kept and tried again
                log.exception("message %s on %s was not delivered", claim.id, claim.queue)
                _note_failure(database, claim, error)


def _write_in_house(database: Database, channels: Channels, claims: Sequence[Claim]) -> None:
    if not claims:
        return
    with database.writing() as session:
        for claim in claims:
            cast("InHouse", channels[claim.queue]).deliver(session, _told(claim))
            _tick_off(session, claim)


def _told(claim: Claim) -> dict[str, Any]:
    return {**claim.payload, "outbox_id": claim.id}


def _tick_off(session: Session, claim: Claim) -> None:
    finish(session, OutboxMessage, claim, kept=without_secrets(claim.payload))


def _put_off(database: Database, claim: Claim, later: Later) -> None:
    try:
        with database.writing() as session:
            put_off(session, OutboxMessage, claim, later.until)
    except LostClaim:
        log.warning("message %s was put off after its lease had run out", claim.id)


def _note_failure(database: Database, claim: Claim, error: Exception) -> None:
    try:
        with database.writing() as session:
            hopeless = isinstance(error, Undeliverable) or claim.attempts >= MAX_ATTEMPTS
            fail(session, OutboxMessage, claim, error, give_up=hopeless)
    except LostClaim:
        log.warning("message %s failed after its lease had run out", claim.id)
