"""Adding, renaming, placing and retiring the zones of a community, and saying which touch each other."""

from collections.abc import Collection

from sqlalchemy import func, or_
from sqlmodel import col, delete, select

from community.changes.actions import note_change
from community.communities.policies import RUN
from community.zones.queries import neighbours_of, zone_names, zone_of, zones_of
from community.zones.rules import check_place, checked_name, slug_from
from community.zones.tables import Zone, ZoneNeighbour
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused


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
    note_change(session, actor, "zone", zone.id, name, {}, {"name": name, "in_use": True})
    return zone


def rename_zone(session: Session, actor: Actor, zone_id: int, name: str) -> None:
    """Give a zone another name; its address stays, since links and imports hold on to it."""
    _may_run(actor)
    zone = zone_of(session, actor.community_id, zone_id)
    before, zone.name = zone.name, checked_name(name)
    session.add(zone)
    note_change(session, actor, "zone", zone_id, zone.name, {"name": before}, {"name": zone.name})
    audit.record(session, actor, "renamed", "zone", zone_id)


def set_neighbours(session: Session, actor: Actor, zone_id: int, others: Collection[int]) -> None:
    """Say which zones touch this one; each of them then touches it too. Raises Invalid for a zone not in use."""
    _may_run(actor)
    zone = zone_of(session, actor.community_id, zone_id)
    were = neighbours_of(session, actor.community_id, zone_id)
    in_use = {zone.id for zone in zones_of(session, actor.community_id)}
    wanted = set(others)
    if zone_id in wanted or not wanted <= in_use:
        raise Invalid(N_("Choose among the other zones."), field="neighbours")
    of_zone = or_(col(ZoneNeighbour.zone_id) == zone_id, col(ZoneNeighbour.other_zone_id) == zone_id)
    session.exec(delete(ZoneNeighbour).where(of_zone))
    session.add_all(
        ZoneNeighbour(zone_id=min(zone_id, other), other_zone_id=max(zone_id, other), community_id=actor.community_id)
        for other in sorted(wanted)
    )
    session.flush()
    audit.record(session, actor, "set_neighbours", "zone", zone_id, others=sorted(wanted))
    names = zone_names(session, actor.community_id)
    before, after = ({"neighbours": sorted(names[one] for one in ids)} for ids in (were, wanted))
    note_change(session, actor, "zone", zone_id, zone.name, before, after)


def place_zone(session: Session, actor: Actor, zone_id: int, x: int | None, y: int | None) -> None:
    """Say where a zone lies on the drawing, in hundredths from west and from north; None leaves it to its neighbours.

    Raises Invalid outside the drawing.
    """
    _may_run(actor)
    check_place(x, y)
    zone = zone_of(session, actor.community_id, zone_id)
    before = {"map": [zone.map_x, zone.map_y]}
    zone.map_x, zone.map_y = x, y
    session.add(zone)
    note_change(session, actor, "zone", zone_id, zone.name, before, {"map": [x, y]})
    audit.record(session, actor, "placed", "zone", zone_id)


def retire_zone(session: Session, actor: Actor, zone_id: int) -> None:
    """Offer a zone no more; what stands in it stays. Raises Refused for the last one."""
    _may_run(actor)
    zone = zone_of(session, actor.community_id, zone_id)
    if len(zones_of(session, actor.community_id)) == 1:
        raise Refused(N_("A community needs one zone at least."), advice=N_("Add another zone first."))
    zone.retired_at = clock.now()
    session.add(zone)
    audit.record(session, actor, "retired", "zone", zone_id)
    note_change(session, actor, "zone", zone_id, zone.name, {"in_use": True}, {"in_use": False})


def bring_back_zone(session: Session, actor: Actor, zone_id: int) -> None:
    """Offer a retired zone again, where it stood. Raises Missing for another community's, or one in use."""
    _may_run(actor)
    zone = session.get(Zone, zone_id)
    if zone is None or zone.community_id != actor.community_id or zone.retired_at is None:
        raise Missing()
    zone.retired_at = None
    session.add(zone)
    audit.record(session, actor, "brought_back", "zone", zone_id)
    note_change(session, actor, "zone", zone_id, zone.name, {"in_use": False}, {"in_use": True})


def _may_run(actor: Actor) -> None:
    if not actor.may(RUN):
        raise Missing()


def _name_is_free(session: Session, community_id: int, slug: str) -> None:
    taken = session.scalar(select(col(Zone.id)).where(col(Zone.community_id) == community_id, col(Zone.slug) == slug))
    if taken is not None:
        raise Refused(N_("There is a zone of that name already."), field="name")
