"""Two people who write to each other, and who lets others see how far they have read."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class DirectThread(SQLModel, table=True):
    """The one conversation of two people in a community. Whoever left it comes back by writing again."""

    __tablename__ = "direct_thread"
    __table_args__ = (
        UniqueConstraint("community_id", "low_id", "high_id"),
        CheckConstraint("low_id < high_id", name="two_people"),
        CheckConstraint("opened_by_id IN (low_id, high_id)", name="opened_by_one"),
        Index("ix_direct_thread_low", "low_id", "community_id"),
        Index("ix_direct_thread_high", "high_id", "community_id"),
        Index("ix_direct_thread_opened", "opened_by_id", "opened_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    thread_id: int = Field(foreign_key="thread.id", unique=True)
    low_id: int = Field(foreign_key="person.id")
    """Of the two the one with the smaller number, so that a pair stands once."""
    high_id: int = Field(foreign_key="person.id")
    opened_by_id: int = Field(foreign_key="person.id")
    opened_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    low_left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    high_left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    def other_of(self, person_id: int) -> int:
        """The one of the two that this person is not."""
        return self.high_id if person_id == self.low_id else self.low_id

    def left_at(self, person_id: int) -> datetime | None:
        """When this one of the two left; None while they are there."""
        return self.low_left_at if person_id == self.low_id else self.high_left_at


class ShownReading(SQLModel, table=True):
    """A person who lets others see how far they have read, and sees it of those who do too."""

    __tablename__ = "shown_reading"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
