"""Somebody who speaks with the makers about a case, or about another look."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class CaseTalk(SQLModel, table=True):
    """The one conversation of a person with the makers of a case; with those who look again, one for each appeal.

    Who reported and who is concerned have one each, so that neither reads the other.
    """

    __tablename__ = "case_talk"
    __table_args__ = (
        Index(
            "uq_case_talk_person",
            "case_id",
            "person_id",
            unique=True,
            sqlite_where=text("appeal_id IS NULL"),
            postgresql_where=text("appeal_id IS NULL"),
        ),
        Index(
            "uq_case_talk_appeal",
            "appeal_id",
            unique=True,
            sqlite_where=text("appeal_id IS NOT NULL"),
            postgresql_where=text("appeal_id IS NOT NULL"),
        ),
        Index("ix_case_talk_person", "person_id", "community_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    case_id: int = Field(foreign_key="moderation_case.id")
    person_id: int = Field(foreign_key="person.id")
    appeal_id: int | None = Field(default=None, foreign_key="appeal.id")
    thread_id: int = Field(foreign_key="thread.id", unique=True)
    opened_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
