"""Who has been met and vouched for: what lets a person look after children and frail people (domain, Children 1-2)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class IdentityCheck(SQLModel, table=True):
    """A maker saw the person and a document: which kind and when, never its number nor a copy."""

    __tablename__ = "identity_check"
    __table_args__ = (
        CheckConstraint(
            "document IN ('identity_card', 'passport', 'residence_permit', 'driving_licence')", name="document_known"
        ),
        Index("ix_identity_check_person", "community_id", "person_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id")
    document: str = Field(max_length=20)
    seen_on: date
    expires_on: date | None = None
    recorded_by_id: int = Field(foreign_key="person.id")
    recorded_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_by_id: int | None = Field(default=None, foreign_key="person.id")
    withdrawn_reason: str = Field(default="", max_length=500)


class Reference(SQLModel, table=True):
    """Somebody who knows the person vouches for them; a maker spoke with them and records it."""

    __tablename__ = "reference"
    __table_args__ = (Index("ix_reference_person", "community_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id")
    given_by: str = Field(max_length=120)
    given_by_person_id: int | None = Field(default=None, foreign_key="person.id")
    given_on: date
    recorded_by_id: int = Field(foreign_key="person.id")
    recorded_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_by_id: int | None = Field(default=None, foreign_key="person.id")
    withdrawn_reason: str = Field(default="", max_length=500)


class SafeguardingLead(SQLModel, table=True):
    """The named person whom a concern about a child or frail adult reaches."""

    __tablename__ = "safeguarding_lead"

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
