"""The rooms of a center, and when they are taken: the database itself refuses that two have one at once."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime, never_overlapping


class Room(SQLModel, table=True):
    __tablename__ = "room"
    __table_args__ = (
        CheckConstraint("places IS NULL OR places BETWEEN 1 AND 10000", name="places_sane"),
        CheckConstraint("changeover_minutes BETWEEN 0 AND 480", name="changeover_sane"),
        Index("ix_room_center", "center_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    center_id: int = Field(foreign_key="center.id")
    name: str = Field(max_length=80)
    places: int | None = None
    """How many people there is room for."""
    equipment: str = Field(default="", max_length=400)
    step_free: bool = False
    changeover_minutes: int = 0
    """How long it stays free after each booking, to air and tidy up."""
    on_request: bool = True
    """Whether members and organisations may ask for it."""
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1
    """Raised by every edit, so that a form opened earlier is told."""


class Booking(SQLModel, table=True):
    """A room for a time: asked for, held, or why not."""

    __tablename__ = "booking"
    __table_args__ = (
        CheckConstraint("state IN ('requested', 'held', 'declined', 'cancelled')", name="state_known"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("busy_until >= ends_at", name="busy_to_the_end"),
        CheckConstraint("people IS NULL OR people BETWEEN 1 AND 10000", name="people_sane"),
        Index("ix_booking_room", "room_id", "state", "starts_at"),
        Index("ix_booking_center", "center_id", "state", "starts_at"),
        Index("ix_booking_person", "person_id", "community_id", "starts_at"),
        Index("ix_booking_party", "party_id"),
        Index("ix_booking_session", "session_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    center_id: int = Field(foreign_key="center.id")
    room_id: int = Field(foreign_key="room.id")
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    busy_until: datetime = Field(sa_type=UtcDateTime)
    """The end and the changeover after it."""
    title: str = Field(max_length=120)
    """Read by the keepers and by who booked; others see that the room is taken."""
    people: int | None = None
    """How many are expected."""
    state: str = Field(default="held", max_length=10)
    party_id: int | None = Field(default=None, foreign_key="party.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """None once nothing is kept of who it was."""
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    session_id: int | None = None
    """The session of an activity it is for."""
    reason: str = Field(default="", max_length=500)
    """Why it was declined or cancelled."""
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    version: int = 1


OVERLAP = "booking_overlaps"
# What is held keeps its room from the start to the end of the changeover; what is only asked for keeps nothing.
never_overlapping(Booking, OVERLAP, each="room_id", ends="busy_until", states=("held",))
