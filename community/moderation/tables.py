"""Reports, the cases they become, what makers decide, and blocks, which stay between two parties."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from community.moderation.rules import OTHER_HOURS, URGENT_HOURS
from foundation.clock import now
from foundation.crypto.sealed import Sealed
from foundation.database import JsonColumn, UtcDateTime


class Case(SQLModel, table=True):
    """One thing that makers look at, however many reported it. While it is open there is one of each thing.

    (kind, object_id) names the thing through the reportable kinds that features register.
    """

    __tablename__ = "moderation_case"
    __table_args__ = (
        CheckConstraint("source IN ('report', 'sign', 'first_look')", name="source_known"),
        CheckConstraint("(source = 'sign') = (sign <> '')", name="sign_named"),
        Index(
            "uq_moderation_case_open",
            "community_id",
            "kind",
            "object_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_moderation_case_queue", "community_id", "closed_at", "due_at"),
        Index("ix_moderation_case_thing", "kind", "object_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    zone_id: int | None = Field(default=None, foreign_key="zone.id")
    kind: str = Field(max_length=30)
    object_id: int
    about_party_id: int | None = Field(default=None, foreign_key="party.id")
    about_person_id: int | None = Field(default=None, foreign_key="person.id")
    """Who wrote or did it, where it is known."""
    source: str = Field(default="report", max_length=20)
    sign: str = Field(default="", max_length=30)
    """Which automatic sign opened it."""
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    """What the sign counted: numbers only."""
    urgent: bool = False
    opened_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    assigned_to_id: int | None = Field(default=None, foreign_key="person.id")
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class FirstLook(SQLModel, table=True):
    """What a community wishes makers to read before it is on the board. Without a row: nothing."""

    __tablename__ = "first_look"
    __table_args__ = (CheckConstraint("newcomer_posts BETWEEN 0 AND 5", name="newcomer_posts_sane"),)

    community_id: int = Field(foreign_key="community.id", primary_key=True)
    newcomer_posts: int = 0
    """So many of everybody's first posts."""
    category_ids: list[int] = Field(default_factory=list, sa_type=JsonColumn)
    """Every post of these categories, and of those below them."""


class DeskDeadlines(SQLModel, table=True):
    """Within how many hours a community wishes cases to be decided. Without a row: as rules.py says."""

    __tablename__ = "desk_deadlines"
    __table_args__ = (CheckConstraint("urgent_hours BETWEEN 1 AND other_hours", name="urgent_first"),)

    community_id: int = Field(foreign_key="community.id", primary_key=True)
    urgent_hours: int = URGENT_HOURS
    other_hours: int = OTHER_HOURS


class Report(SQLModel, table=True):
    """What one person said about one thing."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint("reason IN ('danger', 'child', 'money', 'insult', 'contact', 'other')", name="reason_known"),
        Index("ix_report_case", "case_id"),
        Index("ix_report_reporter", "reporter_id", "community_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    kind: str = Field(max_length=30)
    object_id: int
    reason: str = Field(max_length=20)
    reporter_id: int = Field(foreign_key="person.id")
    reported_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    case_id: int = Field(foreign_key="moderation_case.id")
    words: str = Field(default="", sa_type=Sealed("report.words"))


class CaseNote(SQLModel, table=True):
    """What makers write to each other about a case."""

    __tablename__ = "case_note"
    __table_args__ = (Index("ix_case_note_case", "case_id"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="moderation_case.id")
    author_id: int = Field(foreign_key="person.id")
    words: str = Field(sa_type=Sealed("case_note.words"))
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Decision(SQLModel, table=True):
    """What makers decided about a case, and whom it concerns. It may be undone; then the case is open again."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('nothing', 'publish', 'hide', 'edit', 'warn', 'limit', 'pause', 'exclude')",
            name="outcome_known",
        ),
        Index(
            "uq_decision_standing",
            "case_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
        Index("ix_decision_person", "person_id", "community_id"),
        Index("ix_decision_year", "community_id", "decided_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    case_id: int = Field(foreign_key="moderation_case.id")
    outcome: str = Field(max_length=20)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """Whom it concerns: they read it and may appeal. None where nothing was to be done."""
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When a limit or a pause ends by itself."""
    reason: str = Field(sa_type=Sealed("decision.reason"))
    decided_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undone_by_id: int | None = Field(default=None, foreign_key="person.id")


class Appeal(SQLModel, table=True):
    """The person concerned asks another maker to look again: once for each decision."""

    __tablename__ = "appeal"
    __table_args__ = (
        CheckConstraint("outcome IN ('', 'upheld', 'overturned')", name="outcome_known"),
        CheckConstraint("(outcome = '') = (answered_at IS NULL)", name="answered_with_outcome"),
        UniqueConstraint("decision_id"),
        Index("ix_appeal_queue", "community_id", "answered_at", "due_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    decision_id: int = Field(foreign_key="decision.id")
    words: str = Field(sa_type=Sealed("appeal.words"))
    appealed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    outcome: str = Field(default="", max_length=20)
    answer: str = Field(default="", sa_type=Sealed("appeal.answer"))
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by_id: int | None = Field(default=None, foreign_key="person.id")


class Limit(SQLModel, table=True):
    """What a person may not do for a while, by a decision. It ends by itself at `until`; None lasts until it is lifted.

    `pause` and `exclude` take everything: who is paused acts for nobody here, and their household, if nobody else acts
    for it, is not seen meanwhile.
    """

    __tablename__ = "member_limit"
    __table_args__ = (
        CheckConstraint("what IN ('posting', 'proposing', 'messages', 'care', 'pause', 'exclude')", name="what_known"),
        Index("ix_member_limit_person", "person_id", "community_id"),
        Index("ix_member_limit_decision", "decision_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id")
    decision_id: int = Field(foreign_key="decision.id")
    what: str = Field(max_length=20)
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lifted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Block(SQLModel, table=True):
    """One party wants nothing to do with another; it works both ways, and the other is not told."""

    __tablename__ = "block"
    __table_args__ = (
        UniqueConstraint("party_id", "blocked_party_id"),
        CheckConstraint("party_id <> blocked_party_id", name="not_itself"),
        Index("ix_block_blocked", "blocked_party_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    party_id: int = Field(foreign_key="party.id")
    blocked_party_id: int = Field(foreign_key="party.id")
    blocked_by_id: int = Field(foreign_key="person.id")
    blocked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
