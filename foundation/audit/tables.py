"""The record of who did what, for whom, to what. The database itself refuses to change or remove a line."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from foundation.database import JsonColumn, UtcDateTime, append_only


class AuditEntry(SQLModel, table=True):
    """One thing done. Append-only by triggers, so it holds ids and never names, words or secrets of people.

    The ids are no foreign keys: a line must outlive what it speaks of, and foundation knows no people or
    parties.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_kind_object_id", "kind", "object_id"),
        Index("ix_audit_entry_community_id_at", "community_id", "at"),
        Index("ix_audit_entry_actor_person_id_at", "actor_person_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int | None = None
    at: datetime = Field(sa_type=UtcDateTime)
    actor_person_id: int | None = None
    party_id: int | None = None
    recorded_by_person_id: int | None = None
    verb: str = Field(max_length=60)
    kind: str = Field(max_length=60)
    object_id: int | None = None
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)


append_only(AuditEntry)
