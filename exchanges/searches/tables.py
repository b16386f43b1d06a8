"""A search of the board that somebody keeps under a name, and whom it has told of which post."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import JsonColumn, UtcDateTime


class SavedSearch(SQLModel, table=True):
    __tablename__ = "saved_search"
    __table_args__ = (
        CheckConstraint("alert IN ('none', 'at_once', 'daily')", name="alert_known"),
        UniqueConstraint("community_id", "person_id", "name"),
        Index("ix_saved_search_alert", "community_id", "alert"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str = Field(max_length=80)
    said: dict[str, str] = Field(default_factory=dict, sa_type=JsonColumn)
    """What it asks for, as it stands in the address of the board."""
    alert: str = Field(default="none", max_length=10)
    kept_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class SearchAlert(SQLModel, table=True):
    """A person hears of a post once, whichever of their searches found it."""

    __tablename__ = "search_alert"
    __table_args__ = (Index("ix_search_alert_waiting", "told_at", "found_at"),)

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs={"autoincrement": False})
    post_id: int = Field(primary_key=True, foreign_key="post.id", sa_column_kwargs={"autoincrement": False})
    community_id: int = Field(foreign_key="community.id")
    name: str = Field(max_length=80)
    """Of the search that found it."""
    found_at: datetime = Field(sa_type=UtcDateTime)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """None while it waits for the letter of the morning."""
