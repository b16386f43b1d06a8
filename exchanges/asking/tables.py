"""A post that somebody asks about before they propose anything."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class PostQuestion(SQLModel, table=True):
    """The one conversation of a party with who posted something, about that post."""

    __tablename__ = "post_question"
    __table_args__ = (
        UniqueConstraint("post_id", "party_id"),
        Index("ix_post_question_party", "party_id"),
        Index("ix_post_question_asker", "asked_by_id", "asked_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    post_id: int = Field(foreign_key="post.id")
    party_id: int = Field(foreign_key="party.id")
    """Who asks."""
    asked_by_id: int = Field(foreign_key="person.id")
    asked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    thread_id: int = Field(foreign_key="thread.id", unique=True)
