"""What happens in a center: an activity, its rhythm, and its sessions, each of them one date of it."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class Activity(SQLModel, table=True):
    """What it is, for whom, and by which rules people enrol. `state` follows civic_centers/activities/rules.py."""

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'open', 'cancelled', 'ended')", name="state_known"),
        CheckConstraint("enrol_for IN ('session', 'all')", name="enrol_for_known"),
        CheckConstraint("ratio_rule IN ('off', 'warn', 'refuse')", name="ratio_rule_known"),
        CheckConstraint("min_age IS NULL OR min_age BETWEEN 0 AND 120", name="min_age_sane"),
        CheckConstraint("max_age IS NULL OR max_age BETWEEN 0 AND 120", name="max_age_sane"),
        CheckConstraint("min_age IS NULL OR max_age IS NULL OR min_age <= max_age", name="ages_in_order"),
        CheckConstraint("places IS NULL OR places BETWEEN 1 AND 10000", name="places_sane"),
        CheckConstraint("min_places BETWEEN 0 AND 10000", name="min_places_sane"),
        CheckConstraint("places IS NULL OR min_places <= places", name="min_within_places"),
        CheckConstraint("price_cents BETWEEN 0 AND 100000", name="price_sane"),
        CheckConstraint("children_per_adult IS NULL OR children_per_adult BETWEEN 1 AND 50", name="ratio_sane"),
        CheckConstraint("offer_hours BETWEEN 1 AND 336", name="offer_hours_sane"),
        CheckConstraint("cancel_hours BETWEEN 0 AND 336", name="cancel_hours_sane"),
        CheckConstraint("valid_months IS NULL OR valid_months BETWEEN 1 AND 120", name="valid_months_sane"),
        Index("ix_activity_community", "community_id", "state"),
        Index("ix_activity_center", "center_id", "state"),
        Index("ix_activity_party", "party_id"),
        Index("ix_activity_need", "need_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    center_id: int = Field(foreign_key="center.id")
    room_id: int | None = Field(default=None, foreign_key="room.id")
    """The room its sessions are laid out in, unless one has another."""
    party_id: int | None = Field(default=None, foreign_key="party.id")
    """The organisation that holds it; None: the center itself."""
    need_id: int | None = Field(default=None, foreign_key="wall_need.id")
    """The need of the wall it answers."""
    title: str = Field(max_length=120)
    words: str = Field(default="", max_length=2000)
    kind: str = Field(max_length=20)
    """One of rules.KINDS: an afternoon, a workshop, a training."""
    min_age: int | None = None
    """Years, included."""
    max_age: int | None = None
    left_alone: bool = False
    """Whether children stay without an adult of theirs: then consents and who picks them up are asked for."""
    children_per_adult: int | None = None
    """At most so many children for each adult who looks after them."""
    ratio_rule: str = Field(default="off", max_length=10)
    enrol_for: str = Field(default="session", max_length=10)
    """Whether people enrol for single sessions, or for `all` of them in one go."""
    min_places: int = 0
    """With fewer it does not take place: the keepers are warned."""
    places: int | None = None
    """How many may come to each session; None: as many as like."""
    price_cents: int = 0
    """Euro cents a session, paid on the spot and only noted here."""
    price_words: str = Field(default="", max_length=200)
    offer_hours: int = 24
    """How long a place offered to the waiting list is kept."""
    cancel_hours: int = 24
    """Who gives up later than so many hours before is noted as late."""
    qualification: str = Field(default="", max_length=80)
    """What who attended a training has from then on; empty: nothing."""
    valid_months: int | None = None
    """How long it is valid; None: for good."""
    state: str = Field(default="draft", max_length=10)
    reason: str = Field(default="", max_length=500)
    """Why it was cancelled."""
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = 1
    """Raised by every edit, so that a form opened earlier is told what changed."""
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when everybody sees it; None for a draft, also for one that was thrown away."""
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, sa_column_kwargs={"onupdate": now})
    """When anything of it changed last: calendars ask for what is newer."""
    helped_by: str = Field(default="", max_length=500)
    """The names of who helps it and is thanked before everybody, one a line: written by civic_centers/sponsors."""

    @property
    def helpers(self) -> list[str]:
        """These names."""
        return self.helped_by.splitlines()

    @property
    def is_public(self) -> bool:
        """Whether everybody sees it."""
        return self.published_at is not None


class ActivityRhythm(SQLModel, table=True):
    """When its sessions come, between two days. A change from here on ends the rhythm before it and begins another."""

    __tablename__ = "activity_rhythm"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 5 AND 1440", name="minutes_sane"),
        CheckConstraint("every_weeks BETWEEN 1 AND 8", name="every_weeks_sane"),
        CheckConstraint("last_on IS NULL OR last_on >= first_on", name="last_not_before_first"),
        Index("ix_activity_rhythm_activity", "activity_id", "first_on"),
        Index("ix_activity_rhythm_due", "laid_out_until"),
    )

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id")
    weekdays: list[int] = Field(default_factory=list, sa_type=JSON)
    """Monday is 1."""
    every_weeks: int = 1
    at: str = Field(max_length=5)
    """On the wall of the community: `16:30`."""
    minutes: int
    first_on: date
    last_on: date | None = None
    """None: until somebody ends it; sessions are laid out a window at a time."""
    skip_holidays: bool = True
    """Whether nothing comes on holidays and on days the center is closed."""
    laid_out_until: date | None = None
    """Up to and with this day its sessions stand."""


class ActivitySession(SQLModel, table=True):
    """One date of an activity. `taken` is moved by conditional updates alone: never one place too many."""

    __tablename__ = "activity_session"
    __table_args__ = (
        UniqueConstraint("activity_id", "rhythm_id", "day"),
        CheckConstraint("state IN ('planned', 'cancelled')", name="state_known"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("places IS NULL OR places BETWEEN 1 AND 10000", name="places_sane"),
        CheckConstraint("taken >= 0 AND (places IS NULL OR taken <= places)", name="taken_within_places"),
        Index("ix_activity_session_activity", "activity_id", "starts_at"),
        Index("ix_activity_session_when", "community_id", "starts_at"),
        Index("ix_activity_session_center", "center_id", "starts_at"),
        Index("ix_activity_session_room", "room_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    activity_id: int = Field(foreign_key="activity.id")
    rhythm_id: int | None = Field(default=None, foreign_key="activity_rhythm.id")
    """The rhythm that laid it out; None for a date of its own."""
    day: date
    """The day its rhythm gave it, whatever day it was moved to: by it the rhythm knows that it stands."""
    center_id: int = Field(foreign_key="center.id")
    room_id: int | None = Field(default=None, foreign_key="room.id")
    booking_id: int | None = Field(default=None, foreign_key="booking.id")
    """What keeps the room for it."""
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    words: str = Field(default="", max_length=300)
    """What is particular about this date."""
    changed: bool = False
    """Whether it was changed by itself: what is changed for all leaves it as it is, and says so."""
    places: int | None = None
    taken: int = 0
    """Places held by who is enrolled and by what is offered to who waits."""
    state: str = Field(default="planned", max_length=10)
    reason: str = Field(default="", max_length=500)
    """Why it was cancelled."""
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1
    """Raised by every change of time, place or state: the SEQUENCE of calendars."""
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    """When anything that calendars show changed last."""

    @property
    def has_room(self) -> bool:
        """Whether a place is left for one more."""
        return self.places is None or self.taken < self.places
