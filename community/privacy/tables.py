"""Who answers for the data of a community, and what people asked to take along."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.crypto.sealed import Sealed
from foundation.database import JsonColumn, UtcDateTime


class Controller(SQLModel, table=True):
    """The body that answers for a community's data (GDPR art. 13.1.a), as its page says it; each change a row."""

    __tablename__ = "privacy_controller"
    __table_args__ = (Index("ix_privacy_controller_community", "community_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    name: str = Field(max_length=200)
    address: str = Field(default="", max_length=300)
    email: str = Field(default="", max_length=254)
    officer: str = Field(default="", max_length=300)
    """The data protection officer, where there is one, and how to reach them."""
    words: dict[str, str] = Field(default_factory=dict, sa_type=JsonColumn)
    """What the body adds in its own words, by language code."""
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    set_by_id: int = Field(foreign_key="person.id")


class Ground(SQLModel, table=True):
    """On which ground a community keeps a kind of data, where it is not the one the feature says, and its own words."""

    __tablename__ = "privacy_ground"
    __table_args__ = (UniqueConstraint("community_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    kind: str = Field(max_length=60)
    basis: str = Field(default="", max_length=20)
    """One of foundation.personal.BASES; empty for the one the feature says."""
    words: dict[str, str] = Field(default_factory=dict, sa_type=JsonColumn)
    """By language code."""
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    set_by_id: int = Field(foreign_key="person.id")


class KeptFor(SQLModel, table=True):
    """How long a community keeps something, where it is not the usual time."""

    __tablename__ = "privacy_kept_for"
    __table_args__ = (UniqueConstraint("community_id", "name"), CheckConstraint("days >= 1", name="days_sane"))

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    name: str = Field(max_length=60)
    """Of the `Retention`."""
    days: int
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    set_by_id: int = Field(foreign_key="person.id")


class LetGo(SQLModel, table=True):
    """What a day's retention let go of one kind in one community; without a kind, that the day's run ended."""

    __tablename__ = "let_go"
    __table_args__ = (UniqueConstraint("day", "name", "community_id"),)

    id: int | None = Field(default=None, primary_key=True)
    day: date
    name: str = Field(default="", max_length=60)
    community_id: int = 0
    """0 for what belongs to no community; no foreign key, since it is a number in a report."""
    count: int = 0
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class PersonalExport(SQLModel, table=True):
    """One file with everything about a person, made by a job and kept for some days."""

    __tablename__ = "personal_export"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'ready', 'failed', 'gone')", name="state_known"),
        UniqueConstraint("file_name"),
        Index(
            "uq_personal_export_asked", "community_id", "person_id", unique=True,
            sqlite_where=text("state = 'asked'"), postgresql_where=text("state = 'asked'"),
        ),
        Index("ix_personal_export_expires", "state", "expires_at"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    state: str = Field(default="asked", max_length=10)
    done: int = 0
    """Kinds of data gathered so far, of `total`."""
    total: int = 0
    size: int = 0
    """Bytes of the file."""
    file_name: str = Field(max_length=80)
    """Under which it lies in the data directory: made by chance, and never shown."""
    asked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    ready_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PaperCopy(SQLModel, table=True):
    """Somebody without e-mail wished to have everything about them on paper, and a maker prints it."""

    __tablename__ = "paper_copy"
    __table_args__ = (Index("ix_paper_copy_person", "person_id", "community_id"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id")
    party_id: int = Field(foreign_key="party.id", index=True)
    """The household whose agreement held."""
    wish: str = Field(sa_type=Sealed("paper_copy.wish"))
    """In their words."""
    reason: str = Field(sa_type=Sealed("paper_copy.reason"))
    """What the maker noted: why, and how it is handed over."""
    wished_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    recorded_by_id: int = Field(foreign_key="person.id")
