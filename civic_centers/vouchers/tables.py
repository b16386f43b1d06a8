"""Vouchers: what shops give away, and who was given one. They know nothing of hours, and no column leads there."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.crypto.sealed import Sealed
from foundation.database import UtcDateTime


class VoucherOffer(SQLModel, table=True):
    """What an organisation gives away by vouchers, and how many at most."""

    __tablename__ = "voucher_offer"
    __table_args__ = (
        CheckConstraint("state IN ('offered', 'accepted', 'declined', 'withdrawn', 'ended')", name="state_known"),
        CheckConstraint("kind IN ('goods', 'discount')", name="kind_known"),
        CheckConstraint("value_cents IS NULL OR value_cents BETWEEN 1 AND 99999999", name="value_sane"),
        CheckConstraint("most BETWEEN 1 AND 1000", name="most_sane"),
        CheckConstraint("per IN ('all', 'month')", name="per_known"),
        CheckConstraint("yes_way IN ('', 'spoken', 'written')", name="yes_way_known"),
        Index("ix_voucher_offer_community", "community_id", "state"),
        Index("ix_voucher_offer_party", "party_id", "state"),
        Index("ix_voucher_offer_zone", "zone_id", "state"),
        Index("ix_voucher_offer_due", "state", "until_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    zone_id: int | None = Field(default=None, foreign_key="zone.id")
    """Of the organisation: its makers decide; None for those of the whole community."""
    party_id: int = Field(foreign_key="party.id")
    kind: str = Field(max_length=10)
    words: str = Field(max_length=200)
    value_cents: int | None = None
    """What one is worth in euro cents, as the shop estimates it."""
    most: int
    """So many are given away at most, in all or in each month."""
    per: str = Field(default="all", max_length=5)
    until_on: date
    """The last day on which one is good."""
    place: str = Field(default="", max_length=200)
    """Where they are redeemed."""
    conditions: str = Field(default="", max_length=500)
    state: str = Field(default="offered", max_length=10)
    offered_by_id: int | None = Field(default=None, foreign_key="person.id")
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    yes_way: str = Field(default="", max_length=10)
    yes_on: date | None = None
    offered_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", max_length=500)
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class VoucherStock(SQLModel, table=True):
    """How many of an offer were given in a month (`2027-01`), or in all; moved by conditional updates alone."""

    __tablename__ = "voucher_stock"
    __table_args__ = (CheckConstraint("given BETWEEN 0 AND most", name="given_within_most"),)

    offer_id: int = Field(foreign_key="voucher_offer.id", primary_key=True)
    period: str = Field(max_length=7, primary_key=True)
    most: int
    given: int = 0


class Voucher(SQLModel, table=True):
    """One voucher, a gift of the shop handed on by a maker. Who holds it is known to them and to makers alone."""

    __tablename__ = "voucher"
    __table_args__ = (
        CheckConstraint("state IN ('given', 'redeemed', 'expired', 'called_back')", name="state_known"),
        CheckConstraint("why IN ('need', 'thanks')", name="why_known"),
        CheckConstraint("ended_why IN ('', 'maker', 'shop', 'left')", name="ended_why_known"),
        CheckConstraint("(state = 'given') = (ended_at IS NULL)", name="ended_with_state"),
        Index("ix_voucher_offer", "offer_id", "state"),
        Index("ix_voucher_person", "person_id", "state"),
        Index("ix_voucher_party", "party_id"),
        Index("ix_voucher_community", "community_id"),
        Index(
            "ix_voucher_due",
            "ends_at",
            sqlite_where=text("state = 'given'"),
            postgresql_where=text("state = 'given'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    offer_id: int = Field(foreign_key="voucher_offer.id")
    party_id: int | None = Field(default=None, foreign_key="party.id")
    """The household of who holds it."""
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """Who holds it, and nobody else of the household; None: all its adults."""
    why: str = Field(max_length=10)
    reason: str | None = Field(default=None, sa_type=Sealed("voucher.reason"))
    """In the maker's words; read by makers of the zone alone, never by the shop."""
    period: str = Field(default="", max_length=7)
    """Out of which stock it was given."""
    code: str | None = Field(default=None, sa_type=Sealed("voucher.code"))
    """Its secret, kept so that who holds it can show it again; gone once it is worth nothing."""
    token_id: int | None = None
    """No foreign key, since old tokens are forgotten."""
    given_by_id: int | None = Field(default=None, foreign_key="person.id")
    given_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    """The first moment at which it is good no more."""
    state: str = Field(default="given", max_length=12)
    ended_why: str = Field(default="", max_length=6)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")
