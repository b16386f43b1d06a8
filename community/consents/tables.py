"""What people agreed to, and took back."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class ConsentStep(SQLModel, table=True):
    """One yes, or one taking back. The newest of a person for a name is what holds; none of them is ever changed."""

    __tablename__ = "consent_step"
    __table_args__ = (
        CheckConstraint("version >= 1", name="version_from_one"),
        Index("ix_consent_step_person", "community_id", "person_id", "name", "id"),
        Index("ix_consent_step_name", "community_id", "name", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id")
    name: str = Field(max_length=40)
    version: int
    """Of the words they read."""
    given: bool
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    """Who wrote it down for them, where it was somebody else."""
