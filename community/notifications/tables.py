"""Who could not be told by e-mail, and must be called."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class CallToMake(SQLModel, table=True):
    """A notice for somebody without e-mail: a maker of the zone calls instead."""

    __tablename__ = "call_to_make"
    __table_args__ = (
        UniqueConstraint("community_id", "key"),
        Index("ix_call_to_make_open", "community_id", "made_at", "person_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id")
    key: str | None = Field(default=None, max_length=200)
    notice: str = Field(max_length=60)
    params: dict[str, str | int] = Field(default_factory=dict, sa_type=JSON)
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    made_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    made_by_id: int | None = Field(default=None, foreign_key="person.id")


class CallTry(SQLModel, table=True):
    """One call that was made: the person was told, or nobody answered and somebody tries again."""

    __tablename__ = "call_try"
    __table_args__ = (
        CheckConstraint("outcome IN ('told', 'no_answer')", name="outcome_known"),
        Index("ix_call_try_person", "community_id", "person_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id")
    outcome: str = Field(max_length=10)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    by_id: int | None = Field(default=None, foreign_key="person.id")
