"""A concern about a child or a frail person: for the safeguarding leads alone."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.crypto.sealed import Sealed
from foundation.database import UtcDateTime


class Concern(SQLModel, table=True):
    """What worries somebody, sealed. `kind` and `object_id` say which exchange it is about, if any."""

    __tablename__ = "concern"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'answered', 'closed')", name="state_known"),
        CheckConstraint("reach IN ('here', 'phone', 'meet')", name="reach_known"),
        Index("ix_concern_community", "community_id", "state"),
        Index("ix_concern_reporter", "reporter_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    reporter_id: int = Field(foreign_key="person.id")
    kind: str = Field(default="", max_length=40)
    object_id: int | None = None
    words: str = Field(sa_type=Sealed("concern.words"))
    reach: str = Field(default="here", max_length=10)
    """How the person may be reached: only `here`, on the `phone`, or to `meet`."""
    reach_words: str = Field(default="", sa_type=Sealed("concern.reach_words"))
    """Which number, at which hours, where it is safe."""
    state: str = Field(default="open", max_length=10)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_by_id: int | None = Field(default=None, foreign_key="person.id")
    closed_words: str = Field(default="", sa_type=Sealed("concern.closed_words"))
    """What was done, for the leads."""


class ConcernMessage(SQLModel, table=True):
    """What a lead answered, or the person added."""

    __tablename__ = "concern_message"
    __table_args__ = (Index("ix_concern_message_concern", "concern_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    concern_id: int = Field(foreign_key="concern.id")
    author_id: int = Field(foreign_key="person.id")
    of_lead: bool = False
    words: str = Field(sa_type=Sealed("concern_message.words"))
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ConcernParty(SQLModel, table=True):
    """A party of the exchange a concern is about: whoever acts for it never reads the concern as a lead."""

    __tablename__ = "concern_party"

    concern_id: int = Field(foreign_key="concern.id", primary_key=True)
    party_id: int = Field(foreign_key="party.id", primary_key=True)
