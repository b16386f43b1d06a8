"""The zones of a community, and which are near which."""

from sqlmodel import col, select

from community.zones.tables import Zone, ZoneNeighbour
from foundation.database import Session
from foundation.errors import Missing


def all_zones(session: Session, community_id: int) -> list[Zone]:
    """Every zone in its order, retired ones included."""
    statement = select(Zone).where(col(Zone.community_id) == community_id)
    return list(session.exec(statement.order_by(col(Zone.position), col(Zone.name))))


def zones_of(session: Session, community_id: int) -> list[Zone]:
    """The zones in use, in their order."""
    statement = (
        select(Zone)
        .where(col(Zone.community_id) == community_id, col(Zone.retired_at).is_(None))
        .order_by(col(Zone.position), col(Zone.name))
    )
    return list(session.exec(statement))


def zone_of(session: Session, community_id: int, zone_id: int) -> Zone:
    """One zone in use. Raises Missing for a zone of another community, or a retired one."""
    zone = session.get(Zone, zone_id)
    if zone is None or zone.community_id != community_id or zone.retired_at is not None:
        raise Missing()
    return zone


def zone_names(session: Session, community_id: int) -> dict[int, str]:
    """Every zone's name by id, retired ones included: what stood there keeps its place's name."""
    rows = session.execute(select(col(Zone.id), col(Zone.name)).where(col(Zone.community_id) == community_id))
    return {row[0]: row[1] for row in rows}


def neighbours_in(session: Session, community_id: int) -> dict[int, frozenset[int]]:
    """The zones that touch each zone, by its id, retired ones included; a zone nobody spoke of is not there."""
    statement = select(col(ZoneNeighbour.zone_id), col(ZoneNeighbour.other_zone_id)).where(
        col(ZoneNeighbour.community_id) == community_id
    )
    found: dict[int, set[int]] = {}
    for one, other in session.execute(statement):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {zone_id: frozenset(others) for zone_id, others in found.items()}


def neighbours_of(session: Session, community_id: int, zone_id: int | None) -> frozenset[int]:
    """The zones that touch this one; none for somebody without a zone."""
    return neighbours_in(session, community_id).get(zone_id or 0, frozenset())
