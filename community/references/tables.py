"""Asking somebody who knows a person for a reference, and what they answered."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from community.references.rules import LONGEST_NAME
from foundation.clock import now
from foundation.crypto.sealed import Sealed
from foundation.database import UtcDateTime


class ReferenceRequest(SQLModel, table=True):
    """A maker asked a household or organisation about a person. The answers are sealed, for makers of the zone."""

    __tablename__ = "reference_request"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'answered', 'accepted', 'declined', 'withdrawn')", name="state_known"),
        CheckConstraint("(state = 'accepted') = (check_id IS NOT NULL)", name="accepted_has_check"),
        Index("ix_reference_request_person", "community_id", "person_id"),
        Index("ix_reference_request_state", "community_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id")
    """About whom."""
    party_id: int = Field(foreign_key="party.id")
    """Who was asked."""
    state: str = Field(default="asked", max_length=10)
    asked_by_id: int = Field(foreign_key="person.id")
    asked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    token_id: int | None = None
    """Of the link, so that it can be withdrawn; tokens that ended are forgotten."""
    answered_by: str = Field(default="", max_length=LONGEST_NAME)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    since_when: str = Field(default="", sa_type=Sealed("reference_request.since_when"))
    would_entrust: str = Field(default="", sa_type=Sealed("reference_request.would_entrust"))
    to_know: str = Field(default="", sa_type=Sealed("reference_request.to_know"))
    weighed_by_id: int | None = Field(default=None, foreign_key="person.id")
    weighed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    weighed_reason: str = Field(default="", sa_type=Sealed("reference_request.weighed_reason"))
    check_id: int | None = Field(default=None, foreign_key="care_check.id")
