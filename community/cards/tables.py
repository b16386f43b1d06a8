"""Membership per person and year: the card, until when, until when insured, and the fee with its receipt."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class Card(SQLModel, table=True):
    """One period of membership of a person, or of their insurance alone.

    A mistake is withdrawn, never removed: receipts are counted.
    """

    __tablename__ = "card"
    __table_args__ = (
        CheckConstraint("until >= since", name="until_not_before_since"),
        CheckConstraint("fee_cents BETWEEN 0 AND 100000", name="fee_sane"),
        CheckConstraint("(receipt_number IS NULL) = (receipt_year IS NULL)", name="receipt_whole"),
        CheckConstraint("(receipt_number IS NULL) = (fee_cents = 0)", name="receipt_for_a_fee"),
        UniqueConstraint("community_id", "receipt_year", "receipt_number"),
        Index("ix_card_person", "community_id", "person_id", "until"),
        Index("ix_card_until", "until"),
        Index("ix_card_number", "community_id", "number"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id")
    number: str = Field(max_length=20)
    """Of the card; a person keeps theirs from year to year."""
    since: date
    until: date
    """The last day it holds."""
    insured_until: date | None = None
    fee_cents: int = 0
    """Euro cents, recorded beside everything else: hours are never bought with it."""
    paid_on: date | None = None
    receipt_year: int | None = None
    receipt_number: int | None = None
    """Counted without gaps, by community and year."""
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    recorded_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_by_id: int | None = Field(default=None, foreign_key="person.id")
    withdrawn_reason: str = Field(default="", max_length=500)
    for_insurance: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """Whether it renews the insurance alone, while another card holds: a fee with its receipt, and no membership."""
