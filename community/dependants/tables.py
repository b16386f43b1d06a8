"""What a household keeps of the people it looks after, who said yes to it, and what they themselves say."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.crypto.sealed import Sealed
from foundation.database import UtcDateTime


class DependantDetails(SQLModel, table=True):
    """What who looks after somebody has to know. Sealed: whoever holds the database reads nothing of it."""

    __tablename__ = "dependant_details"

    dependant_id: int = Field(foreign_key="dependant.id", primary_key=True)
    needs: str = Field(default="", sa_type=Sealed("dependant_details.needs"))
    pick_up: str = Field(default="", sa_type=Sealed("dependant_details.pick_up"))
    """Who may pick them up."""
    emergency: str = Field(default="", sa_type=Sealed("dependant_details.emergency"))
    """Whom to call."""
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    written_by_id: int | None = Field(default=None, foreign_key="person.id")


class DependantConsent(SQLModel, table=True):
    """What somebody said about a dependant being looked after by others: a new row each time, the last one counts."""

    __tablename__ = "dependant_consent"
    __table_args__ = (
        CheckConstraint("said IN ('yes', 'both', 'alone', 'self', 'guardian', 'no', 'gone')", name="said_known"),
        Index("ix_dependant_consent_dependant", "dependant_id", "id"),
        Index("ix_dependant_consent_person", "person_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    dependant_id: int = Field(foreign_key="dependant.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """Who said it; None where they said it themselves, in their own view."""
    said: str = Field(max_length=10)
    text_version: str = Field(max_length=10)
    said_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class DependantObjection(SQLModel, table=True):
    """What somebody who is looked after objects to, and what their household answered."""

    __tablename__ = "dependant_objection"
    __table_args__ = (Index("ix_dependant_objection_dependant", "dependant_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    dependant_id: int = Field(foreign_key="dependant.id")
    words: str = Field(sa_type=Sealed("dependant_objection.words"))
    said_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    answer: str = Field(default="", sa_type=Sealed("dependant_objection.answer"))
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by_id: int | None = Field(default=None, foreign_key="person.id")
    taken_back_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.taken_back_at is None


class DependantView(SQLModel, table=True):
    """The own view of somebody who is looked after: the link that was given, and the code that opens it again."""

    __tablename__ = "dependant_view"

    dependant_id: int = Field(foreign_key="dependant.id", primary_key=True)
    link_token_id: int | None = None
    code_token_id: int | None = None
    invited_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    invited_by_id: int | None = Field(default=None, foreign_key="person.id")
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
