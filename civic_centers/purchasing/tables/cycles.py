"""When one may order from a supplier, what, where it is fetched, and who is in charge."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from civic_centers.purchasing.rules.limits import MOST_TOGETHER
from civic_centers.suppliers.rules import MOST_PRICE, MOST_QUANTITY
from foundation.clock import now
from foundation.database import UtcDateTime


class OrderRhythm(SQLModel, table=True):
    """How often a cycle comes again; the next one is made from the one before, by a job, some days ahead."""

    __tablename__ = "order_rhythm"
    __table_args__ = (
        CheckConstraint("every_months BETWEEN 0 AND 12 AND every_weeks BETWEEN 0 AND 8", name="every_sane"),
        CheckConstraint("(every_months = 0) <> (every_weeks = 0)", name="weeks_or_months"),
        CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday_sane"),
        CheckConstraint("which IN (-1, 1, 2, 3, 4)", name="which_known"),
        Index("ix_order_rhythm_community", "community_id"),
        Index("ix_order_rhythm_due", "ended_at", "next_on"),
        Index("ix_order_rhythm_lab", "lab_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    every_weeks: int = 0
    """Every so many weeks; 0 where it is by the month."""
    every_months: int = 0
    """Every so many months, on the `which` such `weekday`: on the first Monday."""
    which: int = 1
    weekday: int
    """On which it opens; Monday is 1."""
    first_on: date
    """The day the first cycle opened: weeks are counted from here."""
    next_on: date
    """The day the next one opens, unless it lies in a pause."""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1
    lab_id: int | None = Field(default=None, foreign_key="community_lab.id")
    """Whose orders they are, as long as that lab works in the zone: None where no lab's."""


