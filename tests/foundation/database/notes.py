"""A small table of the tests' own, outside the product's metadata."""

from datetime import UTC, datetime

from sqlalchemy import JSON, Index, MetaData, text
from sqlmodel import Field, SQLModel

from foundation.database import UtcDateTime, append_only
from foundation.database.naming import NAMES

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Own(SQLModel):
    metadata = MetaData(naming_convention=NAMES)


class Note(Own, table=True):
    __tablename__ = "note"
    __table_args__ = (
        Index("one_pinned", "pinned", unique=True, sqlite_where=text("pinned"), postgresql_where=text("pinned")),
    )

    id: int | None = Field(default=None, primary_key=True)
    words: str = Field(unique=True)
    count: int = 0
    pinned: bool = False
    written_at: datetime = Field(default=NOON, sa_type=UtcDateTime)
    detail: dict = Field(default_factory=dict, sa_type=JSON)


class Line(Own, table=True):
    """A table whose rows are only ever added."""

    __tablename__ = "line"

    id: int | None = Field(default=None, primary_key=True)
    words: str


append_only(Line)
