"""Adding, renaming and retiring the zones of a community."""

from sqlalchemy import func
from sqlmodel import col, select

from community.communities.policies import RUN
from community.zones.queries import zone_of, zones_of
from community.zones.rules import checked_name, slug_from
from community.zones.tables import Zone
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused


def add_zone(session: Session, actor: Actor, name: str) -> Zone:
    """Add a zone at the end of the list. Raises Refused when its name is taken, Invalid for an impossible name."""
    _may_run(actor)
    name = checked_name(name)
    slug = slug_from(name)
    _name_is_free(session, actor.community_id, slug)
    last = session.scalar(select(func.max(Zone.position)).where(col(Zone.community_id) == actor.community_id))
    zone = Zone(community_id=actor.community_id, slug=slug, name=name, position=(last or 0) + 1)
    session.add(zone)
    session.flush()
    audit.record(session, actor, "added", "zone", zone.id)
    return zone


def rename_zone(session: Session, actor: Actor, zone_id: int, name: str) -> None:
    """Give a zone another name; its address stays, since links and imports hold on to it."""
    _may_run(actor)
    zone = zone_of(session, actor.community_id, zone_id)
    zone.name = checked_name(name)
    session.add(zone)
    audit.record(session, actor, "renamed", "zone", zone_id)


def retire_zone(session: Session, actor: Actor, zone_id: int) -> None:
    """Offer a zone no more; what stands in it stays. Raises Refused for the last one."""
    _may_run(actor)
    zone = zone_of(session, actor.community_id, zone_id)
    if len(zones_of(session, actor.community_id)) == 1:
        raise Refused(N_("A community needs one zone at least."), advice=N_("Add another zone first."))
    zone.retired_at = clock.now()
    session.add(zone)
    audit.record(session, actor, "retired", "zone", zone_id)


def _may_run(actor: Actor) -> None:
    if not actor.may(RUN):
        raise Missing()


def _name_is_free(session: Session, community_id: int, slug: str) -> None:
    taken = session.scalar(select(col(Zone.id)).where(col(Zone.community_id) == community_id, col(Zone.slug) == slug))
    if taken is not None:
        raise Refused(N_("There is a zone of that name already."), field="name")
