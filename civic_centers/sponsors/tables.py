"""What organisations promise to labs, activities, centers and causes of the fund, and what came of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime, append_only


class SponsorPage(SQLModel, table=True):
    """The page of an organisation that gives; before everybody only once the organisation itself says so."""

    __tablename__ = "sponsor_page"
    __table_args__ = (UniqueConstraint("community_id", "slug"),)

    party_id: int = Field(primary_key=True, foreign_key="party.id", sa_column_kwargs={"autoincrement": False})
    community_id: int = Field(foreign_key="community.id")
    slug: str = Field(max_length=60)
    words: str = Field(default="", max_length=1000)
    is_public: bool = False
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when makers have taken it out of sight."""
    version: int = 1
    """Raised by every edit, so that a form opened earlier is told what changed."""


class Pledge(SQLModel, table=True):
    """What an organisation promises. Euro are whole cents, and never enter the ledger of hours.

    `state` follows rules.py: offered, then accepted, declined or withdrawn; accepted, then kept or ended.
    """

    __tablename__ = "pledge"
    __table_args__ = (
        CheckConstraint(
            "state IN ('offered', 'accepted', 'declined', 'withdrawn', 'kept', 'ended')", name="state_known"
        ),
        CheckConstraint("target IN ('center', 'activity', 'lab', 'fund')", name="target_known"),
        CheckConstraint("kind IN ('money', 'goods', 'room', 'skill', 'discount')", name="kind_known"),
        CheckConstraint("(target = 'center') = (center_id IS NOT NULL)", name="center_whole"),
        CheckConstraint("(target = 'activity') = (activity_id IS NOT NULL)", name="activity_whole"),
        CheckConstraint("(target = 'lab') = (lab_id IS NOT NULL)", name="lab_whole"),
        CheckConstraint("(target = 'fund') = (cause <> '')", name="cause_whole"),
        CheckConstraint("lab_resource_id IS NULL OR lab_id IS NOT NULL", name="resource_of_lab"),
        CheckConstraint("amount_cents IS NULL OR amount_cents BETWEEN 1 AND 99999999", name="amount_sane"),
        CheckConstraint("kind <> 'money' OR amount_cents IS NOT NULL", name="money_has_amount"),
        CheckConstraint("until_on >= from_on", name="until_not_before_from"),
        CheckConstraint("NOT conflict OR conflict_words <> ''", name="conflict_has_words"),
        CheckConstraint("yes_way IN ('', 'spoken', 'written')", name="yes_way_known"),
        Index("ix_pledge_community", "community_id", "state"),
        Index("ix_pledge_party", "party_id", "state"),
        Index("ix_pledge_zone", "zone_id", "state"),
        Index("ix_pledge_center", "center_id"),
        Index("ix_pledge_activity", "activity_id"),
        Index("ix_pledge_lab", "lab_id"),
        Index("ix_pledge_lab_resource", "lab_resource_id"),
        Index("ix_pledge_due", "state", "until_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    zone_id: int | None = Field(default=None, foreign_key="zone.id")
    """Whose makers decide: the zone of what it is for, or of the organisation; None for the whole community."""
    party_id: int = Field(foreign_key="party.id")
    """The organisation that gives."""
    target: str = Field(default="fund", max_length=10)
    center_id: int | None = Field(default=None, foreign_key="center.id")
    activity_id: int | None = Field(default=None, foreign_key="activity.id")
    lab_id: int | None = Field(default=None, foreign_key="community_lab.id")
    cause: str = Field(default="", max_length=200)
    """Which cause of the community fund it is for, in words."""
    kind: str = Field(max_length=10)
    words: str = Field(max_length=300)
    amount_cents: int | None = None
    """How much money; of anything else what it is worth, estimated by who gives it."""
    from_on: date
    until_on: date
    conditions: str = Field(default="", max_length=500)
    conflict: bool = False
    """Whether somebody of the organisation has a say in what it is for, or is close to who has."""
    conflict_words: str = Field(default="", max_length=500)
    is_public: bool = False
    """Whether the organisation agrees to be named and thanked before everybody."""
    state: str = Field(default="offered", max_length=10)
    offered_by_id: int | None = Field(default=None, foreign_key="person.id")
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    yes_way: str = Field(default="", max_length=10)
    """How the organisation said yes to a maker who wrote it down; empty where it wrote itself."""
    yes_on: date | None = None
    offered_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", max_length=500)
    """Why it was declined or ended early: the organisation reads it."""
    thanks: str = Field(default="", max_length=500)
    thanked_by_id: int | None = Field(default=None, foreign_key="person.id")
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1
    lab_resource_id: int | None = Field(default=None, foreign_key="lab_resource.id")
    """Which of the things the lab asks for it is; None where nobody said so."""


class PledgeDelivery(SQLModel, table=True):
    """A part of a pledge that was given, or a line that takes an earlier one back. Added, never changed.

    It holds no words: what was given stands in the pledge, and no name can be left here for ever.
    """

    __tablename__ = "pledge_delivery"
    __table_args__ = (
        UniqueConstraint("corrects_id"),
        UniqueConstraint("receipt_id"),
        CheckConstraint("cents BETWEEN -99999999 AND 99999999", name="cents_sane"),
        CheckConstraint("corrects_id IS NOT NULL OR cents >= 0", name="negative_only_back"),
        CheckConstraint("quota_way IN ('', 'cash', 'transfer', 'other')", name="quota_way_known"),
        Index("ix_pledge_delivery_pledge", "pledge_id", "id"),
        Index("ix_pledge_delivery_community", "community_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    pledge_id: int = Field(foreign_key="pledge.id")
    day: date
    cents: int = 0
    """Euro cents; of goods what they are worth, 0 where nobody estimates it. Negative takes one back."""
    is_last: bool = False
    """Whether all that was promised is given with it."""
    quota_way: str = Field(default="", max_length=8)
    """Of money that went into the solidarity quota of purchasing: how it was handed over; empty for all else."""
    corrects_id: int | None = Field(default=None, foreign_key="pledge_delivery.id")
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    recorded_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    receipt_id: int | None = Field(default=None, foreign_key="lab_receipt.id")
    """The line that notes the same in the book of the lab it was for; the lab reads from there who gave it."""


append_only(PledgeDelivery)
