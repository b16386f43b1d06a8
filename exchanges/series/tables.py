"""A series: two parties meet again and again. Its meetings are agreements; here is what they have in common."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.crypto.sealed import Sealed, SealedIfConfidential
from foundation.database import UtcDateTime, append_only


class Series(SQLModel, table=True):
    """Who gives, who receives, what. `state` follows exchanges/series/rules.py; when and how long are its terms."""

    __tablename__ = "series"
    __table_args__ = (
        CheckConstraint(
            "state IN ('proposed', 'open', 'changing', 'ended', 'declined', 'withdrawn')", name="state_known"
        ),
        CheckConstraint("way IN ('post', 'asked')", name="way_known"),
        CheckConstraint("giver_id <> receiver_id", name="two_parties"),
        CheckConstraint("turn_id = giver_id OR turn_id = receiver_id", name="turn_is_a_party"),
        CheckConstraint("way <> 'post' OR post_id IS NOT NULL", name="post_where_from_post"),
        Index("ix_series_giver", "giver_id", "state"),
        Index("ix_series_receiver", "receiver_id", "state"),
        Index("ix_series_post", "post_id", "state"),
        Index("ix_series_thread", "thread_id", unique=True),
        Index("ix_series_due", "state", "laid_out_until"),
        Index(
            "uq_series_one_open_proposal",
            "post_id",
            "proposer_id",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    post_id: int | None = Field(default=None, foreign_key="post.id")
    way: str = Field(max_length=10)
    """How it began: from a `post`, or `asked` of a person directly."""
    state: str = Field(default="proposed", max_length=10)
    turn_id: int = Field(foreign_key="party.id")
    """Whose turn it is: the party that the present state waits for."""

    giver_id: int = Field(foreign_key="party.id")
    receiver_id: int = Field(foreign_key="party.id")
    proposer_id: int = Field(foreign_key="party.id")
    category_id: int | None = Field(default=None, foreign_key="category.id")
    title: str = Field(max_length=120, sa_type=SealedIfConfidential("series.title"))
    thread_id: int = Field(foreign_key="thread.id")
    """One thread for the series and all its meetings."""

    laid_out_until: date | None = None
    """Up to and with this day its meetings have been laid out as agreements."""
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", max_length=2000, sa_type=Sealed("series.reason"))
    """Why it was declined or ended."""
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = 1
    """Raised by every change, so that a stale form is told what changed."""


class SeriesTerms(SQLModel, table=True):
    """When the two meet, for how long, who comes and where, between two days.

    A change from here on ends the terms before it and begins new ones, so that what was stays as it was.
    """

    __tablename__ = "series_terms"
    __table_args__ = (
        CheckConstraint("state IN ('proposed', 'agreed', 'dropped')", name="state_known"),
        CheckConstraint("place IN ('', 'giver', 'receiver', 'somewhere', 'remote')", name="place_known"),
        CheckConstraint("minutes BETWEEN 0 AND 6000", name="minutes_sane"),
        CheckConstraint("gift OR minutes > 0", name="hours_unless_gift"),
        CheckConstraint("expense_cents >= 0", name="expense_not_negative"),
        CheckConstraint("last_day IS NULL OR last_day >= first_day", name="last_day_not_before_first"),
        CheckConstraint("every_weeks BETWEEN 1 AND 4", name="every_sane"),
        Index("ix_series_terms_series", "series_id", "first_day"),
        Index(
            "uq_series_terms_one_proposed",
            "series_id",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    series_id: int = Field(foreign_key="series.id")
    state: str = Field(default="proposed", max_length=10)
    """`proposed` by one side, `agreed` by both, or `dropped`: declined, taken back, or replaced before it began."""
    proposed_by_id: int = Field(foreign_key="party.id")
    proposed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)

    first_day: date
    last_day: date | None = None
    """None: until one of the two ends it."""
    weekdays: list[int] = Field(sa_type=JSON)
    """Monday is 1, Sunday 7."""
    at: str = Field(max_length=5)
    """The time on the wall of the community, such as `16:30`."""
    every_weeks: int = 1
    """1: every week; 2: every second week, counted from the week of the first day."""

    minutes: int = 0
    """Of each meeting; 0 for a gift."""
    gift: bool = False
    adult_id: int | None = Field(default=None, foreign_key="person.id")
    """The adult of the giver's side who comes."""
    place: str = Field(default="", max_length=10)
    """At the home of the `giver` or of the `receiver`, `somewhere`, or `remote`."""
    place_words: str = Field(default="", max_length=200, sa_type=SealedIfConfidential("series_terms.place_words"))
    expense_cents: int = 0
    """Of each meeting."""
    expense_words: str = Field(default="", max_length=200, sa_type=SealedIfConfidential("series_terms.expense_words"))
    second_id: int | None = Field(default=None, foreign_key="person.id")
    """The second adult, of either side, who is there too where the community asks for one."""


class SeriesEvent(SQLModel, table=True):
    """One step of a series: append-only. What happens to a meeting stands among the events of its agreement."""

    __tablename__ = "series_event"
    __table_args__ = (Index("ix_series_event_series", "series_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    series_id: int = Field(foreign_key="series.id")
    verb: str = Field(max_length=30)
    state: str = Field(max_length=10)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    party_id: int | None = Field(default=None, foreign_key="party.id")
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    details: dict[str, str | int | bool | None] = Field(default_factory=dict, sa_type=JSON)


append_only(SeriesEvent)
