"""What only a household has: the people it looks after, and how it divides or becomes one with another."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import JsonColumn, UtcDateTime

AGE_BANDS = ("0-2", "3-5", "6-10", "11-13", "14-17", "adult", "elder")


class Dependant(SQLModel, table=True):
    """A child or frail adult: nickname and age band only, never public."""

    __tablename__ = "dependant"
    __table_args__ = (
        CheckConstraint(
            "age_band IN ('0-2', '3-5', '6-10', '11-13', '14-17', 'adult', 'elder')", name="age_band_known"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    party_id: int = Field(foreign_key="party.id", index=True)
    nickname: str = Field(max_length=40)
    age_band: str = Field(max_length=10)
    added_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class HouseholdChange(SQLModel, table=True):
    """One adult proposes that a household divides, or joins another; somebody of the other side says yes or no."""

    __tablename__ = "household_change"
    __table_args__ = (
        CheckConstraint("kind IN ('divide', 'join')", name="kind_known"),
        CheckConstraint("state IN ('proposed', 'done', 'declined', 'withdrawn')", name="state_known"),
        CheckConstraint("share IN ('nothing', 'half', 'all', 'some')", name="share_known"),
        CheckConstraint("(kind = 'join') = (into_party_id IS NOT NULL)", name="joins_somebody"),
        CheckConstraint("party_id <> into_party_id", name="two_households"),
        Index(
            "uq_household_change_one_proposed",
            "party_id",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
        Index("ix_household_change_into", "into_party_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    kind: str = Field(max_length=10)
    state: str = Field(default="proposed", max_length=10)
    party_id: int = Field(foreign_key="party.id")
    """The household that divides, or that joins another."""
    into_party_id: int | None = Field(default=None, foreign_key="party.id")
    """The household that takes it in."""
    new_party_id: int | None = Field(default=None, foreign_key="party.id")
    """The household that came out of a division."""
    proposed_by_id: int = Field(foreign_key="person.id")
    """The adult who goes, where it divides."""
    proposed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    name: str = Field(default="", max_length=120)
    """Of the new household."""
    zone_id: int | None = Field(default=None, foreign_key="zone.id")
    share: str = Field(default="nothing", max_length=10)
    """How much of the balance goes along: `some` says it in `minutes`."""
    minutes: int = 0
    """For `some`; always above zero, of what there is or of what is owed."""
    moved_minutes: int | None = None
    """What moved in the end, with its sign."""
    dependants: list[int] = Field(default_factory=list, sa_type=JsonColumn)
    """Who goes along, by id."""
