"""Which lines of which imports have already been taken in, so that repeating a file changes nothing."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.database import UtcDateTime


class ImportedRow(SQLModel, table=True):
    """One line taken in, known by its fingerprint (or an external key), and the id of what it became."""

    __tablename__ = "imported_row"
    __table_args__ = (UniqueConstraint("community_id", "kind", "fingerprint"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    kind: str = Field(max_length=60)
    fingerprint: str = Field(max_length=64)
    object_id: int
    at: datetime = Field(sa_type=UtcDateTime)
