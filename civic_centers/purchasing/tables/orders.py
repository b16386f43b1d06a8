"""What a party ordered in a cycle, line by line, and what became of every quantity."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from civic_centers.purchasing.rules.limits import MOST_CENTS
from civic_centers.suppliers.rules import MOST_QUANTITY
from foundation.clock import now
from foundation.crypto.sealed import Sealed
from foundation.database import UtcDateTime, append_only


class PurchaseOrder(SQLModel, table=True):
    """The order of a household, or of one for a friend whom it answers for. Every change raises `version`.

    `goods_cents` is always the sum of its lines, each rounded once: at the ordered quantity while the cycle is open,
    at the confirmed one once it is closed, at the delivered one where that is known. `extra_cents` is its share of
    the extra costs, zero until the cycle is closed. What is owed is the sum of both.
    """

    __tablename__ = "purchase_order"
    __table_args__ = (
        UniqueConstraint("cycle_id", "party_id", "number"),
        CheckConstraint("state IN ('standing', 'dropped', 'cancelled')", name="state_known"),
        CheckConstraint("number BETWEEN 0 AND 99", name="number_sane"),
        CheckConstraint(f"goods_cents BETWEEN 0 AND {MOST_CENTS}", name="goods_sane"),
        CheckConstraint(f"extra_cents BETWEEN 0 AND {MOST_CENTS}", name="extra_sane"),
        CheckConstraint(f"told_cents BETWEEN 0 AND {2 * MOST_CENTS}", name="told_sane"),
        Index("ix_purchase_order_cycle", "cycle_id", "state", "id"),
        Index("ix_purchase_order_party", "party_id", "cycle_id"),
        Index("ix_purchase_order_place", "place_id"),
        Index("ix_purchase_order_placed_by", "placed_by_id"),
        Index("ix_purchase_order_community", "community_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    cycle_id: int = Field(foreign_key="order_cycle.id")
    party_id: int | None = Field(default=None, foreign_key="party.id")
    """Who answers for it and owes it; None once they are forgotten."""
    number: int = 0
    """0: for the household itself; from 1 on: for friends."""
    for_friend: str = Field(default="", sa_type=Sealed("purchase_order.for_friend"))
    """The friend's name as their household writes it. Read by it and by the persons in charge."""
    placed_by_id: int | None = Field(default=None, foreign_key="person.id")
    place_id: int = Field(foreign_key="order_place.id")
    state: str = Field(default="standing", max_length=10)
    goods_cents: int = 0
    extra_cents: int = 0
    placed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    changed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    reason: str = Field(default="", max_length=500)
    """Why a person in charge changed it last, as the family reads it."""
    version: int = 1
    told_cents: int = 0
    """What its family last heard that it comes to, once it is closed; where the final sum differs they are told."""

    @property
    def total_cents(self) -> int:
        """What is owed once its cycle is closed."""
        return self.goods_cents + self.extra_cents


class OrderLine(SQLModel, table=True):
    """How much of one product an order asks for, what was confirmed at closing, and what was delivered."""

    __tablename__ = "order_line"
    __table_args__ = (
        UniqueConstraint("order_id", "product_id"),
        CheckConstraint(f"ordered BETWEEN 0 AND {MOST_QUANTITY}", name="ordered_sane"),
        CheckConstraint(f"confirmed IS NULL OR confirmed BETWEEN 0 AND {MOST_QUANTITY}", name="confirmed_sane"),
        CheckConstraint(f"delivered IS NULL OR delivered BETWEEN 0 AND {MOST_QUANTITY}", name="delivered_sane"),
        CheckConstraint("delivered IS NULL OR confirmed IS NOT NULL", name="confirmed_before_delivered"),
        Index("ix_order_line_product", "product_id"),
        Index("ix_order_line_community", "community_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    order_id: int = Field(foreign_key="purchase_order.id")
    product_id: int = Field(foreign_key="order_product.id")
    ordered: int
    """As the family asked; 0 once it took it out again."""
    confirmed: int | None = None
    """As it goes to the supplier; None until the cycle is closed."""
    delivered: int | None = None
    """As it was given out, weighed where the product is; None: as confirmed."""


class LineMove(SQLModel, table=True):
    """One change of a quantity: never changed, never removed. The order of their numbers says who came last.

    `delta` is added to the ordered quantity while the cycle is open, and to the confirmed or delivered one afterwards.
    """

    __tablename__ = "order_line_move"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('ordered', 'trimmed', 'left_out', 'changed', 'dropped', 'delivered', 'cancelled')",
            name="kind_known",
        ),
        CheckConstraint(f"delta <> 0 AND delta BETWEEN -{MOST_QUANTITY} AND {MOST_QUANTITY}", name="delta_sane"),
        Index("ix_order_line_move_line", "line_id"),
        Index("ix_order_line_move_community", "community_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    line_id: int = Field(foreign_key="order_line.id")
    kind: str = Field(max_length=10)
    delta: int
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


append_only(LineMove)
