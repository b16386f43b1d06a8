"""The diary of a lab: its pages, their photographs, and what is written below."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class LabEntry(SQLModel, table=True):
    """A page of the diary."""

    __tablename__ = "lab_entry"
    __table_args__ = (
        CheckConstraint("visibility IN ('members', 'public')", name="visibility_known"),
        Index("ix_lab_entry_lab", "lab_id", "on_day", "id"),
        Index("ix_lab_entry_author", "author_id", "community_id"),
        Index("ix_lab_entry_party", "party_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    lab_id: int = Field(foreign_key="community_lab.id")
    on_day: date
    words: str = Field(max_length=2000)
    visibility: str = Field(default="members", max_length=8)
    author_id: int | None = Field(default=None, foreign_key="person.id")
    party_id: int | None = Field(default=None, foreign_key="party.id")
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LabComment(SQLModel, table=True):
    """What a member writes below a page of the diary: read by the members alone."""

    __tablename__ = "lab_comment"
    __table_args__ = (
        Index("ix_lab_comment_entry", "entry_id", "id"),
        Index("ix_lab_comment_author", "author_id", "community_id"),
        Index("ix_lab_comment_party", "party_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    entry_id: int = Field(foreign_key="lab_entry.id")
    words: str = Field(max_length=1000)
    author_id: int | None = Field(default=None, foreign_key="person.id")
    party_id: int | None = Field(default=None, foreign_key="party.id")
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LabPhoto(SQLModel, table=True):
    """A photograph of a page of the diary, or what a goal points at. No recognisable child without a release."""

    __tablename__ = "lab_photo"
    __table_args__ = (
        CheckConstraint("NOT shows_child OR released", name="no_child_without_release"),
        Index("ix_lab_photo_entry", "entry_id"),
        Index("ix_lab_photo_lab", "lab_id"),
    )

    file_id: int = Field(foreign_key="stored_file.id", primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    lab_id: int = Field(foreign_key="community_lab.id")
    entry_id: int | None = Field(default=None, foreign_key="lab_entry.id")
    """The page of the diary it belongs to; None for the evidence of a goal."""
    words: str = Field(max_length=200)
    """What is seen on it, for who cannot see it."""
    shows_child: bool = False
    released: bool = False
    """Whether whoever put it here said that a signed release of both parents is kept."""
    said_by_id: int | None = Field(default=None, foreign_key="person.id")
    """Who answered for it."""
    added_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