class OrderPause(SQLModel, table=True):
    """No cycle of a rhythm opens between these days, both included: August, the holidays."""

    __tablename__ = "order_pause"
    __table_args__ = (
        CheckConstraint("until_on >= from_on", name="until_not_before_from"),
        Index("ix_order_pause_rhythm", "rhythm_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    rhythm_id: int = Field(foreign_key="order_rhythm.id")
    from_on: date
    until_on: date


class OrderCycle(SQLModel, table=True):
    """One order of the group from one supplier. `state` follows rules.MOVES and is moved by conditional updates alone.

    `planned`, `open`; `closing`: the door is shut, and the quantities are being worked out or wait for the person in
    charge; `closed`: sums stand, the order can go out; `sent` to the supplier; `delivered`; `done`: everything is
    weighed and paid for. Or `cancelled`, from any of them but the last.
    """

    __tablename__ = "order_cycle"
    __table_args__ = (
        UniqueConstraint("rhythm_id", "rhythm_on"),
        CheckConstraint(
            "state IN ('planned', 'open', 'closing', 'closed', 'sent', 'delivered', 'done', 'cancelled')",
            name="state_known",
        ),
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("delivery_on IS NULL OR delivery_on >= '2000-01-01'", name="delivery_sane"),
        CheckConstraint("minimum_cents BETWEEN 0 AND 100000000", name="minimum_sane"),
        CheckConstraint("short_rule IN ('send', 'keep_open', 'cancel')", name="short_rule_known"),
        CheckConstraint("pack_rule IN ('trim', 'keep_open', 'decide', 'send')", name="pack_rule_known"),
        CheckConstraint("keep_open_hours BETWEEN 1 AND 336", name="keep_open_hours_sane"),
        CheckConstraint("keep_open_most BETWEEN 0 AND 9", name="keep_open_most_sane"),
        CheckConstraint("kept_open BETWEEN 0 AND 9", name="kept_open_sane"),
        CheckConstraint("drop_hours BETWEEN 1 AND 168", name="drop_hours_sane"),
        CheckConstraint("(rhythm_id IS NULL) = (rhythm_on IS NULL)", name="rhythm_has_day"),
        Index("ix_order_cycle_community", "community_id", "state", "closes_at"),
        Index("ix_order_cycle_opens", "state", "opens_at"),
        Index("ix_order_cycle_closes", "state", "closes_at"),
        Index("ix_order_cycle_supplier", "supplier_id"),
        Index("ix_order_cycle_zone", "zone_id"),
        Index("ix_order_cycle_lab", "lab_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    zone_id: int = Field(foreign_key="zone.id")
    """The supplier's: whoever is in charge of purchasing there keeps it too."""
    supplier_id: int = Field(foreign_key="supplier.id")
    rhythm_id: int | None = Field(default=None, foreign_key="order_rhythm.id")
    rhythm_on: date | None = None
    """The day of the rhythm it opens on: one cycle for each."""
    title: str = Field(max_length=120)
    words: str = Field(default="", max_length=1000)
    opens_at: datetime = Field(sa_type=UtcDateTime)
    closes_at: datetime = Field(sa_type=UtcDateTime)
    """Moved on by keeping it open."""
    delivery_on: date
    """The day it is fetched; from when to when stands with each place."""
    minimum_cents: int = 0
    """Below it the supplier does not come; 0: no minimum."""
    short_rule: str = Field(default="send", max_length=10)
    """What becomes of it when the minimum of the supplier is not reached at closing."""
    pack_rule: str = Field(default="trim", max_length=10)
    """What becomes of a pack that is not full, or of a product below its least, at closing: `trim` what came last,
    `keep_open` so that families fill it and trim then, let the person in charge `decide`, or `send` it as it is."""
    keep_open_hours: int = 24
    keep_open_most: int = 1
    """At most so many times."""
    kept_open: int = 0
    """How many times it was."""
    drop_hours: int = 24
    """For so long a family may drop what became dearer."""
    state: str = Field(default="planned", max_length=10)
    reason: str = Field(default="", max_length=500)
    """Why it was cancelled."""
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was said that it closes soon."""
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    delivered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was done or cancelled: from then on counts how long names are kept."""
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime, sa_column_kwargs={"onupdate": now})
    version: int = 1
    lab_id: int | None = Field(default=None, foreign_key="community_lab.id")
    """The lab of solidarity purchasing whose order it is, wherever that lab goes; who may order does not hang on it."""
    usual_opens_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was to open, where it was opened sooner by hand: the next of its rhythm opens at this hour."""
    usual_closes_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was to close, where it was kept open."""
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Taken out of sight by a maker: only who keeps it and the households that ordered in it see it."""
    usual_delivery_on: date | None = None
    """The day it was to come, where that was moved after closing: the next of its rhythm keeps to it."""


class CycleKeeper(SQLModel, table=True):
    """A person in charge of a cycle: they see who ordered what, and decide."""

    __tablename__ = "order_keeper"
    __table_args__ = (Index("ix_order_keeper_person", "person_id"),)

    cycle_id: int = Field(foreign_key="order_cycle.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class CyclePlace(SQLModel, table=True):
    """Where it is fetched, from when to when: a center, or a place in words."""

    __tablename__ = "order_place"
    __table_args__ = (
        UniqueConstraint("cycle_id", "name"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_order_place_center", "center_id"),
        Index("ix_order_place_community", "community_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    cycle_id: int = Field(foreign_key="order_cycle.id")
    center_id: int | None = Field(default=None, foreign_key="center.id")
    name: str = Field(max_length=120)
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)


class CycleProduct(SQLModel, table=True):
    """A product as it is offered in one cycle: a copy taken at opening, which nothing changes by itself.

    `ordered` is the sum of the standing lines, moved by conditional updates alone: never below zero, never above
    `most`. After closing it is what was asked for, not what is confirmed.
    """

    __tablename__ = "order_product"
    __table_args__ = (
        UniqueConstraint("cycle_id", "product_id"),
        CheckConstraint("state IN ('offered', 'left_out')", name="state_known"),
        CheckConstraint(f"price BETWEEN 1 AND {MOST_PRICE}", name="price_sane"),
        CheckConstraint(f"new_price IS NULL OR new_price BETWEEN 1 AND {MOST_PRICE}", name="new_price_sane"),
        CheckConstraint(f"pack BETWEEN 0 AND {MOST_QUANTITY}", name="pack_sane"),
        CheckConstraint(f"step BETWEEN 1 AND {MOST_QUANTITY}", name="step_sane"),
        CheckConstraint(f"least BETWEEN 0 AND {MOST_QUANTITY}", name="least_sane"),
        CheckConstraint(f"group_least BETWEEN 0 AND {MOST_TOGETHER}", name="group_least_sane"),
        CheckConstraint(f"most IS NULL OR most BETWEEN 0 AND {MOST_TOGETHER}", name="most_sane"),
        CheckConstraint("grams BETWEEN 0 AND 1000000", name="grams_sane"),
        CheckConstraint(
            f"ordered BETWEEN 0 AND {MOST_TOGETHER} AND (most IS NULL OR ordered <= most)", name="ordered_within_most"
        ),
        Index("ix_order_product_product", "product_id"),
        Index("ix_order_product_community", "community_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    cycle_id: int = Field(foreign_key="order_cycle.id")
    product_id: int = Field(foreign_key="product.id")
    code: str = Field(default="", max_length=40)
    name: str = Field(max_length=160)
    producer: str = Field(default="", max_length=120)
    label: str = Field(default="", max_length=80)
    category: str = Field(default="", max_length=80)
    unit: str = Field(max_length=10)
    """One of civic_centers.suppliers.rules.UNITS."""
    price: int
    """Of one unit, in ten-thousandths of a euro: what families pay in this cycle."""
    new_price: int | None = None
    """What the supplier asks meanwhile, until the person in charge decides; None: nothing to decide."""
    refused_price: int | None = None
    """A new price that the person in charge did not take: it is not put before them again."""
    old_price: int | None = None
    """What it was before the person in charge took a new price."""
    drop_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Until when a family may drop it after a new price was taken, also when the cycle is closed."""
    pack: int = 0
    """The supplier sends whole packs of so much; 0: loose."""
    step: int = 1000
    """A family orders multiples of it: 1000 whole pieces, 500 half kilograms."""
    least: int = 0
    """The least a family may order of it, where it orders any."""
    group_least: int = 0
    """The least the group must reach, or the supplier does not bring it; 0: any quantity."""
    most: int | None = None
    """So much is there for the group; None: as much as it likes."""
    grams: int = 0
    """The weight of one unit, for costs that are split by weight; 0: not known, and counted as nothing."""
    is_weighed: bool = False
    """Whether what each family gets is weighed when it is given out, and paid for as weighed."""
    ordered: int = 0
    state: str = Field(default="offered", max_length=10)
    reason: str = Field(default="", max_length=300)
    """Why it is left out."""
    pack_kept: bool = False
    """The person in charge decided to send it as it is."""
    version: int = 1
    most_is_own: bool = False
    """A person in charge said `most`, whatever the supplier has; else it is what other cycles leave of its stock."""


class ExtraCost(SQLModel, table=True):
    """What a cycle costs besides the goods, such as transport. Split to the cent among all its orders."""

    __tablename__ = "order_cost"
    __table_args__ = (
        CheckConstraint("cents BETWEEN 1 AND 10000000", name="cents_sane"),
        CheckConstraint("split IN ('value', 'weight', 'head')", name="split_known"),
        Index("ix_order_cost_cycle", "cycle_id"),
        Index("ix_order_cost_community", "community_id"),
        Index("ix_order_cost_added_by", "added_by_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    cycle_id: int = Field(foreign_key="order_cycle.id")
    words: str = Field(max_length=80)
    cents: int
    split: str = Field(max_length=10)
    added_by_id: int | None = Field(default=None, foreign_key="person.id")
    added_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class CycleSlot(SQLModel, table=True):
    """A slot of volunteers at a center in which the goods of a cycle are unloaded or given out."""

    __tablename__ = "order_slot"
    __table_args__ = (
        CheckConstraint("kind IN ('pick_up', 'distribution')", name="kind_known"),
        Index("ix_order_slot_slot", "slot_id"),
    )

    cycle_id: int = Field(foreign_key="order_cycle.id", primary_key=True)
    slot_id: int = Field(foreign_key="volunteer_slot.id", primary_key=True)
    kind: str = Field(max_length=12)
    """`pick_up`: fetching from the supplier; `distribution`: giving out."""
