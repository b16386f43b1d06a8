"""A zone: an area inside a community, the finest place ever shown of a household, and which zones touch it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.database import UtcDateTime, raise_with_every_change


class Zone(SQLModel, table=True):
    __tablename__ = "zone"
    __table_args__ = (UniqueConstraint("community_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    slug: str = Field(max_length=60)
    name: str = Field(max_length=120)
    position: int = 0
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    map_x: int | None = None
    """Where it lies on the drawing of the zones: 0 is the western edge, 100 the eastern; None where nobody said."""
    map_y: int | None = None
    """0 is the northern edge, 100 the southern."""


class ZoneNeighbour(SQLModel, table=True):
    """Two zones that touch, once: the one with the smaller id first."""

    __tablename__ = "zone_neighbour"
    __table_args__ = (CheckConstraint("zone_id < other_zone_id", name="smaller_id_first"),)

    zone_id: int = Field(primary_key=True, foreign_key="zone.id", sa_column_kwargs={"autoincrement": False})
    other_zone_id: int = Field(primary_key=True, foreign_key="zone.id", sa_column_kwargs={"autoincrement": False})
    community_id: int = Field(foreign_key="community.id", index=True)


for _table in (Zone, ZoneNeighbour):
    raise_with_every_change(_table, of="community", column="catalogue", by="community_id")
