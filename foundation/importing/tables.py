"""Which lines have been taken in; and imports: their files, what became of them, what they made."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import JsonColumn, UtcDateTime

STATES = ("columns", "checking", "checked", "taking", "taken", "undoing", "undone", "withdrawn")


class ImportedRow(SQLModel, table=True):
    """One line taken in, known by its fingerprint (or an external key), and the id of what it became."""

    __tablename__ = "imported_row"
    __table_args__ = (UniqueConstraint("community_id", "kind", "fingerprint"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    kind: str = Field(max_length=60)
    fingerprint: str = Field(max_length=64)
    object_id: int
    at: datetime = Field(sa_type=UtcDateTime)


class ImportRun(SQLModel, table=True):
    """One import of one file, from its upload to its end, and to its undoing."""

    __tablename__ = "import_run"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(state) for state in STATES)})", name="state_known"),
        Index("ix_import_run_community", "community_id", "id"),
        Index("ix_import_run_state", "state", "changed_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int
    kind: str = Field(max_length=60)
    file_name: str = Field(default="", max_length=200)
    size: int = 0
    digest: str = Field(default="", max_length=64)
    """SHA-256 of the file, by which the same file is known again."""
    state: str = Field(default="columns", max_length=20)
    attempt: int = 0
    """Which start of the present work counts: an earlier one that wakes up again finds that it is over."""
    by_id: int | None = None
    """The person; None for the command line."""
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was taken in."""
    places: dict[str, int] = Field(default_factory=dict, sa_type=JsonColumn)
    """Which of our columns stands where in the file, counting from 0."""

    runner: str = Field(default="", max_length=120)
    """The machine and process at work on it."""
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done: int = 0
    total: int = 0
    problem: str = Field(default="", max_length=500)
    """Why the work on it stopped: a sentence of the catalogue; empty while it goes on."""

    lines: int = 0
    new: int = 0
    unchanged: int = 0
    fault_count: int = 0
    faults: list[dict[str, Any]] = Field(default_factory=list, sa_type=JsonColumn)
    preview: list[dict[str, Any]] = Field(default_factory=list, sa_type=JsonColumn)
    """The first lines as they are understood; emptied together with the file."""
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by_id: int | None = None
    obstacles: list[dict[str, Any]] = Field(default_factory=list, sa_type=JsonColumn)
    """What was built on it, when it could not be undone."""


class ImportFile(SQLModel, table=True):
    """The file of an import, held aside while it is needed: it is full of personal data."""

    __tablename__ = "import_file"

    run_id: int = Field(primary_key=True, foreign_key="import_run.id", sa_column_kwargs={"autoincrement": False})
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class ImportMade(SQLModel, table=True):
    """One thing that an import made: what would have to go if it were undone."""

    __tablename__ = "import_made"
    __table_args__ = (Index("ix_import_made_object", "kind", "object_id"),)

    run_id: int = Field(primary_key=True, foreign_key="import_run.id", sa_column_kwargs={"autoincrement": False})
    kind: str = Field(primary_key=True, max_length=30)
    object_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
