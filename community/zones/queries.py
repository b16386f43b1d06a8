"""The zones of a community."""

from sqlmodel import col, select

from community.zones.tables import Zone
from foundation.database import Session
from foundation.errors import Missing


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
