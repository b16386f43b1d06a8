"""What a community demands of who looks after others, who was checked for it, and who hears of a concern."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from community.safeguarding.rules import (
    LONGEST_BASIS,
    LONGEST_REASON,
    LONGEST_TRAINING,
    LONGEST_WHAT,
    Check,
    Requirements,
)
from foundation.clock import now
from foundation.crypto.sealed import Sealed
from foundation.database import UtcDateTime

STANDING = text("until IS NULL")


class CareRequirement(SQLModel, table=True):
    """What who comes for posts of one category must have shown. Without a row the house's own minimum holds.

    A certificate is demanded only where the body responsible has written its legal basis (domain, Children 1).
    """

    __tablename__ = "care_requirement"
    __table_args__ = (
        CheckConstraint("references_needed BETWEEN 0 AND 5", name="references_sane"),
        CheckConstraint("minimum_age BETWEEN 0 AND 99", name="age_sane"),
        CheckConstraint("NOT certificate OR certificate_basis <> ''", name="certificate_has_basis"),
        Index("ix_care_requirement_community", "community_id"),
    )

    category_id: int = Field(foreign_key="category.id", primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    identity: bool = False
    references_needed: int = 0
    training: str = Field(default="", max_length=LONGEST_TRAINING)
    """The name of the training that must have been followed."""
    minimum_age: int = 0
    """In years; 0 demands none."""
    certificate: bool = False
    certificate_basis: str = Field(default="", max_length=LONGEST_BASIS)
    public_place: bool = False
    """Whether two who never met before meet in a public place the first time."""
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    changed_by_id: int | None = Field(default=None, foreign_key="person.id")
    second_adult: bool = False
    """Whether another verified adult has to be there besides who comes."""

    @property
    def demands(self) -> Requirements:
        return Requirements(
            identity=self.identity,
            references=self.references_needed,
            trainings=frozenset({self.training} if self.training else ()),
            minimum_age=self.minimum_age,
            certificate=self.certificate,
            public_place=self.public_place,
            second_adult=self.second_adult,
        )


class CareCheck(SQLModel, table=True):
    """A maker saw something about a person: what, when, good until when. Never a number, a copy or the content."""

    __tablename__ = "care_check"
    __table_args__ = (
        CheckConstraint("kind IN ('identity', 'reference', 'training', 'age', 'certificate')", name="kind_known"),
        CheckConstraint(
            "kind <> 'identity' OR what IN ('identity_card', 'passport', 'residence_permit', 'driving_licence')",
            name="document_known",
        ),
        CheckConstraint("kind <> 'certificate' OR (what = '' AND expires_on IS NOT NULL)", name="certificate_bare"),
        CheckConstraint("(kind = 'age') = (years > 0)", name="years_of_age"),
        Index("ix_care_check_person", "community_id", "person_id"),
        Index("ix_care_check_expires", "expires_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id")
    kind: str = Field(max_length=20)
    what: str = Field(default="", max_length=LONGEST_WHAT)
    """Which document, who vouches, which training; nothing for an age or a certificate."""
    years: int = 0
    """The age seen, for an `age`."""
    given_by_person_id: int | None = Field(default=None, foreign_key="person.id")
    """Who vouches, where it is a member."""
    seen_on: date
    expires_on: date | None = None
    recorded_by_id: int = Field(foreign_key="person.id")
    recorded_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_by_id: int | None = Field(default=None, foreign_key="person.id")
    withdrawn_reason: str = Field(default="", max_length=LONGEST_REASON, sa_type=Sealed("care_check.withdrawn_reason"))

    @property
    def seen(self) -> Check:
        return Check(self.kind, self.seen_on, self.expires_on, what=self.what, years=self.years)


class SafeguardingLead(SQLModel, table=True):
    """The named person whom a concern about a child or frail adult reaches."""

    __tablename__ = "safeguarding_lead"
    __table_args__ = (
        Index(
            "uq_safeguarding_lead_standing", "community_id", "person_id", unique=True,
            sqlite_where=STANDING, postgresql_where=STANDING,
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
