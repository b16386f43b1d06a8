"""What the tables of waiting work have in common: when a row is due, who works on it, and how it ended."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from foundation.database import JsonColumn, UtcDateTime


class Claimable(SQLModel):
    """A row that waits for a worker. It is open until `done_at` or `dead_at` is set.

    A worker claims it by writing `claimed_by` and `claimed_until`; when that moment passes without an end, as
    after a kill -9, anybody may claim it again.
    """

    id: int | None = Field(default=None, primary_key=True)
    key: str | None = Field(default=None, max_length=200)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    created_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int = 0
    claimed_by: str | None = Field(default=None, max_length=120)
    claimed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    dead_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_error: str | None = Field(default=None, max_length=2000)


def claimable_constraints(table: str, queue_column: str) -> tuple[Any, ...]:
    """The constraints of a table of waiting work: one row a key, a small index of what is open."""
    is_open = text("done_at IS NULL AND dead_at IS NULL")
    return (
        UniqueConstraint(queue_column, "key"),
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        Index(f"ix_{table}_open", "due_at", "id", sqlite_where=is_open, postgresql_where=is_open),
    )
