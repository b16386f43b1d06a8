"""The needs wall of a center: what is missing here, who misses it too, and what became of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class WallNeed(SQLModel, table=True):
    __tablename__ = "wall_need"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'open', 'became', 'answered', 'merged', 'closed', 'withdrawn', 'hidden')",
            name="state_known",
        ),
        CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged_whole"),
        CheckConstraint("(became_kind = '') = (became_id IS NULL)", name="became_whole"),
        CheckConstraint("on_paper BETWEEN 0 AND 1000", name="on_paper_sane"),
        Index("ix_wall_need_center", "center_id", "state", "id"),
        Index("ix_wall_need_person", "person_id", "community_id"),
        Index("ix_wall_need_party", "party_id"),
        Index("ix_wall_need_merged", "merged_into_id"),
        Index("ix_wall_need_became", "became_kind", "became_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    center_id: int = Field(foreign_key="center.id")
    zone_id: int = Field(foreign_key="zone.id")
    words: str = Field(max_length=300)
    state: str = Field(default="open", max_length=10)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """Who misses it; None for what stood on the sheet without a name, or once nothing is kept of who it was."""
    party_id: int | None = Field(default=None, foreign_key="party.id")
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    on_paper: int = 0
    """How many ticked it on the sheet in the hall, without an account."""
    reply: str = Field(default="", max_length=1000)
    """What the people of the center answered, or why it is closed."""
    became_kind: str = Field(default="", max_length=20)
    """What is being made of it (`post`, `activity`, `lab`); the state is `became` once it is there for others."""
    became_id: int | None = None
    merged_into_id: int | None = Field(default=None, foreign_key="wall_need.id")
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    shown_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when others read it; None while a maker is to read it first."""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")


class WallSupport(SQLModel, table=True):
    """Somebody misses it too, or could help: each once, until they take it back."""

    __tablename__ = "wall_support"
    __table_args__ = (
        CheckConstraint("kind IN ('me_too', 'help')", name="kind_known"),
        Index("ix_wall_support_person", "person_id"),
        Index("ix_wall_support_party", "party_id"),
    )

    need_id: int = Field(foreign_key="wall_need.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    kind: str = Field(max_length=10, primary_key=True)
    party_id: int | None = Field(default=None, foreign_key="party.id")
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
