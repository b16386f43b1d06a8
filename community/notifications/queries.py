"""Whom a notice reaches, and whom a maker must call."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from community.members.tables import Membership, Person
from community.notifications.policies import CALL
from community.notifications.tables import CallToMake
from community.zones.tables import Zone
from foundation.access import Actor
from foundation.database import Session, number_of, one_if_any
from foundation.errors import Missing


@dataclass(frozen=True)
class Call:
    """One person to call about one notice."""

    id: int
    notice: str
    params: dict[str, str | int]
    since: object
    person_id: int
    name: str
    phone: str
    language: str
    zone_name: str


def is_reachable(session: Session, person_id: int) -> bool:
    """Whether the person has a channel of their own: silence of who has none never settles anything."""
    return session.scalar(select(col(Person.email).is_not(None)).where(col(Person.id) == person_id)) is True


def calls_to_make(session: Session, actor: Actor, limit: int = 200) -> list[Call]:
    """The people whom a maker has to call, longest waiting first, in the maker's zones."""
    return [_call(*row) for row in session.exec(_calls(actor).order_by(col(CallToMake.id)).limit(limit))]


def count_calls(session: Session, actor: Actor) -> int:
    """How many calls wait in the maker's zones."""
    return session.scalar(select(number_of(_call_ids(actor)))) or 0


def any_calls(actor: Actor) -> ColumnElement[int] | None:
    """1 where a call waits there, as an expression."""
    return one_if_any(_call_ids(actor)) if actor.may(CALL) else None


def call_visible_to(session: Session, actor: Actor, call_id: int) -> Call:
    """One call, made already or not. Raises Missing when it is not in the actor's zones."""
    row = session.exec(_calls(actor, open_only=False).where(col(CallToMake.id) == call_id)).one_or_none()
    if row is None:
        raise Missing()
    return _call(*row)


def _calls(actor: Actor, *, open_only: bool = True) -> Select[CallToMake, Person, Zone]:
    statement = (
        select(CallToMake, Person, Zone)
        .join(Person, col(Person.id) == col(CallToMake.person_id))
        .join(
            Membership,
            (col(Membership.person_id) == col(Person.id))
            & (col(Membership.community_id) == col(CallToMake.community_id)),
        )
        .join(Zone, col(Zone.id) == col(Membership.zone_id))
        .where(col(CallToMake.community_id) == actor.community_id)
    )
    if open_only:
        statement = statement.where(col(CallToMake.made_at).is_(None))
    zones = actor.zones_for(CALL)
    return statement if zones is None else statement.where(col(Zone.id).in_(zones))


def _call_ids(actor: Actor) -> sqlalchemy.Select[Any]:
    return _calls(actor).with_only_columns(col(CallToMake.id))


def _call(call: CallToMake, person: Person, zone: Zone) -> Call:
    if call.id is None or person.id is None:
        raise ValueError("read before it was kept")
    return Call(
        id=call.id,
        notice=call.notice,
        params=call.params,
        since=call.since,
        person_id=person.id,
        name=person.name,
        phone=person.phone,
        language=person.language,
        zone_name=zone.name,
    )
