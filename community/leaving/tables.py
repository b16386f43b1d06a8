"""Who is leaving a community, until when they may come back, and where their hours go."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import JsonColumn, UtcDateTime


class Departure(SQLModel, table=True):
    """One person who leaves one community. `waiting` until the cooling-off is over, then `done`; or `returned`."""

    __tablename__ = "departure"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'returned', 'done')", name="state_known"),
        Index(
            "uq_departure_one_waiting",
            "community_id",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_departure_due", "state", "ends_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    state: str = Field(default="waiting", max_length=10)
    asked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    """Until then they may come back; after it their personal data goes."""
    closing: list[int] = Field(default_factory=list, sa_type=JsonColumn)
    """The parties nobody else answers for: they closed with this."""
    staying: list[int] = Field(default_factory=list, sa_type=JsonColumn)
    """The parties the person acted for and that others keep."""
    hours_to_party_id: int | None = Field(default=None, foreign_key="party.id")
    """Who receives the hours of what closes; None is the community fund."""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When they came back, or their data went."""
    hours_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When no hour was left behind any more."""
