"""Volunteers: the slots they are looked for in, who took them, what they served, and the register the law asks for."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, literal_column, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.crypto.sealed import Sealed
from foundation.database import UtcDateTime, append_only, never_overlapping

STANDING = "state IN ('held', 'waiting', 'offered')"


class Slot(SQLModel, table=True):
    """A role at a time. `taken` is moved by conditional updates alone: never one place too many."""

    __tablename__ = "volunteer_slot"
    __table_args__ = (
        UniqueConstraint("series_id", "session_id"),
        CheckConstraint("state IN ('open', 'cancelled')", name="state_known"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("most BETWEEN 1 AND 500 AND least BETWEEN 0 AND most", name="numbers_sane"),
        CheckConstraint("taken BETWEEN 0 AND most", name="taken_within_most"),
        CheckConstraint("min_age IS NULL OR min_age BETWEEN 14 AND 99", name="min_age_sane"),
        CheckConstraint("cancel_hours BETWEEN 0 AND 336", name="cancel_hours_sane"),
        CheckConstraint("exchange OR party_id IS NOT NULL", name="volunteering_has_organisation"),
        Index("ix_volunteer_slot_center", "center_id", "state", "starts_at"),
        Index("ix_volunteer_slot_session", "session_id"),
        Index("ix_volunteer_slot_when", "state", "starts_at"),
        Index("ix_volunteer_slot_party", "party_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    center_id: int = Field(foreign_key="center.id")
    session_id: int | None = Field(default=None, foreign_key="activity_session.id")
    """The date of an activity it is for; None: the center itself, at that time."""
    series_id: int | None = Field(default=None, foreign_key="volunteer_series.id")
    """What is asked for at every date of the activity, where it comes from that."""
    party_id: int | None = Field(default=None, foreign_key="party.id")
    """The organisation whose volunteers they are: it insures them and keeps their register."""
    role: str = Field(max_length=80)
    words: str = Field(default="", max_length=300)
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    least: int = 1
    """With fewer it is understaffed."""
    most: int = 1
    taken: int = 0
    """Places held, and offered to who waits."""
    needs_verified: bool = False
    qualification: str = Field(default="", max_length=80)
    min_age: int | None = None
    exchange: bool = False
    """Whether it is an exchange of a member with the community fund. Otherwise it is volunteering, never paid."""
    cancel_hours: int = 24
    """Who gives up later than so many hours before is noted as late."""
    cover_asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when others are asked to come instead of who gave up; None: nobody is."""
    announced_days: int | None = None
    """How many days before it was announced last that people are missing."""
    state: str = Field(default="open", max_length=10)
    reason: str = Field(default="", max_length=500)
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = 1
    """Raised by every change of time or state: the SEQUENCE of calendars."""
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Series(SQLModel, table=True):
    """What is asked for at every date of an activity, those laid out later too."""

    __tablename__ = "volunteer_series"
    __table_args__ = (Index("ix_volunteer_series_activity", "activity_id"),)

    id: int | None = Field(default=None, primary_key=True)
    activity_id: int = Field(foreign_key="activity.id")
    wanted: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """rules.Wanted, as JSON."""
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Template(SQLModel, table=True):
    """The slots of a day or of a week of a center, to be laid out again."""

    __tablename__ = "volunteer_template"
    __table_args__ = (
        CheckConstraint("days IN (1, 7)", name="days_known"),
        Index("ix_volunteer_template_center", "center_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    center_id: int = Field(foreign_key="center.id")
    name: str = Field(max_length=80)
    days: int
    lines: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """rules.Wanted as JSON, each with its `day` (0 is the first), `at` on the wall and `minutes`."""
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignUp(SQLModel, table=True):
    """Somebody and a slot: a place held, waited for or offered, and what was served. Its times are the slot's."""

    __tablename__ = "volunteer_sign_up"
    __table_args__ = (
        CheckConstraint(
            "state IN ('held', 'waiting', 'offered', 'gave_up', 'passed', 'cancelled', 'missed', 'served')",
            name="state_known",
        ),
        CheckConstraint("minutes IS NULL OR minutes BETWEEN 1 AND 1440", name="minutes_sane"),
        CheckConstraint("(state = 'served') = (minutes IS NOT NULL)", name="served_has_minutes"),
        CheckConstraint("(state = 'offered') = (offered_until IS NOT NULL)", name="offered_has_end"),
        CheckConstraint("left_at IS NULL OR came_at IS NOT NULL", name="came_before_left"),
        Index(
            "uq_volunteer_sign_up_standing", "slot_id", "person_id", unique=True,
            sqlite_where=text(STANDING), postgresql_where=text(STANDING),
        ),
        Index("ix_volunteer_sign_up_slot", "slot_id", "state", "id"),
        Index("ix_volunteer_sign_up_person", "person_id", "community_id", "starts_at"),
        Index("ix_volunteer_sign_up_offered", "offered_until"),
        Index("ix_volunteer_sign_up_party", "party_id"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    slot_id: int = Field(foreign_key="volunteer_slot.id")
    person_id: int = Field(foreign_key="person.id")
    party_id: int | None = Field(default=None, foreign_key="party.id")
    """Whose hours they are, where it is an exchange with the fund."""
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    state: str = Field(default="held", max_length=10)
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    offered_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    late: bool = False
    """Given up after the deadline of the slot."""
    came_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    minutes: int | None = None
    """Really served, as a keeper of the center confirmed."""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    confirmed_by_id: int | None = Field(default=None, foreign_key="person.id")
    version: int = Field(default=1, sa_column_kwargs={"onupdate": literal_column("version + 1")})
    """Raised by whatever becomes of it: the SEQUENCE of calendars."""


class Call(SQLModel, table=True):
    """Somebody was asked to come instead of who cannot: who was asked longest ago is asked next."""

    __tablename__ = "volunteer_call"
    __table_args__ = (Index("ix_volunteer_call_person", "person_id", "asked_at"),)

    slot_id: int = Field(foreign_key="volunteer_slot.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    asked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    declined_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Watch(SQLModel, table=True):
    """Somebody chose to be told when people are missing at a center."""

    __tablename__ = "volunteer_watch"
    __table_args__ = (Index("ix_volunteer_watch_person", "person_id"),)

    center_id: int = Field(foreign_key="center.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class VolunteerSheet(SQLModel, table=True):
    """What a volunteer says of themselves for the register (DM 6 October 2021). Sealed."""

    __tablename__ = "volunteer_sheet"
    __table_args__ = (Index("ix_volunteer_sheet_person", "person_id"),)

    community_id: int = Field(foreign_key="community.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    fiscal_code: str = Field(default="", sa_type=Sealed("volunteer_sheet.fiscal_code"))
    born_on: str = Field(default="", sa_type=Sealed("volunteer_sheet.born_on"))
    """`1990-03-02`."""
    born_in: str = Field(default="", sa_type=Sealed("volunteer_sheet.born_in"))
    residence: str = Field(default="", sa_type=Sealed("volunteer_sheet.residence"))
    may_be_asked: bool = True
    """Whether they are asked to come when somebody else cannot."""
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class RegisterLine(SQLModel, table=True):
    """One line of an organisation's register of volunteers: somebody begins or ends. Never changed, never removed."""

    __tablename__ = "volunteer_register"
    __table_args__ = (
        UniqueConstraint("party_id", "number"),
        UniqueConstraint("begun_number", "party_id"),
        CheckConstraint("kind IN ('begin', 'end')", name="kind_known"),
        CheckConstraint("(kind = 'end') = (begun_number IS NOT NULL)", name="end_of_a_begin"),
        Index("ix_volunteer_register_person", "person_id"),
        Index("ix_volunteer_register_community", "community_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    party_id: int = Field(foreign_key="party.id")
    number: int
    """Counted without gaps, by organisation."""
    kind: str = Field(max_length=5)
    begun_number: int | None = None
    """Of an end: the line with which it began."""
    person_id: int = Field(foreign_key="person.id")
    day: date
    name: str = Field(sa_type=Sealed("volunteer_register.name"))
    fiscal_code: str = Field(default="", sa_type=Sealed("volunteer_register.fiscal_code"))
    born: str = Field(default="", sa_type=Sealed("volunteer_register.born"))
    residence: str = Field(default="", sa_type=Sealed("volunteer_register.residence"))
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    written_by_id: int | None = Field(default=None, foreign_key="person.id")


class Insurance(SQLModel, table=True):
    """An organisation has insured a volunteer, occasional ones too (D.Lgs. 117/2017 art. 18). Never changed."""

    __tablename__ = "volunteer_insurance"
    __table_args__ = (
        CheckConstraint("until >= since", name="until_not_before_since"),
        Index("ix_volunteer_insurance_person", "person_id", "party_id", "until"),
        Index("ix_volunteer_insurance_party", "party_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    party_id: int = Field(foreign_key="party.id")
    person_id: int = Field(foreign_key="person.id")
    since: date
    until: date
    policy: str = Field(default="", max_length=80)
    """The number of the policy."""
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    written_by_id: int | None = Field(default=None, foreign_key="person.id")


append_only(RegisterLine)
append_only(Insurance)

OVERLAP = "volunteer_overlaps"
# Nobody is in two places at once: what somebody holds never overlaps, whoever writes it.
never_overlapping(SignUp, OVERLAP, each="person_id", ends="ends_at", states=("held", "offered"))
