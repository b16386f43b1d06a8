"""From a proposal to a settled exchange: one row that moves through the states of rules.py, and its history."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.crypto.sealed import Sealed, SealedIfConfidential, seal_along
from foundation.database import UtcDateTime, append_only


class Agreement(SQLModel, table=True):
    """Who gives, who receives, what, when and how long. `state` follows exchanges/agreements/rules."""

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint(
            "state IN ('proposed', 'accepted', 'delivered', 'disputed', 'settled', "
            "'declined', 'withdrawn', 'cancelled', 'missed', 'void')",
            name="state_known",
        ),
        CheckConstraint("way IN ('post', 'asked', 'recorded', 'assegno', 'series')", name="way_known"),
        CheckConstraint("place IN ('', 'giver', 'receiver', 'somewhere', 'remote')", name="place_known"),
        CheckConstraint("giver_id <> receiver_id", name="two_parties"),
        CheckConstraint("turn_id = giver_id OR turn_id = receiver_id", name="turn_is_a_party"),
        CheckConstraint("minutes BETWEEN 0 AND 6000", name="minutes_sane"),
        CheckConstraint("gift OR minutes > 0", name="hours_unless_gift"),
        CheckConstraint("delivered_minutes IS NULL OR delivered_minutes BETWEEN 0 AND 6000", name="delivered_sane"),
        CheckConstraint("expense_cents >= 0", name="expense_not_negative"),
        CheckConstraint("way <> 'post' OR post_id IS NOT NULL", name="post_where_from_post"),
        CheckConstraint("(way = 'series') = (series_id IS NOT NULL)", name="series_where_of_series"),
        CheckConstraint("(series_id IS NULL) = (series_day IS NULL)", name="series_day_of_series"),
        Index("ix_agreement_giver", "giver_id", "state"),
        Index("ix_agreement_receiver", "receiver_id", "state"),
        Index("ix_agreement_post", "post_id", "state"),
        Index("ix_agreement_thread", "thread_id"),
        Index("ix_agreement_turn", "turn_id", "state"),
        Index(
            "ix_agreement_series",
            "series_id",
            "series_day",
            sqlite_where=text("series_id IS NOT NULL"),
            postgresql_where=text("series_id IS NOT NULL"),
        ),
        Index("ix_agreement_due", "state", "settles_at"),
        Index(
            "ix_agreement_done",
            "category_id",
            "giver_id",
            sqlite_where=text("state = 'settled'"),
            postgresql_where=text("state = 'settled'"),
        ),
        Index(
            "uq_agreement_one_open_proposal",
            "post_id",
            "proposer_id",
            unique=True,
            sqlite_where=text("state = 'proposed' AND series_id IS NULL"),
            postgresql_where=text("state = 'proposed' AND series_id IS NULL"),
        ),
        Index(
            "uq_agreement_series_day",
            "series_id",
            "series_day",
            unique=True,
            sqlite_where=text("state <> 'cancelled'"),
            postgresql_where=text("state <> 'cancelled'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    post_id: int | None = Field(default=None, foreign_key="post.id")
    way: str = Field(max_length=10)
    """How it began: from a `post`, `asked` of a person directly, `recorded` after the fact by a side, an
    `assegno` (a paper one typed by a maker, or a time cheque redeemed), or as one meeting of a `series`."""
    state: str = Field(default="proposed", max_length=10)
    turn_id: int = Field(foreign_key="party.id")
    """Whose turn it is: the party that the present state waits for."""

    giver_id: int = Field(foreign_key="party.id")
    receiver_id: int = Field(foreign_key="party.id")
    proposer_id: int = Field(foreign_key="party.id")
    """The party that began: who answered the post, or who recorded the exchange."""
    adult_id: int | None = Field(default=None, foreign_key="person.id")
    """The adult of the giver's side who comes."""
    category_id: int | None = Field(default=None, foreign_key="category.id")
    title: str = Field(max_length=120, sa_type=SealedIfConfidential("agreement.title"))
    """What it is, in the words of the post or of who recorded it."""

    starts_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    place: str = Field(default="", max_length=10)
    """At the home of the `giver` or of the `receiver`, `somewhere`, or `remote`."""
    place_words: str = Field(default="", max_length=200, sa_type=SealedIfConfidential("agreement.place_words"))
    minutes: int = 0
    """Agreed; 0 for a gift."""
    gift: bool = False
    delivered_minutes: int | None = None
    """What really happened, said by who gave (or by who recorded)."""
    delivered_by_id: int | None = Field(default=None, foreign_key="party.id")
    delivered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was said; silence is counted from here."""
    happened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    expense_cents: int = 0
    expense_words: str = Field(default="", max_length=200, sa_type=SealedIfConfidential("agreement.expense_words"))

    thread_id: int = Field(foreign_key="thread.id")
    settles_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When silence settles it; None where silence must not (domain, Exchanges)."""
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """None where nobody ever said yes beforehand: then no contact details were shown, nor ever will be."""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", max_length=2000, sa_type=Sealed("agreement.reason"))
    """Why it was declined, cancelled, missed or disputed."""
    resolution: str = Field(default="", max_length=2000, sa_type=Sealed("agreement.resolution"))
    """The maker's reason, which both sides read."""
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = 1
    """Raised by every change, so that a stale form is told what changed."""
    series_id: int | None = Field(default=None, foreign_key="series.id")
    series_day: date | None = None
    """Which day of its series the meeting stands for, even if it was moved: there is one for each."""
    second_id: int | None = Field(default=None, foreign_key="person.id")
    """The second adult, of either side, who is there too where the community asks for one."""


seal_along(Agreement, "title", "place_words", "expense_words")


class AgreementEvent(SQLModel, table=True):
    """One step of an agreement: append-only."""

    __tablename__ = "agreement_event"
    __table_args__ = (Index("ix_agreement_event_agreement", "agreement_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    agreement_id: int = Field(foreign_key="agreement.id")
    verb: str = Field(max_length=30)
    state: str = Field(max_length=10)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    party_id: int | None = Field(default=None, foreign_key="party.id")
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    details: dict[str, str | int | bool | None] = Field(default_factory=dict, sa_type=JSON)


append_only(AgreementEvent)


class Appreciation(SQLModel, table=True):
    """Thanks after an exchange. No stars, no scores; on the other's profile only if both wish."""

    __tablename__ = "appreciation"

    agreement_id: int = Field(foreign_key="agreement.id", primary_key=True)
    from_party_id: int = Field(foreign_key="party.id", primary_key=True)
    to_party_id: int = Field(foreign_key="party.id", index=True)
    author_id: int = Field(foreign_key="person.id")
    words: str = Field(max_length=500)
    offered: bool = False
    """The author would like it on the other's profile."""
    shown: bool = False
    """The other side wishes it there too."""
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
