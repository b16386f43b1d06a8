"""Who runs the community, who keeps an organisation, and who did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from community.members.policies import must_grant_roles
from community.members.rules import RUNNING, second_factor_due
from community.members.tables import Person, RoleGrant
from community.parties.tables import Party
from community.signing_in.tables import SecondFactor
from community.zones.tables import Zone
from foundation import clock
from foundation.access import Actor
from foundation.database import Session

PAGE = 20


def makers_of(session: Session, community_id: int, zone_id: int | None) -> list[Person]:
    """The makers who look after a zone, those of the whole community included; the administrators where none does."""
    of_zone = or_(col(RoleGrant.zone_id).is_(None), col(RoleGrant.zone_id) == zone_id)
    makers = _people_with(session, community_id, col(RoleGrant.role) == "maker", of_zone)
    return makers or _people_with(session, community_id, col(RoleGrant.role) == "administrator")


def all_makers_of(session: Session, community_id: int) -> list[Person]:
    """The makers of every zone."""
    return _people_with(session, community_id, col(RoleGrant.role) == "maker")


def administrators_of(session: Session, community_id: int) -> list[Person]:
    """The administrators of a community."""
    return _people_with(session, community_id, col(RoleGrant.role) == "administrator")


def has_role(session: Session, community_id: int, person_id: int) -> bool:
    """Whether somebody runs the community now, or sits at its desk."""
    runs = col(RoleGrant.role).in_(RUNNING)
    return bool(_people_with(session, community_id, col(RoleGrant.person_id) == person_id, runs))


def count_makers(session: Session, community_id: int) -> int:
    """How many people are makers now."""
    statement = select(func.count(func.distinct(col(RoleGrant.person_id)))).where(
        col(RoleGrant.community_id) == community_id, col(RoleGrant.role) == "maker", *in_force()
    )
    return session.scalar(statement) or 0


def roles_list(session: Session, actor: Actor) -> list[tuple[RoleGrant, Person, str | None]]:
    """Roles in force or to come, with their people and the zone or organisation, for administrators.

    Raises Missing for anybody else.
    """
    must_grant_roles(actor)
    statement = (
        select(RoleGrant, Person, func.coalesce(col(Zone.name), col(Party.name)))
        .join(Person, col(Person.id) == col(RoleGrant.person_id))
        .outerjoin(Zone, col(Zone.id) == col(RoleGrant.zone_id))
        .outerjoin(Party, col(Party.id) == col(RoleGrant.party_id))
        .where(col(RoleGrant.community_id) == actor.community_id, standing())
        .order_by(col(RoleGrant.role), col(Person.given_name), col(Person.family_name), col(RoleGrant.id))
    )
    return [(grant, person, zone) for grant, person, zone in session.execute(statement)]


@dataclass(frozen=True)
class PastRole:
    """A role that has ended, with who held it, where, and who gave and ended it."""

    grant: RoleGrant
    person: Person
    place: str | None
    granted_by: Person | None
    ended_by: Person | None


def past_roles(session: Session, actor: Actor, *, before: int | None = None, limit: int = PAGE) -> list[PastRole]:
    """Roles that have ended, those given last first; one more than `limit` where there are more. Raises Missing."""
    must_grant_roles(actor)
    giver, ender = aliased(Person), aliased(Person)
    statement = (
        columns(RoleGrant, Person, func.coalesce(col(Zone.name), col(Party.name)), giver, ender)
        .join(Person, col(Person.id) == col(RoleGrant.person_id))
        .outerjoin(Zone, col(Zone.id) == col(RoleGrant.zone_id))
        .outerjoin(Party, col(Party.id) == col(RoleGrant.party_id))
        .outerjoin(giver, col(giver.id) == col(RoleGrant.granted_by_id))
        .outerjoin(ender, col(ender.id) == col(RoleGrant.ended_by_id))
        .where(col(RoleGrant.community_id) == actor.community_id, ~standing())
        .order_by(col(RoleGrant.id).desc())
        .limit(limit + 1)
    )
    if before is not None:
        statement = statement.where(col(RoleGrant.id) < before)
    return [PastRole(*row) for row in session.execute(statement)]


def organisations_here(session: Session, actor: Actor) -> list[Party]:
    """The open organisations of the community by name, for who gives roles. Raises Missing."""
    must_grant_roles(actor)
    statement = select(Party).where(
        col(Party.community_id) == actor.community_id,
        col(Party.kind) == "organisation",
        col(Party.closed_at).is_(None),
    )
    return list(session.exec(statement.order_by(func.lower(col(Party.name)), col(Party.id))))


def roles_asking_second_factor(session: Session, person_id: int) -> datetime | None:
    """From when on the first role of a person, in whatever community, sleeps without two-step sign-in."""
    statement = select(RoleGrant.starts_at, RoleGrant.second_factor_by).where(
        col(RoleGrant.person_id) == person_id, col(RoleGrant.role).in_(RUNNING), *in_force()
    )
    return min((second_factor_due(since, by) for since, by in session.exec(statement)), default=None)


def with_second_factor(session: Session, person_ids: Iterable[int]) -> set[int]:
    """Who of these signs in with a second step."""
    statement = select(SecondFactor.person_id).where(
        col(SecondFactor.person_id).in_(sorted(set(person_ids))), col(SecondFactor.confirmed_at).is_not(None)
    )
    return set(session.exec(statement))


def in_force(moment: Any = None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions that a role holds at a moment, or now."""
    now = clock.now() if moment is None else moment
    return col(RoleGrant.starts_at) <= now, or_(col(RoleGrant.ends_at).is_(None), col(RoleGrant.ends_at) > now)


def standing() -> ColumnElement[bool]:
    """The condition that a role holds now, or is still to begin."""
    not_over = or_(col(RoleGrant.ends_at).is_(None), col(RoleGrant.ends_at) > clock.now())
    return and_(not_over, or_(col(RoleGrant.ends_at).is_(None), col(RoleGrant.ends_at) > col(RoleGrant.starts_at)))


def _people_with(session: Session, community_id: int, *conditions: ColumnElement[bool]) -> list[Person]:
    holders = select(col(RoleGrant.person_id)).where(
        col(RoleGrant.community_id) == community_id, *in_force(), *conditions
    )
    statement = select(Person).where(col(Person.id).in_(holders)).order_by(col(Person.id))
    return list(session.exec(statement))
