"""A care circle, its rhythm and pauses, its families with their adults and children."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, literal_column, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.crypto.sealed import Sealed
from foundation.database import UtcDateTime


class CareCircle(SQLModel, table=True):
    """Families who take turns with the children."""

    __tablename__ = "care_circle"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'running', 'ended')", name="state_known"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended_when"),
        CheckConstraint("at_home OR place_words <> ''", name="place_said"),
        CheckConstraint("most_children BETWEEN 1 AND 20", name="most_children_sane"),
        Index("ix_care_circle_zone", "community_id", "zone_id", "state"),
        Index("ix_care_circle_keeper", "keeper_id"),
        Index("ix_care_circle_thread", "thread_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    zone_id: int = Field(foreign_key="zone.id", index=True)
    lab_id: int | None = Field(default=None, foreign_key="community_lab.id", index=True)
    """The lab it grew out of: who is in it sees its name and days, and may ask to come in."""
    name: str = Field(max_length=80)
    about: str = Field(default="", max_length=1000)
    state: str = Field(default="draft", max_length=10)
    at_home: bool = True
    """In the home of who takes the turn; else where `place_words` say."""
    place_words: str = Field(default="", max_length=200)
    most_children: int = 6
    """Of a turn."""
    keeper_id: int | None = Field(default=None, foreign_key="person.id")
    """The member who began it and keeps it, beside the makers of the zone."""
    thread_id: int = Field(foreign_key="thread.id")
    counting_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when all families agree that turns move hours: those that begin from then on."""
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", max_length=500)
    """Why it ended, for its families."""
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """What is said about it was taken out of sight by a maker."""
    version: int = Field(default=1, sa_column_kwargs={"onupdate": literal_column("version + 1")})

    @property
    def said(self) -> str:
        """What others read about it."""
        return "" if self.hidden_at is not None else self.about


class CircleRhythm(SQLModel, table=True):
    """On which days of the week and when its turns come; after a change the one before has a last day."""

    __tablename__ = "circle_rhythm"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 15 AND 720", name="minutes_sane"),
        CheckConstraint("every_weeks BETWEEN 1 AND 8", name="every_weeks_sane"),
        Index("ix_circle_rhythm_circle", "circle_id", "first_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    circle_id: int = Field(foreign_key="care_circle.id")
    weekdays: list[int] = Field(default_factory=list, sa_type=JSON)
    """Monday is 1."""
    every_weeks: int = 1
    at: str = Field(max_length=5)
    """On the wall of the community: `16:30`."""
    minutes: int
    first_on: date
    last_on: date | None = None
    """Before `first_on`: nothing of it ever came."""
    laid_out_until: date | None = None
    """Up to and with this day its turns stand."""


class CirclePause(SQLModel, table=True):
    """Days without turns: of the whole circle, or of one family that takes none."""

    __tablename__ = "circle_pause"
    __table_args__ = (
        CheckConstraint("last_on >= first_on", name="last_not_before_first"),
        Index("ix_circle_pause_circle", "circle_id", "last_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    circle_id: int = Field(foreign_key="care_circle.id")
    family_id: int | None = Field(default=None, foreign_key="circle_family.id", index=True)
    first_on: date
    last_on: date
    said_by_id: int | None = Field(default=None, foreign_key="person.id")


class CircleFamily(SQLModel, table=True):
    """A household in a circle. One that left and comes back is a new row."""

    __tablename__ = "circle_family"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'invited', 'in', 'left')", name="state_known"),
        Index(
            "uq_circle_family_live",
            "circle_id",
            "party_id",
            unique=True,
            sqlite_where=text("state <> 'left'"),
            postgresql_where=text("state <> 'left'"),
        ),
        Index("ix_circle_family_party", "party_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    circle_id: int = Field(foreign_key="care_circle.id")
    party_id: int | None = Field(default=None, foreign_key="party.id")
    state: str = Field(max_length=10)
    """`asked`: a keeper looks first; `invited`: the family has not answered yet."""
    asked_by_id: int | None = Field(default=None, foreign_key="person.id")
    asked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    agreed_by_id: int | None = Field(default=None, foreign_key="person.id")
    agreed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    text_version: str = Field(default="", max_length=10)
    """Which sentences it said yes to: rules.TEXTS."""
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CircleAdult(SQLModel, table=True):
    """An adult of a family who may take turns. Each says yes for themselves."""

    __tablename__ = "circle_adult"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'yes', 'no')", name="state_known"),
        UniqueConstraint("family_id", "person_id"),
        Index("ix_circle_adult_person", "person_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    family_id: int = Field(foreign_key="circle_family.id")
    person_id: int = Field(foreign_key="person.id")
    state: str = Field(default="asked", max_length=10)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CircleChild(SQLModel, table=True):
    """A child that a family brings; what to know in an emergency is sealed."""

    __tablename__ = "circle_child"
    __table_args__ = (
        Index(
            "uq_circle_child_live",
            "family_id",
            "dependant_id",
            unique=True,
            sqlite_where=text("gone_at IS NULL"),
            postgresql_where=text("gone_at IS NULL"),
        ),
        Index("ix_circle_child_dependant", "dependant_id"),
        Index("ix_circle_child_gone", "gone_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    family_id: int = Field(foreign_key="circle_family.id")
    dependant_id: int | None = Field(default=None, foreign_key="dependant.id")
    added_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    gone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    first_aid: str | None = Field(default=None, sa_type=Sealed("circle_child.first_aid"))
    written_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    written_by_id: int | None = Field(default=None, foreign_key="person.id")
