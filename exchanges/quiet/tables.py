"""What each side answered, for itself alone, to the one quiet question after care."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class QuietAnswer(SQLModel, table=True):
    """One person's answer about one exchange. Nobody else of the two sides ever reads it."""

    __tablename__ = "quiet_answer"
    __table_args__ = (
        CheckConstraint("kind IN ('agreement', 'group_exchange', 'circle_turn')", name="kind_known"),
        CheckConstraint("answer IN ('well', 'unsure')", name="answer_known"),
    )

    kind: str = Field(max_length=20, primary_key=True)
    object_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    answer: str = Field(max_length=10)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
