"""Who moves from one community of the installation to another, and what they wish to take along."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import JsonColumn, UtcDateTime


class CommunityMove(SQLModel, table=True):
    """One person who moves. How far they are says the membership they asked for, and their leaving.

    `open` until they have left (`gone`), the others said no (`declined`), or they stay after all (`withdrawn`).
    """

    __tablename__ = "community_move"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'gone', 'declined', 'withdrawn')", name="state_known"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_whole"),
        CheckConstraint("from_community_id <> to_community_id", name="somewhere_else"),
        Index(
            "uq_community_move_one_open",
            "from_community_id",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_community_move_membership", "membership_id", "state"),
        Index("ix_community_move_party", "from_party_id", "state"),
        Index("ix_community_move_together", "with_move_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    from_community_id: int = Field(foreign_key="community.id")
    from_party_id: int | None = Field(default=None, foreign_key="party.id")
    """The household they move out of; None for who has none."""
    to_community_id: int = Field(foreign_key="community.id")
    membership_id: int = Field(foreign_key="membership.id")
    """What they asked for there."""
    to_party_id: int | None = Field(default=None, foreign_key="party.id")
    """Their household there, once they are let in."""
    with_move_id: int | None = Field(default=None, foreign_key="community_move.id", ondelete="SET NULL")
    """The move of another adult of the household, who wished that they come into one household there too."""
    state: str = Field(default="open", max_length=10)
    asked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    says_where: bool = False
    """Whether the makers there may know where they come from."""
    carries: list[str] = Field(default_factory=list, sa_type=JsonColumn)
    """What of their household goes along: see rules.CARRIES."""
    dependants: list[int] = Field(default_factory=list, sa_type=JsonColumn)
    """Whose page goes along, by id, until it has; each ticked by who looks after them."""
    companions: list[int] = Field(default_factory=list, sa_type=JsonColumn)
    """Adults of the household who may come along into one household, by id."""
