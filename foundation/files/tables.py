"""Pictures people gave us. The bytes are on disk, the row says whose they are and what they look like."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from foundation.database import UtcDateTime


class StoredFile(SQLModel, table=True):
    """One picture in several sizes. The owner (a post, a profile) holds the id; `kind` says whom to ask who may
    see it.

    `unheld_since` is empty while an owner holds it; a day after it is set, the row and the bytes are swept
    away.
    """

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("width > 0 AND height > 0 AND size > 0", name="something_to_see"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int | None = Field(default=None, index=True)
    owner_person_id: int | None = Field(default=None, index=True)
    kind: str = Field(max_length=60)
    name: str = Field(max_length=100, unique=True)
    media_type: str = Field(max_length=60)
    width: int
    height: int
    small_width: int
    small_height: int
    size: int
    created_at: datetime = Field(sa_type=UtcDateTime)
    unheld_since: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
