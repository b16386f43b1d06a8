"""A community: one time bank with its own rules and ledger."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class Community(SQLModel, table=True):
    __tablename__ = "community"

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=120)
    territory: str = Field(default="", max_length=200)
    """The places it covers, as people say them."""
    welcome: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """One sentence for visitors, by language code."""
    time_zone: str = Field(default="Europe/Rome", max_length=60)
    languages: list[str] = Field(default_factory=lambda: ["it", "en"], sa_type=JSON)
    """Those it offers and writes its texts in, the usual one first."""
    contact_name: str = Field(default="", max_length=120)
    contact_phone: str = Field(default="", max_length=40)
    contact_email: str = Field(default="", max_length=254)
    contact_hours: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """When somebody answers the telephone, by language code."""
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    catalogue: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    """Raised by the database itself with every change of its zones and categories, so that pages may keep them."""
    texts: dict[str, dict[str, str]] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    """Its own texts by name (rules.TEXTS) and language code."""
    logo_file_id: int | None = Field(default=None, foreign_key="stored_file.id")


class CommunityRules(SQLModel, table=True):
    """The rules in force from a moment on; a change is a new row, so that verification can use those of the time.

    Amounts are in minutes. Defaults are those of the domain's rule 2: a newcomer can receive first.
    """

    __tablename__ = "community_rules"
    __table_args__ = (
        CheckConstraint("floor_minutes <= soft_floor_minutes", name="floor_below_soft_floor"),
        CheckConstraint("soft_floor_minutes <= 0", name="soft_floor_not_positive"),
        CheckConstraint("ceiling_minutes > 0", name="ceiling_positive"),
        CheckConstraint("welcome_minutes >= 0", name="welcome_not_negative"),
        CheckConstraint("auto_confirm_days BETWEEN 1 AND 60", name="auto_confirm_days_sane"),
        CheckConstraint("approval IN ('maker', 'invitation')", name="approval_known"),
        Index("ix_community_rules_in_force", "community_id", "in_force_from"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    in_force_from: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    floor_minutes: int = -10 * 60
    soft_floor_minutes: int = -5 * 60
    ceiling_minutes: int = 40 * 60
    welcome_minutes: int = 0
    auto_confirm_days: int = 7
    travel_time_counts: bool = False
    approval: str = Field(default="maker", max_length=20)
    """`maker`: a maker of the zone approves who applies; `invitation`: only who is invited may join."""
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    recorded_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    card_before_giving: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """Who gives holds a membership card; families receive without one."""
    mandate_months: int = Field(default=12, sa_column_kwargs={"server_default": "12"})
    """How long makers act for a household without e-mail before they ask it again."""
    cheque_months: int = Field(default=6, sa_column_kwargs={"server_default": "6"})
    """How long a time cheque is good after it was printed."""
    cheque_most_minutes: int = Field(default=10 * 60, sa_column_kwargs={"server_default": "600"})
    """How much may stand on a party's time cheques that nobody has redeemed yet; 0 where there are none."""


class Question(SQLModel, table=True):
    """What a community asks who applies."""

    __tablename__ = "question"

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    position: int = 0
    words: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    required: bool = False
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
