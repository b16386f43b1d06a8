"""Letters of a community that never arrived, and work of the installation that was given up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_
from sqlmodel import col, select

from community.members.tables import Membership, Person
from community.stuck.policies import MEND
from foundation.access import Actor
from foundation.claims.actions import dead_rows
from foundation.database import Session, number_of, one_if_any
from foundation.errors import Missing
from foundation.jobs.tables import QueuedJob
from foundation.outbox import OutboxMessage
from foundation.outbox.rules import SECRET

MOST = 200
MOST_AT_ONCE = 5000


@dataclass(frozen=True)
class StuckLetter:
    """A letter to somebody of the community. With a link that has a secret, it is better asked for anew."""

    id: int
    person: Person
    since: datetime
    error: str
    had_secret: bool
    channel: str = "mail"


@dataclass(frozen=True)
class HeldUp:
    """Messages of a channel that are tried again and again: how many, since when, and why the last one failed."""

    channel: str
    count: int
    since: datetime
    error: str


@dataclass(frozen=True)
class StuckJob:
    """A run of a job; the installation's, not of one community."""

    id: int
    kind: str
    since: datetime
    error: str


def stuck_letters(session: Session, actor: Actor, limit: int = MOST) -> list[StuckLetter]:
    """Letters given up, to people of the actor's community, the latest first. Raises Missing for who does not run it.

    A letter that belongs to no community goes with the person it was for.
    """
    if not actor.may(MEND):
        raise Missing()
    found = session.execute(_letters(actor).order_by(col(OutboxMessage.dead_at).desc()).limit(limit))
    return [_letter(row, person) for row, person in found]


def held_up(session: Session, actor: Actor) -> list[HeldUp]:
    """What is not given up yet and has failed, of the actor's community: so that a wrong password shows within minutes.

    Raises Missing for who does not run a community.
    """
    if not actor.may(MEND):
        raise Missing()
    channel = col(OutboxMessage.channel)
    counted = _of_community(actor, _is_failing()).with_only_columns(
        channel, func.count(), func.min(col(OutboxMessage.created_at)), func.max(col(OutboxMessage.last_error))
    )
    return [HeldUp(*row) for row in session.execute(counted.group_by(channel).order_by(channel))]


def held_up_ids(session: Session, actor: Actor) -> list[int]:
    """Those messages, the oldest first."""
    found = _of_community(actor, _is_failing()).with_only_columns(col(OutboxMessage.id)).order_by(col(OutboxMessage.id))
    return [number for number in session.scalars(found.limit(MOST_AT_ONCE)) if number is not None]


def stuck_jobs(session: Session, actor: Actor) -> list[StuckJob]:
    """Runs of jobs given up. Raises Missing for who does not run a community."""
    if not actor.may(MEND):
        raise Missing()
    return [
        StuckJob(row.id or 0, row.kind, row.dead_at or row.due_at, row.last_error or "")
        for row in dead_rows(session, QueuedJob, MOST)
    ]


def count_stuck(session: Session, actor: Actor) -> int:
    """How many letters and runs there are to look at; none for who does not run the community."""
    if not actor.may(MEND):
        return 0
    return session.scalar(select(sum(map(number_of, _stuck(actor)), literal(0)))) or 0


def any_stuck(actor: Actor) -> ColumnElement[int] | None:
    """1 where there are any, as an expression."""
    return one_if_any(*_stuck(actor)) if actor.may(MEND) else None


def _stuck(actor: Actor) -> tuple[Select[Any], Select[Any]]:
    letters = _letters(actor).with_only_columns(col(OutboxMessage.id))
    runs = select(col(QueuedJob.id)).where(col(QueuedJob.dead_at).is_not(None))
    return letters.limit(MOST), runs.limit(MOST)


def _letters(actor: Actor) -> Select[OutboxMessage, Person]:
    """The messages that were given up and belong here; each with the person it was for."""
    return _of_community(actor, col(OutboxMessage.dead_at).is_not(None))


def _is_failing() -> ColumnElement[bool]:
    """Failed at least once, and not given up."""
    return and_(
        col(OutboxMessage.done_at).is_(None),
        col(OutboxMessage.dead_at).is_(None),
        col(OutboxMessage.last_error).is_not(None),
        col(OutboxMessage.attempts) > 0,
    )


def _of_community(actor: Actor, which: ColumnElement[bool]) -> Select[OutboxMessage, Person]:
    of_community, person_id = _in_letter("community_id"), _in_letter("person_id")
    belongs = exists().where(
        col(Membership.community_id) == actor.community_id, col(Membership.person_id) == col(Person.id)
    )
    here = or_(of_community == actor.community_id, and_(of_community.is_(None), belongs))
    statement = sqlalchemy.select(OutboxMessage, Person).join(Person, col(Person.id) == person_id)
    return statement.where(which, here)


def _in_letter(name: str) -> ColumnElement[int]:
    payload: Any = col(OutboxMessage.payload)
    number: ColumnElement[int] = payload[name].as_integer()
    return number


def _letter(row: OutboxMessage, person: Person) -> StuckLetter:
    had_secret = SECRET in row.payload.get("values", {})
    return StuckLetter(row.id or 0, person, row.dead_at or row.due_at, row.last_error or "", had_secret, row.channel)
