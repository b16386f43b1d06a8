"""Secrets given out: invitations, e-mail links, cards, cheques, secure links. Only a hash is kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from foundation.database import JsonColumn, UtcDateTime


class StoredToken(SQLModel, table=True):
    """A secret somebody holds. `uses_left` and `expires_at` left empty mean without limit.

    `person_id` is who it belongs to, `created_by_person_id` who gave it out. No foreign keys: foundation
    knows no people.
    """

    __tablename__ = "token"
    __table_args__ = (
        CheckConstraint("uses_left >= 0", name="uses_left_not_negative"),
        Index("ix_token_purpose_person_id", "purpose", "person_id"),
        Index("ix_token_purpose_community_id", "purpose", "community_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    purpose: str = Field(max_length=60)
    secret_hash: str = Field(max_length=64, unique=True)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    person_id: int | None = None
    community_id: int | None = None
    created_by_person_id: int | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    uses_left: int | None = None
    last_taken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
