"""Who was asked whether all is well, and who rests for a while."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from community.resting.rules import ASK_AFTER_MONTHS, REST_AFTER_DAYS
from foundation.clock import now
from foundation.database import UtcDateTime

OPEN_ASK = text("answered_at IS NULL")
STANDING = text("ended_at IS NULL")


class QuietAsk(SQLModel, table=True):
    """Somebody who had done nothing for a long while was asked whether all is well."""

    __tablename__ = "quiet_ask"
    __table_args__ = (
        CheckConstraint("answer IN ('', 'fine', 'rest', 'leave')", name="answer_known"),
        Index(
            "uq_quiet_ask_open", "community_id", "person_id", unique=True,
            sqlite_where=OPEN_ASK, postgresql_where=OPEN_ASK,
        ),
        Index("ix_quiet_ask_person", "person_id", "community_id", "asked_at"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id")
    asked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    answer: str = Field(default="", max_length=10)
    """Empty also where it was answered by doing something, or by silence."""
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    """Whoever heard the answer, where it was given by telephone."""


class Rest(SQLModel, table=True):
    """A while in which neighbours do not see or ask somebody. It takes away no right, and one tap ends it."""

    __tablename__ = "rest"
    __table_args__ = (
        CheckConstraint("why IN ('own', 'quiet', 'told')", name="why_known"),
        Index(
            "uq_rest_standing", "community_id", "person_id", unique=True,
            sqlite_where=STANDING, postgresql_where=STANDING,
        ),
        Index("ix_rest_person", "person_id", "community_id"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id")
    why: str = Field(max_length=10)
    """`own`: by their own wish; `quiet`: they did not answer when they were asked; `told`: they told a maker."""
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    """A maker who wrote it down for them."""


class RestRules(SQLModel, table=True):
    """After how long a community asks, and after how long it lets rest. Without a row: as rules.py says."""

    __tablename__ = "rest_rules"
    __table_args__ = (
        CheckConstraint("ask_after_months BETWEEN 0 AND 36", name="ask_after_sane"),
        CheckConstraint("rest_after_days BETWEEN 0 AND 365", name="rest_after_sane"),
    )

    community_id: int = Field(foreign_key="community.id", primary_key=True)
    ask_after_months: int = ASK_AFTER_MONTHS
    """0: nobody is asked."""
    rest_after_days: int = REST_AFTER_DAYS
    """After the question; 0: nobody rests for not answering."""
