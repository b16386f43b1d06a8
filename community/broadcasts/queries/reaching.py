"""Whom a broadcast reaches and how, and who looks after these people."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func
from sqlalchemy import select as columns
from sqlmodel import col, select

from community.broadcasts.policies import WRITE, audience_named, reaches, seen_by
from community.broadcasts.rules import EVERYBODY, ZONES
from community.broadcasts.tables import Broadcast, BroadcastRules, BroadcastZone
from community.consents.queries import agrees_to
from community.members.queries import actor_for, standing
from community.members.tables import Membership, Person, RoleGrant
from community.moderation.policies import is_stopped
from community.pushing.queries import is_told_by_push
from community.resting.policies import is_resting
from community.zones.queries import zones_of
from community.zones.tables import Zone
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


@dataclass(frozen=True)
class Reach:
    """How many people it reaches: with an address, with only a telephone that is told, and those whom makers call."""

    written: int
    pushed: int
    called: int

    @property
    def people(self) -> int:
        return self.written + self.pushed + self.called


def approval_above(session: Session, community_id: int) -> int:
    """Above how many people a second maker reads it first."""
    return (session.get(BroadcastRules, community_id) or BroadcastRules(community_id=community_id)).approval_above


def zones_to_write_to(session: Session, actor: Actor) -> list[Zone]:
    """The zones in use that the actor looks after."""
    mine = actor.zones_for(WRITE)
    return [zone for zone in zones_of(session, actor.community_id) if mine is None or zone.id in mine]


def recipients(session: Session, actor: Actor, broadcast: Broadcast, zone_ids: Collection[int]) -> Select[Any]:
    """The ids of the members it reaches now; `actor` is the author.

    Nobody whom the makers have paused or excluded; who rests is spared, unless it is urgent. News of the community are
    for who agreed to news (decision 49), where they do not concern a thing the person takes part in. No block between
    households stands between a maker and the people of a zone.
    """
    person = col(Membership.person_id)
    statement = columns(person).where(
        col(Membership.community_id) == broadcast.community_id,
        col(Membership.state) == "approved",
        ~is_stopped(broadcast.community_id, person),
    )
    if not broadcast.urgent:
        statement = statement.where(~is_resting(broadcast.community_id, person))
    if broadcast.purpose == "news" and broadcast.object_id is None:
        # What concerns an exchange of their own needs no such yes.
        statement = statement.where(agrees_to(broadcast.community_id, person, "news"))
    if broadcast.audience == ZONES:
        return statement.where(col(Membership.zone_id).in_(sorted(zone_ids)))
    if broadcast.audience == EVERYBODY:
        return statement
    of_thing = audience_named(broadcast.audience).people(session, actor, broadcast.object_id or 0)
    return statement.where(person.in_(of_thing))


def reach_of(session: Session, actor: Actor, broadcast: Broadcast, zone_ids: Collection[int]) -> Reach:
    """How many it reaches now, and how."""
    found = recipients(session, actor, broadcast, zone_ids).subquery()
    no_address = col(Person.email).is_(None)
    only_push = no_address & is_told_by_push(found.c.person_id)
    written, pushed, everybody = session.execute(
        columns(func.count(col(Person.email)), func.coalesce(func.sum(case((only_push, 1), else_=0)), 0), func.count())
        .select_from(found)
        .join(Person, col(Person.id) == found.c.person_id)
    ).one()
    return Reach(written, pushed, everybody - written - pushed)


def zone_ids_of(session: Session, broadcast_id: int) -> tuple[int, ...]:
    """The zones it goes to, or where its thing stands."""
    rows = select(BroadcastZone.zone_id).where(col(BroadcastZone.broadcast_id) == broadcast_id)
    return tuple(session.exec(rows.order_by(col(BroadcastZone.zone_id))))


def broadcast_for(session: Session, actor: Actor, broadcast_id: int, *, lock: bool = False) -> Broadcast:
    """One that a maker sees. Raises Missing. `lock` keeps others from changing it meanwhile."""
    statement = select(Broadcast).where(col(Broadcast.id) == broadcast_id, seen_by(actor))
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.exec(statement).one_or_none()
    if found is None:
        raise Missing()
    return found


def manages(session: Session, actor: Actor, broadcast: Broadcast) -> bool:
    """Whether the actor looks after everybody it goes to."""
    zones = zone_ids_of(session, broadcast.id or 0) if broadcast.audience == ZONES else ()
    return reaches(session, actor, broadcast.audience, zones, broadcast.object_id)


def who_may_approve(session: Session, broadcast: Broadcast) -> list[int]:
    """The other makers and administrators who look after everybody it goes to."""
    runs = select(RoleGrant.person_id).where(
        col(RoleGrant.community_id) == broadcast.community_id,
        col(RoleGrant.role).in_(("maker", "administrator")),
        col(RoleGrant.person_id) != broadcast.author_id,
        standing(),
    )
    people = sorted(set(session.exec(runs)))
    return [one for one in people if manages(session, actor_for(session, one, broadcast.community_id), broadcast)]
