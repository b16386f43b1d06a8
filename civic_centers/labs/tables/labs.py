"""A community lab: a group working on one common need, with its people and its meetings."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class Lab(SQLModel, table=True):
    """What it is about, who may come in, and how it ended. `state` follows civic_centers/labs/rules.py."""

    __tablename__ = "community_lab"
    __table_args__ = (
        UniqueConstraint("community_id", "slug"),
        CheckConstraint("kind IN ('blank', 'care', 'purchasing', 'housing', 'street')", name="kind_known"),
        CheckConstraint("entry IN ('open', 'request', 'invitation')", name="entry_known"),
        CheckConstraint("state IN ('draft', 'open', 'ended')", name="state_known"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended_whole"),
        CheckConstraint("ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on", name="ends_not_before_start"),
        CheckConstraint("families IS NULL OR families BETWEEN 0 AND 100000", name="families_sane"),
        CheckConstraint("people IS NULL OR people BETWEEN 0 AND 100000", name="people_sane"),
        Index("ix_community_lab_listed", "community_id", "state", "zone_id"),
        Index("ix_community_lab_zone", "zone_id"),
        Index("ix_community_lab_center", "center_id"),
        Index("ix_community_lab_need", "need_id"),
        Index("ix_community_lab_thread", "thread_id"),
        Index("ix_community_lab_created_by", "created_by_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    zone_id: int = Field(foreign_key="zone.id")
    center_id: int | None = Field(default=None, foreign_key="center.id")
    need_id: int | None = Field(default=None, foreign_key="wall_need.id")
    """The need of the wall it was made from."""
    thread_id: int = Field(foreign_key="thread.id")
    slug: str = Field(max_length=60)
    name: str = Field(max_length=120)
    need: str = Field(max_length=500)
    """The common need, in the words of who has it."""
    words: str = Field(default="", max_length=2000)
    kind: str = Field(default="blank", max_length=12)
    """The template it began from: one of rules.TEMPLATES."""
    entry: str = Field(default="request", max_length=12)
    state: str = Field(default="draft", max_length=8)
    is_public: bool = False
    """Whether its page is read without an account."""
    starts_on: date | None = None
    ends_on: date | None = None
    outcome: str = Field(default="", max_length=2000)
    """What came of it, said when it ended."""
    families: int | None = None
    people: int | None = None
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Taken out of sight by a maker: only its people and the makers see it."""
    version: int = 1
    """Raised by every edit, so that a form opened earlier is told what changed."""

    @property
    def is_open(self) -> bool:
        """Whether people work in it now."""
        return self.state == "open"


class LabMember(SQLModel, table=True):
    """A person in a lab, for their household or for the organisation they represent: one row, whatever became of it."""

    __tablename__ = "lab_member"
    __table_args__ = (
        UniqueConstraint("lab_id", "person_id"),
        CheckConstraint(
            "state IN ('asked', 'invited', 'in', 'left', 'declined', 'refused', 'removed')", name="state_known"
        ),
        CheckConstraint("NOT is_keeper OR state = 'in'", name="keepers_are_in"),
        Index("ix_lab_member_lab", "lab_id", "state"),
        Index("ix_lab_member_person", "person_id", "community_id", "state"),
        Index("ix_lab_member_party", "party_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    lab_id: int = Field(foreign_key="community_lab.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """None once nothing is kept of who it was."""
    party_id: int | None = Field(default=None, foreign_key="party.id")
    part: str = Field(default="", max_length=200)
    """What they do in it, in their words."""
    is_keeper: bool = False
    named: bool = False
    """Whether the organisation agreed to stand by name on the public page. Never of households."""
    state: str = Field(max_length=10)
    words: str = Field(default="", max_length=500)
    """What they wrote when they asked."""
    reason: str = Field(default="", max_length=500)
    """Why they were refused or removed: read by them and the keepers."""
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    """Since when it is in this state."""
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    """Who invited, let in, refused or removed them."""
    part_hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when a maker has taken their words out of sight: the part, and what they wrote when they asked."""


class LabMeeting(SQLModel, table=True):
    """An activity that is a meeting of a lab; of one lab only."""

    __tablename__ = "lab_meeting"
    __table_args__ = (Index("ix_lab_meeting_lab", "lab_id"),)

    activity_id: int = Field(foreign_key="activity.id", primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    lab_id: int = Field(foreign_key="community_lab.id")
