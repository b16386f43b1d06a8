"""A group: somebody gives to several at once, everybody answers for themselves, and one transfer settles it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.crypto.sealed import Sealed, SealedIfConfidential, seal_along
from foundation.database import UtcDateTime, append_only


class GroupExchange(SQLModel, table=True):
    """Who gives, what, when, how it is shared. `state` follows rules.GROUP."""

    __tablename__ = "group_exchange"
    __table_args__ = (
        CheckConstraint(
            "state IN ('planned', 'held', 'settled', 'cancelled', 'missed', 'withdrawn', 'void')", name="state_known"
        ),
        CheckConstraint("way IN ('post', 'recorded')", name="way_known"),
        CheckConstraint("rule IN ('fund', 'equal', 'weighted', 'gift')", name="rule_known"),
        CheckConstraint("place IN ('', 'host', 'somewhere', 'remote')", name="place_known"),
        CheckConstraint("minutes BETWEEN 0 AND 6000", name="minutes_sane"),
        CheckConstraint("(rule = 'gift') = (minutes = 0)", name="hours_unless_gift"),
        CheckConstraint("host_minutes IS NULL OR host_minutes BETWEEN 0 AND 600000", name="host_minutes_sane"),
        CheckConstraint("places BETWEEN 1 AND 100", name="places_sane"),
        CheckConstraint("expense_cents >= 0", name="expense_not_negative"),
        CheckConstraint("way <> 'post' OR (post_id IS NOT NULL AND starts_at IS NOT NULL)", name="planned_from_post"),
        Index("ix_group_exchange_host", "host_id", "state"),
        Index("ix_group_exchange_post", "post_id", "state"),
        Index("ix_group_exchange_thread", "thread_id", unique=True),
        Index("ix_group_exchange_due", "state", "starts_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    post_id: int | None = Field(default=None, foreign_key="post.id")
    way: str = Field(max_length=10)
    """How it began: from a `post`, or `recorded` after the fact."""
    state: str = Field(default="planned", max_length=10)
    host_id: int = Field(foreign_key="party.id")
    adult_id: int | None = Field(default=None, foreign_key="person.id")
    """The adult of the host's side who gives."""
    category_id: int | None = Field(default=None, foreign_key="category.id")
    title: str = Field(max_length=120, sa_type=SealedIfConfidential("group_exchange.title"))
    rule: str = Field(default="fund", max_length=10)
    places: int = 1
    starts_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    place: str = Field(default="", max_length=10)
    """At the home of the `host`, `somewhere`, or `remote`."""
    place_words: str = Field(default="", max_length=200, sa_type=SealedIfConfidential("group_exchange.place_words"))
    minutes: int = 0
    """Of the meeting: as agreed, then as it really was; 0 for a gift."""
    host_minutes: int | None = None
    """What the host receives at most, once it was written down; what is given beyond goes to the fund."""
    thread_id: int = Field(foreign_key="thread.id")
    delivered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    happened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", max_length=2000, sa_type=Sealed("group_exchange.reason"))
    """Why it was called off, or did not take place."""
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = 1
    """Raised by every step of the host, so that a stale form is told what changed; who joins or answers raises none."""
    expense_cents: int = 0
    """Euro that each who comes gives the host for what was bought: as agreed, then as it really was. Never hours."""
    expense_words: str = Field(default="", max_length=200, sa_type=SealedIfConfidential("group_exchange.expense_words"))
    second_id: int | None = Field(default=None, foreign_key="person.id")
    """The second adult who is there too, where the community asks for one."""


seal_along(GroupExchange, "title", "place_words", "expense_words")


class GroupPlace(SQLModel, table=True):
    """One party's place in a group, and the person who comes for it. `state` follows rules.PLACE."""

    __tablename__ = "group_place"
    __table_args__ = (
        CheckConstraint(
            "state IN ('asked', 'coming', 'left', 'told', 'confirmed', 'disputed', 'absent', 'out', 'off')",
            name="state_known",
        ),
        CheckConstraint("minutes BETWEEN 0 AND 6000", name="minutes_sane"),
        CheckConstraint("reserved BETWEEN 0 AND 6000", name="reserved_sane"),
        CheckConstraint("said_minutes IS NULL OR said_minutes BETWEEN 0 AND 6000", name="said_sane"),
        CheckConstraint(
            "state IN ('coming', 'told', 'disputed', 'confirmed') OR reserved = 0", name="reserved_if_held"
        ),
        UniqueConstraint("group_id", "party_id"),
        Index("ix_group_place_party", "party_id", "state"),
        Index("ix_group_place_due", "state", "settles_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="group_exchange.id")
    party_id: int = Field(foreign_key="party.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """Who of the party comes."""
    state: str = Field(max_length=10)
    minutes: int = 0
    """What this place gives, as agreed beforehand."""
    reserved: int = 0
    """What the ledger holds back for it at this moment."""
    said_minutes: int | None = None
    """What was written down; after a maker's decision, what was decided."""
    said_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settles_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When silence confirms it; None where silence must not (domain, Exchanges)."""
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", max_length=2000, sa_type=Sealed("group_place.reason"))
    """Why it was different."""
    resolution: str = Field(default="", max_length=2000, sa_type=Sealed("group_place.resolution"))
    """The maker's reason, which host and attendee read."""
    version: int = 1


class GroupEvent(SQLModel, table=True):
    """One step of a group or of one of its places: append-only."""

    __tablename__ = "group_event"
    __table_args__ = (Index("ix_group_event_group", "group_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    group_id: int = Field(foreign_key="group_exchange.id")
    place_id: int | None = Field(default=None, foreign_key="group_place.id")
    verb: str = Field(max_length=30)
    state: str = Field(max_length=10)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    party_id: int | None = Field(default=None, foreign_key="party.id")
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    details: dict[str, str | int | bool | None] = Field(default_factory=dict, sa_type=JSON)


append_only(GroupEvent)
