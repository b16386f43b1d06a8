"""A zone: an area inside a community, the finest place ever shown of a household."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.database import UtcDateTime


class Zone(SQLModel, table=True):
    __tablename__ = "zone"
    __table_args__ = (UniqueConstraint("community_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    slug: str = Field(max_length=60)
    name: str = Field(max_length=120)
    position: int = 0
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
