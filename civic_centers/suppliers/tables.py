"""Suppliers of solidarity purchasing, their products with dated prices, their lists, and who may keep them.

Quantities are whole thousandths of the product's unit (0.250 kg is 250), prices whole ten-thousandths of a euro for one
unit, sums whole cents (decision 0093).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from civic_centers.suppliers.rules import MOST_PRICE, MOST_QUANTITY, UNITS
from foundation.clock import now
from foundation.crypto.sealed import Sealed
from foundation.database import JsonColumn, UtcDateTime, append_only

_UNITS = ", ".join(repr(unit) for unit in UNITS)


class Purchaser(SQLModel, table=True):
    """A person in charge of the purchasing of a zone, for a while or until a maker ends it."""

    __tablename__ = "purchaser"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name="ends_after_start"),
        Index(
            "uq_purchaser_standing",
            "zone_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_by_id IS NULL AND ends_at IS NULL"),
            postgresql_where=text("ended_by_id IS NULL AND ends_at IS NULL"),
        ),
        Index("ix_purchaser_person", "person_id", "community_id"),
        Index("ix_purchaser_zone", "zone_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    zone_id: int = Field(foreign_key="zone.id")
    person_id: int = Field(foreign_key="person.id")
    starts_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """From when it gives nothing any more; None: until it is ended."""
    given_by_id: int | None = Field(default=None, foreign_key="person.id")
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")


class Supplier(SQLModel, table=True):
    __tablename__ = "supplier"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'paused', 'closed')", name="state_known"),
        CheckConstraint("order_minimum BETWEEN 0 AND 10000000", name="order_minimum_sane"),
        Index(
            "uq_supplier_name",
            "zone_id",
            "name",
            unique=True,
            sqlite_where=text("state <> 'closed'"),
            postgresql_where=text("state <> 'closed'"),
        ),
        Index("ix_supplier_community", "community_id", "state"),
        Index("ix_supplier_zone", "zone_id"),
        Index("ix_supplier_party", "party_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    zone_id: int = Field(foreign_key="zone.id")
    name: str = Field(max_length=120)
    goods: str = Field(default="", max_length=200)
    """What kind of goods it has, in words."""
    party_id: int | None = Field(default=None, foreign_key="party.id")
    """The organisation of the community that it is, where it is one."""
    contact_name: str = Field(default="", sa_type=Sealed("supplier.contact_name"))
    """This and the three below are read by who may keep it, by nobody else."""
    contact_phone: str = Field(default="", sa_type=Sealed("supplier.contact_phone"))
    contact_email: str = Field(default="", sa_type=Sealed("supplier.contact_email"))
    contact_address: str = Field(default="", sa_type=Sealed("supplier.contact_address"))
    order_minimum: int = 0
    """In euro cents: below it the supplier sends nothing; 0 for none."""
    delivery_notes: str = Field(default="", max_length=1000)
    delivery_days: str = Field(default="", max_length=200)
    """On which days it delivers, in words."""
    state: str = Field(default="open", max_length=10)
    state_words: str = Field(default="", max_length=300)
    """Why it is paused or closed."""
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when only its keepers see it, by decision of the makers' desk."""
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = 1
    """Raised by every edit, so that a form opened earlier is told."""


