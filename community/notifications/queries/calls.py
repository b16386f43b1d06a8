"""Whom a maker must call."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from community.communities.queries import community_of
from community.members.tables import Membership, Person
from community.notifications.policies import CALL
from community.notifications.tables import CallToMake, CallTry
from community.zones.tables import Zone
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, number_of, one_if_any
from foundation.errors import Missing

LATELY = timedelta(days=14)


@dataclass(frozen=True)
class Call:
    """One person to call about one notice."""

    id: int
    notice: str
    params: dict[str, str | int]
    since: datetime
    person_id: int
    name: str
    phone: str
    language: str
    zone_name: str


@dataclass(frozen=True)
class Try:
    """A call that nobody answered, or that was made before."""

    outcome: str
    at: datetime
    by: str


@dataclass(frozen=True)
class ToCall:
    """One person to call, and all there is to tell them; `tries` since the first of it began to wait, latest first."""

    calls: list[Call]
    tries: list[Try]

    @property
    def upto(self) -> int:
        """The newest of what there is to tell."""
        return max(call.id for call in self.calls)

    def tried_on(self, day: date, zone: str) -> bool:
        """Whether nobody answered on this day, by the wall clock of the community."""
        return any(clock.local(one.at, zone).date() == day for one in self.tries)


def calls_to_make(session: Session, actor: Actor, limit: int = 200) -> list[Call]:
    """The people whom a maker has to call, longest waiting first, in the maker's zones."""
    return [_call(*row) for row in session.exec(_calls(actor).order_by(col(CallToMake.id)).limit(limit))]


def calls_by_person(session: Session, actor: Actor) -> list[ToCall]:
    """The same, person by person: who was not tried today comes first, then who has waited longest."""
    by_person: dict[int, list[Call]] = {}
    for call in calls_to_make(session, actor):
        by_person.setdefault(call.person_id, []).append(call)
    tries = _tries_since(session, actor.community_id, by_person)
    found = [ToCall(calls, tries.get(person_id, [])) for person_id, calls in by_person.items()]
    zone = community_of(session, actor.community_id).time_zone
    today = clock.today(zone)
    return sorted(found, key=lambda one: one.tried_on(today, zone))


def told_lately(session: Session, actor: Actor, limit: int = 20) -> list[tuple[Call, datetime, str]]:
    """What was told within two weeks: what, when, and the name of who called; the latest first."""
    since = clock.now() - LATELY
    rows = session.execute(
        _calls(actor, open_only=False)
        .add_columns(_caller())
        .where(col(CallToMake.made_at) >= since)
        .order_by(col(CallToMake.made_at).desc(), col(CallToMake.id).desc())
        .limit(limit)
    )
    return [(_call(call, person, zone), call.made_at, caller or "") for call, person, zone, caller in rows]


def open_calls_of(session: Session, actor: Actor, person_id: int, upto: int) -> list[int]:
    """The calls of one person that were on the page, up to the newest one there. Raises Missing outside the zones."""
    statement = _calls(actor, open_only=False).where(col(CallToMake.person_id) == person_id)
    calls = [row[0] for row in session.exec(statement)]
    if not calls:
        raise Missing()
    return [call.id or 0 for call in calls if call.made_at is None and (call.id or 0) <= upto]


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


def _tries_since(session: Session, community_id: int, by_person: dict[int, list[Call]]) -> dict[int, list[Try]]:
    statement = (
        sqlalchemy.select(CallTry, col(Person.given_name))
        .outerjoin(Person, col(Person.id) == col(CallTry.by_id))
        .where(
            col(CallTry.community_id) == community_id,
            col(CallTry.person_id).in_(by_person),
            col(CallTry.outcome) == "no_answer",
        )
        .order_by(col(CallTry.id).desc())
    )
    found: dict[int, list[Try]] = {}
    for one, name in session.execute(statement):
        if one.at >= min(call.since for call in by_person[one.person_id]):
            found.setdefault(one.person_id, []).append(Try(one.outcome, one.at, name or ""))
    return found


def _caller() -> Any:
    caller = aliased(Person)
    return select(col(caller.given_name)).where(col(caller.id) == col(CallToMake.made_by_id)).scalar_subquery()


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
