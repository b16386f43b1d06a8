"""Reports, which reach the makers of a zone, and blocks, which stay between two parties."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class Report(SQLModel, table=True):
    """(kind, object_id) names the thing through the reportable kinds that features register."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint("reason IN ('danger', 'child', 'money', 'insult', 'contact', 'other')", name="reason_known"),
        CheckConstraint("outcome IN ('', 'nothing', 'hidden')", name="outcome_known"),
        Index("ix_report_open", "community_id", "closed_at", "zone_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    zone_id: int | None = Field(default=None, foreign_key="zone.id")
    kind: str = Field(max_length=30)
    object_id: int
    about_party_id: int | None = Field(default=None, foreign_key="party.id")
    reason: str = Field(max_length=20)
    words: str = Field(default="", max_length=2000)
    reporter_id: int = Field(foreign_key="person.id")
    reported_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_by_id: int | None = Field(default=None, foreign_key="person.id")
    outcome: str = Field(default="", max_length=20)
    closing_words: str = Field(default="", max_length=2000)


class Block(SQLModel, table=True):
    """One party wants nothing to do with another; it works both ways, and the other is not told."""

    __tablename__ = "block"
    __table_args__ = (
        UniqueConstraint("party_id", "blocked_party_id"),
        CheckConstraint("party_id <> blocked_party_id", name="not_itself"),
        Index("ix_block_blocked", "blocked_party_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    party_id: int = Field(foreign_key="party.id")
    blocked_party_id: int = Field(foreign_key="party.id")
    blocked_by_id: int = Field(foreign_key="person.id")
    blocked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
