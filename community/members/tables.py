"""People, the communities they belong to, and their roles."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class Person(SQLModel, table=True):
    """One human being, in as many communities as they like. Without e-mail a maker acts for them."""

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    given_name: str = Field(max_length=80)
    family_name: str = Field(default="", max_length=80)
    email: str | None = Field(default=None, max_length=254, unique=True)
    """In lower case."""
    email_confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    phone: str = Field(default="", max_length=40)
    language: str = Field(default="it", max_length=10)
    """The language of pages and e-mails."""
    speaks: list[str] = Field(default_factory=list, sa_type=JSON)
    password_hash: str | None = Field(default=None, max_length=200)
    session_version: int = 1
    """Raised to end every session at once: new password, sign out everywhere."""
    about: str = Field(default="", max_length=1000)
    photo_file_id: int | None = Field(default=None, foreign_key="stored_file.id")
    import_key: str | None = Field(default=None, max_length=80, unique=True)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class Membership(SQLModel, table=True):
    """A person's place in a community, from the application on."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("community_id", "person_id"),
        CheckConstraint("state IN ('applied', 'approved', 'declined', 'left')", name="state_known"),
        Index("ix_membership_queue", "community_id", "state", "zone_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    zone_id: int = Field(foreign_key="zone.id")
    state: str = Field(default="applied", max_length=20)
    applies_for: str = Field(default="household", max_length=20)
    """What is opened on approval: a household, or an organisation of this kind."""
    party_name: str = Field(default="", max_length=120)
    applied_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    reason: str = Field(default="", max_length=1000)
    invited_by_id: int | None = Field(default=None, foreign_key="person.id")
    acting_party_id: int | None = Field(default=None, foreign_key="party.id")
    """For whom the person acts at the moment."""


class Answer(SQLModel, table=True):
    """What an applicant answered to one of the community's questions."""

    __tablename__ = "answer"

    membership_id: int = Field(foreign_key="membership.id", primary_key=True)
    question_id: int = Field(foreign_key="question.id", primary_key=True)
    words: str = Field(max_length=2000)
    asked: dict[str, str] = Field(default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"})
    """The question as it was worded then, by language code: it may be worded anew."""


class RoleGrant(SQLModel, table=True):
    """A role beyond membership: maker or desk operator (of a zone or all), administrator, keeper of an organisation."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("role IN ('maker', 'operator', 'administrator', 'keeper')", name="role_known"),
        CheckConstraint("(role = 'keeper') = (party_id IS NOT NULL)", name="keeper_of_a_party"),
        Index("ix_role_grant_person", "person_id", "community_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id")
    role: str = Field(max_length=20)
    zone_id: int | None = Field(default=None, foreign_key="zone.id")
    """None: the whole community."""
    starts_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    granted_by_id: int | None = Field(default=None, foreign_key="person.id")
    reason: str = Field(default="", max_length=500)
    ended_reason: str = Field(default="", max_length=500)
    """Why it ended, or will; empty where it ends as was said when it was given."""
    second_factor_by: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """From when on the role sleeps without two-step sign-in; None is the usual while after it was given."""
    party_id: int | None = Field(default=None, foreign_key="party.id")
    """The organisation that a keeper keeps."""
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")
