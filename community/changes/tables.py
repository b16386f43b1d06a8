"""What administrators and makers changed about a community: its words, zones, questions, rules and categories."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import JsonColumn, UtcDateTime, append_only


class CommunityChange(SQLModel, table=True):
    """One change: who, when, and each thing that became different, before and after. Append-only.

    It speaks of the community's own words, never of its people: who answers the telephone is not kept here.
    """

    __tablename__ = "community_change"
    __table_args__ = (Index("ix_community_change_community", "community_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    kind: str = Field(max_length=20)
    """One of rules.KINDS."""
    object_id: int | None = None
    title: str = Field(default="", max_length=300)
    """What it was called at that moment."""
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)


append_only(CommunityChange)
