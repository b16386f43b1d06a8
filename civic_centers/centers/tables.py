"""A civic center: a place the community fills with small services, when it is open, and who keeps it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime

A_DAY = 24 * 60
"""Minutes."""


class Center(SQLModel, table=True):
    __tablename__ = "center"
    __table_args__ = (
        UniqueConstraint("community_id", "slug"),
        UniqueConstraint("community_id", "import_key"),
        CheckConstraint("(patron_month IS NULL) = (patron_day IS NULL)", name="patron_whole"),
        CheckConstraint("patron_month IS NULL OR patron_month BETWEEN 1 AND 12", name="patron_month_sane"),
        CheckConstraint("patron_day IS NULL OR patron_day BETWEEN 1 AND 31", name="patron_day_sane"),
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="closed_after_opened"),
        Index("ix_center_party", "party_id"),
        Index("ix_center_zone", "zone_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    slug: str = Field(max_length=60)
    name: str = Field(max_length=120)
    words: str = Field(default="", max_length=2000)
    """What it is, for everybody."""
    zone_id: int = Field(foreign_key="zone.id")
    address: str = Field(default="", max_length=300)
    """Public, unlike that of any household."""
    step_free: bool = False
    way_in: str = Field(default="", max_length=200)
    """How to come in: "from the yard, ring twice"."""
    party_id: int | None = Field(default=None, foreign_key="party.id")
    """The organisation that hosts it."""
    province: str = Field(default="", max_length=2)
    """Where the holidays of the place are looked up: `CR`; empty for those of the country alone."""
    patron_month: int | None = None
    patron_day: int | None = None
    """The patron of the municipality, where it is not the one of the province's chief town."""
    open_on_holidays: bool = False
    opened_on: date
    closed_on: date | None = None
    """The last day of a center that is closed for good."""
    closed_words: str = Field(default="", max_length=500)
    version: int = 1
    """Raised by every edit, so that a form opened earlier is told what changed."""
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    import_key: str | None = Field(default=None, max_length=60)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, sa_column_kwargs={"onupdate": now})
    """When anything of it changed last: calendars ask for what is newer."""
    helped_by: str = Field(default="", max_length=500)
    """The names of who helps it and is thanked before everybody, one a line: written by civic_centers/sponsors."""

    @property
    def helpers(self) -> list[str]:
        """These names."""
        return self.helped_by.splitlines()


class Opening(SQLModel, table=True):
    """On one weekday (Monday is 1), from one minute of the day to another on the wall of the community."""

    __tablename__ = "center_opening"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday_known"),
        CheckConstraint("opens >= 0 AND closes <= 1440 AND closes > opens", name="closes_after_opens"),
        UniqueConstraint("center_id", "weekday", "opens"),
    )

    id: int | None = Field(default=None, primary_key=True)
    center_id: int = Field(foreign_key="center.id")
    weekday: int
    opens: int
    closes: int


class SpecialDay(SQLModel, table=True):
    """Days that are not like the others: closed, or open at other hours than the week says."""

    __tablename__ = "center_special_day"
    __table_args__ = (
        CheckConstraint("last_on >= first_on", name="last_not_before_first"),
        CheckConstraint("(opens IS NULL) = (closes IS NULL)", name="hours_whole"),
        CheckConstraint(
            "opens IS NULL OR (opens >= 0 AND closes <= 1440 AND closes > opens)", name="closes_after_opens"
        ),
        Index("ix_center_special_day_center", "center_id", "last_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    center_id: int = Field(foreign_key="center.id")
    first_on: date
    last_on: date
    opens: int | None = None
    """None: closed on these days."""
    closes: int | None = None
    words: str = Field(default="", max_length=200)


class CenterKeeper(SQLModel, table=True):
    """A person who keeps a center, for a while or until it is ended (decision 0050)."""

    __tablename__ = "center_keeper"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name="ends_after_start"),
        Index(
            "uq_center_keeper_standing",
            "center_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_by_id IS NULL AND ends_at IS NULL"),
            postgresql_where=text("ended_by_id IS NULL AND ends_at IS NULL"),
        ),
        Index("ix_center_keeper_person", "person_id", "community_id"),
        Index("ix_center_keeper_center", "center_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    center_id: int = Field(foreign_key="center.id")
    person_id: int = Field(foreign_key="person.id")
    named: bool = False
    """They agreed to be named on the public page; only they say so."""
    starts_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    given_by_id: int | None = Field(default=None, foreign_key="person.id")
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")


class CenterPhoto(SQLModel, table=True):
    __tablename__ = "center_photo"
    __table_args__ = (Index("ix_center_photo_file", "file_id"),)

    center_id: int = Field(foreign_key="center.id", primary_key=True)
    file_id: int = Field(foreign_key="stored_file.id", primary_key=True)
    position: int = 0
    words: str = Field(default="", max_length=200)
    """What is seen on it, for who cannot see it."""
