"""What parties wish about being suggested, and whom the author of a post has asked."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class SuggestionWish(SQLModel, table=True):
    """A party that is gladly suggested, because it would like to give something back, or not at all for now."""

    __tablename__ = "suggestion_wish"
    __table_args__ = (CheckConstraint("wish IN ('gladly', 'never')", name="wish_known"),)

    party_id: int = Field(primary_key=True, foreign_key="party.id", sa_column_kwargs={"autoincrement": False})
    wish: str = Field(max_length=10)
    set_by_id: int = Field(foreign_key="person.id")
    set_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class AskedToAnswer(SQLModel, table=True):
    """The author of a post asked a party whether it could answer: once. "Not now" is told to nobody."""

    __tablename__ = "asked_to_answer"
    __table_args__ = (
        UniqueConstraint("post_id", "party_id"),
        Index("ix_asked_to_answer_party", "party_id", "asked_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id")
    party_id: int = Field(foreign_key="party.id")
    asked_by_id: int = Field(foreign_key="person.id")
    asked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    not_now_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
