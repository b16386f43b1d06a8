"""The turns of a care circle: who has them, who was asked, who comes, and whether they count in the ledger."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, literal_column, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.crypto.sealed import Sealed
from foundation.database import UtcDateTime


class CircleTurn(SQLModel, table=True):
    """One date on which one adult has the children. Who has it changes by conditional updates alone."""

    __tablename__ = "circle_turn"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'held', 'told', 'done', 'off')", name="state_known"),
        CheckConstraint("state <> 'held' OR family_id IS NOT NULL", name="held_by_somebody"),
        CheckConstraint("state <> 'open' OR person_id IS NULL", name="open_for_all"),
        CheckConstraint("(state = 'off') = (off_why <> '')", name="off_says_why"),
        CheckConstraint("off_why IN ('', 'nobody', 'pause', 'rhythm', 'ended')", name="off_why_known"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("minutes IS NULL OR minutes BETWEEN 1 AND 1440", name="minutes_sane"),
        CheckConstraint("(minutes IS NOT NULL) = (state IN ('told', 'done'))", name="minutes_once_told"),
        CheckConstraint("hours IN ('', 'due', 'moved', 'refused', 'without')", name="hours_known"),
        UniqueConstraint("rhythm_id", "day"),
        Index("ix_circle_turn_circle", "circle_id", "starts_at"),
        Index("ix_circle_turn_when", "state", "starts_at"),
        Index("ix_circle_turn_person", "person_id", "starts_at"),
        Index("ix_circle_turn_second", "second_id", "starts_at"),
        Index("ix_circle_turn_family", "family_id"),
        Index("ix_circle_turn_second_family", "second_family_id"),
        Index("ix_circle_turn_began_family", "began_family_id"),
        Index("ix_circle_turn_gave_up", "gave_up_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    circle_id: int = Field(foreign_key="care_circle.id")
    rhythm_id: int = Field(foreign_key="circle_rhythm.id")
    day: date
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    state: str = Field(default="open", max_length=10)
    off_why: str = Field(default="", max_length=10)
    family_id: int | None = Field(default=None, foreign_key="circle_family.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    second_family_id: int | None = Field(default=None, foreign_key="circle_family.id")
    second_id: int | None = Field(default=None, foreign_key="person.id")
    """Another adult who comes too."""
    gave_up_id: int | None = Field(default=None, foreign_key="person.id")
    """Who had it and cannot: they may still swap."""
    asked_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """While a substitute is looked for: until when those asked last may answer before others are."""
    minutes: int | None = None
    """Real ones, as who had the children told them."""
    told_by_id: int | None = Field(default=None, foreign_key="person.id")
    confirmed_by_id: int | None = Field(default=None, foreign_key="person.id")
    hours: str = Field(default="", max_length=10)
    """What became of its hours in the ledger, once confirmed where turns count; `due`: it began while all agreed."""
    transfer_id: int | None = None
    """The number of the transfer that stands; the ledger keeps that of the turn as its source."""
    posted: int = 0
    """How often its hours were moved: each time under a request key of its own."""
    version: int = Field(default=1, sa_column_kwargs={"onupdate": literal_column("version + 1")})
    """Raised by whatever becomes of it: the SEQUENCE of calendars."""
    began_family_id: int | None = Field(default=None, foreign_key="circle_family.id")
    """Whose turn it was when it began, where others took it over while it ran: the children are in their home."""


class CircleAsk(SQLModel, table=True):
    """That somebody was asked to take a turn in somebody's stead, and what they said."""

    __tablename__ = "circle_ask"
    __table_args__ = (
        CheckConstraint("said IN ('', 'yes', 'no')", name="said_known"),
        UniqueConstraint("turn_id", "person_id"),
        Index("ix_circle_ask_person", "person_id", "asked_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    turn_id: int = Field(foreign_key="circle_turn.id")
    person_id: int = Field(foreign_key="person.id")
    asked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    said: str = Field(default="", max_length=5)


class CircleSwap(SQLModel, table=True):
    """Turn for turn: who cannot on `turn_id` takes the other, whose adult takes this one."""

    __tablename__ = "circle_swap"
    __table_args__ = (
        CheckConstraint("state IN ('proposed', 'done', 'declined', 'lapsed')", name="state_known"),
        Index(
            "uq_circle_swap_proposed",
            "turn_id",
            "other_turn_id",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
        Index("ix_circle_swap_other", "other_turn_id"),
        Index("ix_circle_swap_to", "to_id", "state"),
        Index("ix_circle_swap_from", "from_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    turn_id: int = Field(foreign_key="circle_turn.id")
    other_turn_id: int = Field(foreign_key="circle_turn.id")
    from_id: int = Field(foreign_key="person.id")
    to_id: int = Field(foreign_key="person.id")
    state: str = Field(default="proposed", max_length=10)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class CircleTurnChild(SQLModel, table=True):
    """A child at a turn: whether it comes, when it was there, and with whom it went."""

    __tablename__ = "circle_turn_child"
    __table_args__ = (
        CheckConstraint("left_at IS NULL OR came_at IS NOT NULL", name="came_before_left"),
        CheckConstraint("off_why IN ('', 'away', 'consent')", name="off_why_known"),
        CheckConstraint("NOT comes OR off_why = ''", name="comes_without_why"),
        UniqueConstraint("turn_id", "child_id"),
        Index("ix_circle_turn_child_child", "child_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    turn_id: int = Field(foreign_key="circle_turn.id")
    child_id: int = Field(foreign_key="circle_child.id")
    comes: bool = True
    came_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    left_with: str | None = Field(default=None, sa_type=Sealed("circle_turn_child.left_with"))
    noted_by_id: int | None = Field(default=None, foreign_key="person.id")
    off_why: str = Field(default="", max_length=10)
    """What keeps it away although nobody said so: once that is over it comes again. Empty where a parent said so."""


class CircleCounting(SQLModel, table=True):
    """A proposal that turns move hours in the ledger; only the yes of every family makes it so."""

    __tablename__ = "circle_counting"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'agreed', 'over')", name="state_known"),
        Index(
            "uq_circle_counting_live",
            "circle_id",
            unique=True,
            sqlite_where=text("state <> 'over'"),
            postgresql_where=text("state <> 'over'"),
        ),
        Index("ix_circle_counting_circle", "circle_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    circle_id: int = Field(foreign_key="care_circle.id")
    state: str = Field(default="open", max_length=10)
    proposed_by_id: int | None = Field(default=None, foreign_key="person.id")
    proposed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class CircleVote(SQLModel, table=True):
    """A family's yes to it. A no ends the proposal."""

    __tablename__ = "circle_vote"
    __table_args__ = (UniqueConstraint("counting_id", "family_id"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    counting_id: int = Field(foreign_key="circle_counting.id")
    family_id: int = Field(foreign_key="circle_family.id", index=True)
    said_by_id: int | None = Field(default=None, foreign_key="person.id")
    said_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
