"""What an order comes to, as others reckon with it."""

from dataclasses import dataclass


def in_euro(cents: int) -> dict[str, str]:
    """An amount for a notice, in each language."""
    whole, rest = divmod(cents, 100)
    return {"it": f"{whole},{rest:02d} €", "en": f"€{whole}.{rest:02d}"}


@dataclass(frozen=True)
class OrderBill:
    """What one order comes to now, in whole euro cents.

    `goods_cents`: its lines, each rounded once, at the delivered quantity where that is known, else the confirmed one.
    `extra_cents`: its share of the extra costs. `is_final`: everything was weighed and the cycle is done; only a
    correction of the person in charge changes it then. An order that was dropped, or whose cycle was cancelled, comes
    to zero.
    """

    order_id: int
    cycle_id: int
    party_id: int | None
    """Who owes it; None once they are forgotten."""
    number: int
    """0: of the household itself; from 1 on: for a friend, for whom the household answers."""
    goods_cents: int
    extra_cents: int
    is_final: bool

    @property
    def total_cents(self) -> int:
        """What is owed."""
        return self.goods_cents + self.extra_cents
