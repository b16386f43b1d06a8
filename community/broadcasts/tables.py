"""A broadcast: what a maker writes to many at once, from its first draft to what became of it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from community.broadcasts.rules import APPROVAL_ABOVE
from foundation.clock import now
from foundation.database import UtcDateTime


class Broadcast(SQLModel, table=True):
    """Words of one maker to many people. `state` follows rules.py."""

    __tablename__ = "broadcast"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'waiting', 'planned', 'sending', 'sent', 'stopped')", name="state_known"),
        CheckConstraint("(object_id IS NULL) = (audience IN ('community', 'zones'))", name="thing_where_of_a_thing"),
        CheckConstraint("purpose IN ('news', 'needed', 'urgent')", name="purpose_known"),
        CheckConstraint("purpose <> 'urgent' OR reason <> ''", name="urgent_says_why"),
        CheckConstraint("(approved_by_id IS NULL) = (approved_at IS NULL)", name="approved_whole"),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> author_id", name="approved_by_another"),
        CheckConstraint("counted >= 0", name="counted_not_negative"),
        Index("ix_broadcast_listed", "community_id", "state", "id"),
        Index("ix_broadcast_author_id", "author_id"),
        Index("ix_broadcast_ended", "ended_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    author_id: int = Field(foreign_key="person.id")
    audience: str = Field(max_length=30)
    """`community`, `zones` (see BroadcastZone), or a kind of audience that some feature declares, of `object_id`."""
    object_id: int | None = None
    subject: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """By language code; so are the words."""
    words: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    purpose: str = Field(default="news", max_length=10)
    """`news`: for who agreed to news; `needed`: members need to know it; `urgent`: today, and it cannot wait."""
    reason: str = Field(default="", max_length=300)
    """Why it is urgent: read by makers only."""
    state: str = Field(default="draft", max_length=10)
    send_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it is to go out; None: as soon as it may."""
    counted: int = 0
    """How many people it was to reach when it was sent off."""
    sent_off_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    approved_by_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    remark: str = Field(default="", max_length=500)
    """What the second maker said who would not let it go like this; or why it was stopped, in a word of the house."""
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the last person was told, or it was stopped."""
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when members do not read it any more, as the makers decided."""
    delivered: int | None = None
    """The figures, once who was told is known no more; None while they are still counted."""
    failed: int | None = None
    called: int | None = None
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = 1
    """Raised by every step, so that what is approved is what was read."""

    @property
    def urgent(self) -> bool:
        return self.purpose == "urgent"


class BroadcastZone(SQLModel, table=True):
    """A zone it goes to; or, where it goes to the people of a thing, the zone where that stands."""

    __tablename__ = "broadcast_zone"

    broadcast_id: int = Field(foreign_key="broadcast.id", primary_key=True)
    zone_id: int = Field(foreign_key="zone.id", primary_key=True, index=True)


class BroadcastLink(SQLModel, table=True):
    """A page elsewhere that it leads to, and how often it was opened. By whom is not kept."""

    __tablename__ = "broadcast_link"
    __table_args__ = (CheckConstraint("opened >= 0", name="opened_not_negative"),)

    broadcast_id: int = Field(foreign_key="broadcast.id", primary_key=True)
    position: int = Field(primary_key=True)
    words: str = Field(max_length=80)
    url: str = Field(max_length=500)
    opened: int = 0


class BroadcastTelling(SQLModel, table=True):
    """That somebody was told: once, however often the job begins again. Let go of when the figures are final."""

    __tablename__ = "broadcast_telling"

    broadcast_id: int = Field(foreign_key="broadcast.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class BroadcastRules(SQLModel, table=True):
    """Above how many people a second maker reads it first. Without a row: as rules.py says."""

    __tablename__ = "broadcast_rules"
    __table_args__ = (CheckConstraint("approval_above BETWEEN 0 AND 100000", name="approval_sane"),)

    community_id: int = Field(foreign_key="community.id", primary_key=True)
    approval_above: int = APPROVAL_ABOVE