class SupplierInterest(SQLModel, table=True):
    """Who keeps a supplier said how they are related to it: read by everybody who sees the supplier."""

    __tablename__ = "supplier_interest"
    __table_args__ = (Index("ix_supplier_interest_person", "person_id"),)

    supplier_id: int = Field(foreign_key="supplier.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    words: str = Field(max_length=300)
    said_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Product(SQLModel, table=True):
    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint("state IN ('offered', 'ended')", name="state_known"),
        CheckConstraint(f"unit IN ({_UNITS})", name="unit_known"),
        CheckConstraint(f"step BETWEEN 1 AND {MOST_QUANTITY}", name="step_sane"),
        CheckConstraint(f"least BETWEEN 1 AND {MOST_QUANTITY}", name="least_sane"),
        CheckConstraint(f"pack IS NULL OR pack BETWEEN 1 AND {MOST_QUANTITY}", name="pack_sane"),
        CheckConstraint(f"piece_weight IS NULL OR piece_weight BETWEEN 1 AND {MOST_QUANTITY}", name="weight_sane"),
        CheckConstraint("NOT is_weighed OR (piece_weight IS NOT NULL AND step = piece_weight)", name="weighed_whole"),
        CheckConstraint(
            f"most_available IS NULL OR most_available BETWEEN 0 AND {MOST_QUANTITY}", name="most_available_sane"
        ),
        CheckConstraint("(season_from IS NULL) = (season_to IS NULL)", name="season_whole"),
        CheckConstraint("season_from IS NULL OR season_from BETWEEN 1 AND 12", name="season_from_sane"),
        CheckConstraint("season_to IS NULL OR season_to BETWEEN 1 AND 12", name="season_to_sane"),
        Index(
            "uq_product_code",
            "supplier_id",
            "code",
            unique=True,
            sqlite_where=text("code <> ''"),
            postgresql_where=text("code <> ''"),
        ),
        Index(
            "uq_product_name",
            "supplier_id",
            "name",
            "unit",
            unique=True,
            sqlite_where=text("code = ''"),
            postgresql_where=text("code = ''"),
        ),
        Index("ix_product_supplier", "supplier_id", "state"),
        Index("ix_product_community", "community_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    supplier_id: int = Field(foreign_key="supplier.id")
    code: str = Field(default="", max_length=40)
    """By which the supplier knows it; empty: then it is known by its name and unit."""
    name: str = Field(max_length=160)
    description: str = Field(default="", max_length=1000)
    producer: str = Field(default="", max_length=120)
    label: str = Field(default="", max_length=80)
    """Organic or another quality, in the words of the list."""
    category: str = Field(default="", max_length=80)
    unit: str = Field(default="piece", max_length=10)
    step: int = 1000
    """The smallest quantity one may order more or less of, in thousandths of the unit."""
    least: int = 1
    """The smallest quantity one may order at all, in thousandths of the unit."""
    pack: int | None = None
    """How much is in a case, where the supplier sells whole cases; in thousandths of the unit."""
    is_weighed: bool = False
    """Ordered by the piece and paid by what it weighs: what it costs is known once it was weighed."""
    piece_weight: int | None = None
    """What a piece of it weighs about, in thousandths of the unit: its step."""
    available: bool = True
    most_available: int | None = None
    """How much there is of it at most, in thousandths of the unit; None: as much as is wanted."""
    season_from: int | None = None
    """The first month of its season, January is 1; None: all year round."""
    season_to: int | None = None
    """The last month of it, before the first where it goes over the new year."""
    state: str = Field(default="offered", max_length=10)
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = 1
    stock_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    """When `most_available` was said: what is ordered from then on is taken off it."""


class ProductPrice(SQLModel, table=True):
    """What a unit of a product costs from a day on; never changed: a later row of the same day stands instead."""

    __tablename__ = "product_price"
    __table_args__ = (
        CheckConstraint(f"price IS NULL OR price BETWEEN 1 AND {MOST_PRICE}", name="price_sane"),
        CheckConstraint(f"net IS NULL OR net BETWEEN 1 AND {MOST_PRICE}", name="net_sane"),
        CheckConstraint("vat_rate IS NULL OR vat_rate BETWEEN 0 AND 10000", name="vat_rate_sane"),
        CheckConstraint("net IS NULL OR (price IS NOT NULL AND vat_rate IS NOT NULL)", name="net_has_rate"),
        Index("ix_product_price_product", "product_id", "from_day", "id"),
        Index("ix_product_price_run", "run_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    product_id: int = Field(foreign_key="product.id")
    price: int | None = None
    """What is paid, with VAT, in ten-thousandths of a euro for one unit; None: from that day it has no price."""
    net: int | None = None
    """Without VAT, in the same measure, where the list says it so: `price` was worked out from it."""
    vat_rate: int | None = None
    """In hundredths of a percent: 4 % is 400; None where nobody noted it."""
    from_day: date
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    written_by_id: int | None = Field(default=None, foreign_key="person.id")
    run_id: int | None = Field(default=None, foreign_key="import_run.id")
    """The import of the list it stood on."""


class SupplierList(SQLModel, table=True):
    """A list of products that is being taken in or was: whose it is, and what was said about it."""

    __tablename__ = "supplier_list"
    __table_args__ = (Index("ix_supplier_list_supplier", "supplier_id", "run_id"),)

    run_id: int = Field(primary_key=True, foreign_key="import_run.id", sa_column_kwargs={"autoincrement": False})
    community_id: int = Field(foreign_key="community.id")
    supplier_id: int = Field(foreign_key="supplier.id")
    from_day: date
    """From which day its prices hold."""
    ends_missing: bool = False
    """Whether products that do not stand on it become unavailable."""


class SupplierListChange(SQLModel, table=True):
    """What a list made of one product, and how that was before: what undoing puts back."""

    __tablename__ = "supplier_list_change"
    __table_args__ = (
        CheckConstraint("kind IN ('new', 'changed', 'missing')", name="kind_known"),
        Index("ix_supplier_list_change_product", "product_id"),
    )

    run_id: int = Field(primary_key=True, foreign_key="import_run.id", sa_column_kwargs={"autoincrement": False})
    product_id: int = Field(primary_key=True, foreign_key="product.id", sa_column_kwargs={"autoincrement": False})
    community_id: int = Field(foreign_key="community.id")
    kind: str = Field(max_length=10)
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    """The columns it changed, as they were."""
    after: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    """The same columns as it left them: what was changed since is not put back."""


append_only(ProductPrice)
