"""What a lab wants to reach, and what is to be done for it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from foundation.database import UtcDateTime


class LabGoal(SQLModel, table=True):
    """What a lab wants to reach, until when, and by what one sees that it did."""

    __tablename__ = "lab_goal"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'reached', 'dropped')", name="state_known"),
        Index("ix_lab_goal_lab", "lab_id", "state"),
        Index("ix_lab_goal_photo", "photo_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    lab_id: int = Field(foreign_key="community_lab.id")
    words: str = Field(max_length=300)
    due_on: date | None = None
    state: str = Field(default="open", max_length=8)
    evidence: str = Field(default="", max_length=1000)
    photo_id: int | None = Field(default=None, foreign_key="lab_photo.file_id")
    said_by_id: int | None = Field(default=None, foreign_key="person.id")
    said_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class LabTask(SQLModel, table=True):
    """Something to be done, by whoever takes it."""

    __tablename__ = "lab_task"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'done', 'closed')", name="state_known"),
        Index("ix_lab_task_lab", "lab_id", "state"),
        Index("ix_lab_task_owner", "owner_id", "state", "due_on"),
        Index("ix_lab_task_due", "state", "due_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    lab_id: int = Field(foreign_key="community_lab.id")
    words: str = Field(max_length=300)
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    due_on: date | None = None
    state: str = Field(default="open", max_length=8)
    """`closed`: not needed any more, or the lab ended."""
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1
