"""A family's wish to come, each person's place at each date, who may fetch a child, and what trainings gave."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, literal_column, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.crypto.sealed import Sealed
from foundation.database import UtcDateTime

_LIVE = "state IN ('held', 'away', 'offered', 'waiting')"


class EnrolRequest(SQLModel, table=True):
    """People of one household who come or wait together. Its number is its place in the order of arrival."""

    __tablename__ = "enrol_request"
    __table_args__ = (
        CheckConstraint("state IN ('held', 'offered', 'waiting', 'ended')", name="state_known"),
        CheckConstraint("(state = 'offered') = (offer_ends_at IS NOT NULL)", name="offer_ends"),
        Index("ix_enrol_request_line", "activity_id", "session_id", "state", "id"),
        Index("ix_enrol_request_party", "party_id", "state"),
        Index("ix_enrol_request_asked_by", "asked_by_id"),
        Index(
            "ix_enrol_request_due",
            "offer_ends_at",
            sqlite_where=text("state = 'offered'"),
            postgresql_where=text("state = 'offered'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    activity_id: int = Field(foreign_key="activity.id")
    session_id: int | None = Field(default=None, foreign_key="activity_session.id")
    """None where one enrols for all dates in one go."""
    party_id: int | None = Field(default=None, foreign_key="party.id")
    asked_by_id: int | None = Field(default=None, foreign_key="person.id")
    state: str = Field(max_length=10)
    """`held`, `offered` or `waiting` as long as anybody of it is; then `ended`."""
    offer_ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Until when the offered places are kept for them."""
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = 1


class Enrolment(SQLModel, table=True):
    """One person at one date: an adult of the household, or somebody it looks after. `state` follows rules.MOVES."""

    __tablename__ = "enrolment"
    __table_args__ = (
        CheckConstraint(
            "state IN ('held', 'away', 'offered', 'waiting', 'cancelled', 'declined', 'lapsed', 'swapped', 'lost',"
            " 'off')",
            name="state_known",
        ),
        CheckConstraint("person_id IS NULL OR dependant_id IS NULL", name="one_person"),
        CheckConstraint("came_way IN ('', 'code', 'list')", name="came_way_known"),
        CheckConstraint("came_at IS NULL OR absent_at IS NULL", name="came_or_not"),
        CheckConstraint("left_at IS NULL OR came_at IS NOT NULL", name="came_before_left"),
        Index(
            "uq_enrolment_person",
            "session_id",
            "person_id",
            unique=True,
            sqlite_where=text(f"person_id IS NOT NULL AND {_LIVE}"),
            postgresql_where=text(f"person_id IS NOT NULL AND {_LIVE}"),
        ),
        Index(
            "uq_enrolment_dependant",
            "session_id",
            "dependant_id",
            unique=True,
            sqlite_where=text(f"dependant_id IS NOT NULL AND {_LIVE}"),
            postgresql_where=text(f"dependant_id IS NOT NULL AND {_LIVE}"),
        ),
        Index("ix_enrolment_session", "session_id", "state"),
        Index("ix_enrolment_request", "request_id"),
        Index("ix_enrolment_party", "party_id", "session_id"),
        Index("ix_enrolment_person", "person_id"),
        Index(
            "ix_enrolment_dependant",
            "dependant_id",
            "state",
            sqlite_where=text("dependant_id IS NOT NULL"),
            postgresql_where=text("dependant_id IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    request_id: int = Field(foreign_key="enrol_request.id")
    session_id: int = Field(foreign_key="activity_session.id")
    party_id: int | None = Field(default=None, foreign_key="party.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    dependant_id: int | None = Field(default=None, foreign_key="dependant.id")
    is_child: bool = False
    """Under age when enrolled: counted by the ratio of children to adults, and fetched by somebody."""
    state: str = Field(max_length=10)
    late: bool = False
    """Given up later than the activity asks: read by its keepers and by themselves alone."""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    came_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    came_way: str = Field(default="", max_length=10)
    """By their `code` at the door, or from the `list`."""
    absent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was noted that they did not come, without a word: read by keepers and by themselves alone."""
    noted_by_id: int | None = Field(default=None, foreign_key="person.id")
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    left_with: str | None = Field(default=None, sa_type=Sealed("enrolment.left_with"))
    """Who fetched them; None for who needs nobody."""
    version: int = Field(default=1, sa_column_kwargs={"onupdate": literal_column("version + 1")})
    """Raised by whatever becomes of it: the SEQUENCE of calendars."""


class PickUp(SQLModel, table=True):
    """Who may fetch somebody, who may not, or that they go home alone; a name is sealed."""

    __tablename__ = "pick_up"
    __table_args__ = (
        CheckConstraint("kind IN ('allowed', 'excluded', 'alone')", name="kind_known"),
        Index("ix_pick_up_dependant", "dependant_id"),
        Index("ix_pick_up_person", "person_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    dependant_id: int = Field(foreign_key="dependant.id")
    kind: str = Field(max_length=10)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """An adult of the household; others only by name."""
    name: str = Field(default="", sa_type=Sealed("pick_up.name"))
    said_by_id: int | None = Field(default=None, foreign_key="person.id")
    said_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class DoorCode(SQLModel, table=True):
    """The code that somebody shows at the door."""

    __tablename__ = "door_code"
    __table_args__ = (UniqueConstraint("community_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    secret: str = Field(sa_type=Sealed("door_code.secret"))
    secret_hash: str = Field(max_length=64, unique=True)
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Qualification(SQLModel, table=True):
    """What somebody has from a training they attended, and until when."""

    __tablename__ = "qualification"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="until_not_before_from"),
        UniqueConstraint("session_id", "person_id"),
        Index("ix_qualification_person", "person_id", "community_id"),
        Index("ix_qualification_until", "until_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id")
    name: str = Field(max_length=80)
    session_id: int = Field(foreign_key="activity_session.id")
    """The date on which it was completed."""
    from_on: date
    until_on: date | None = None
    """The last day it is valid; None: for good."""
    given_by_id: int | None = Field(default=None, foreign_key="person.id")
    given_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
