"""The agreement of a household without e-mail that makers act for it: said or signed, when, before whom, until when."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class Mandate(SQLModel, table=True):
    """One agreement; a renewal is a new row, so that every day is known on which somebody could act, and why."""

    __tablename__ = "mandate"
    __table_args__ = (
        CheckConstraint("way IN ('spoken', 'signed')", name="way_known"),
        CheckConstraint(
            "ended_how IN ('', 'renewed', 'told', 'card', 'taken_over', 'left')",
            name="ended_how_known",
        ),
        CheckConstraint("(ended_at IS NULL) = (ended_how = '')", name="ended_whole"),
        CheckConstraint("until >= agreed_on", name="until_not_before_agreed"),
        Index(
            "uq_mandate_one_standing",
            "party_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_mandate_party", "party_id", "id"),
        Index("ix_mandate_until", "community_id", "until"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    party_id: int = Field(foreign_key="party.id")
    person_id: int = Field(foreign_key="person.id")
    """The adult who agreed, in whose name things are done."""
    way: str = Field(max_length=10)
    agreed_on: date
    before_id: int = Field(foreign_key="person.id")
    """The maker before whom it was said or signed."""
    text_version: str = Field(max_length=20)
    until: date
    """The last day; after it nothing is done for them until it is renewed."""
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    recorded_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")
    ended_how: str = Field(default="", max_length=20)
