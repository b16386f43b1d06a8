"""Units, prices and quantities of products. All whole numbers: nothing here is ever a float (decision 0093)."""

from collections.abc import Mapping
from datetime import date

from foundation.errors import N_

MOST_QUANTITY = 100_000_000
"""In thousandths of a unit: a hundred thousand of it."""
MOST_PRICE = 1_000_000_000
"""In ten-thousandths of a euro for a unit: a hundred thousand euro."""
THOUSANDTHS = 1000
"""So many make one unit."""

UNITS: Mapping[str, str] = {
    "piece": N_("piece"),
    "kg": N_("kg"),
    "hg": N_("100 g"),
    "g": N_("g"),
    "l": N_("l"),
    "cl": N_("cl"),
    "ml": N_("ml"),
    "dozen": N_("dozen"),
    "bunch": N_("bunch"),
    "pack": N_("packet"),
    "box": N_("box"),
    "bottle": N_("bottle"),
    "jar": N_("jar"),
}
"""What a price is for, and the word for it."""
MEASURES = frozenset({"kg", "hg", "g", "l", "cl", "ml"})
"""The units that are measured; all others are counted."""


def is_sold_by_piece(unit: str, is_weighed: bool) -> bool:
    """Whether one orders pieces of it; otherwise a measure of it. Cheese by the wedge is ordered so, paid by the kg."""
    return is_weighed or unit not in MEASURES


def line_cents(price: int, quantity: int) -> int:
    """What a quantity costs, in whole cents: rounded once, here, half a cent upwards.

    `price` is in ten-thousandths of a euro for one unit and `quantity` in thousandths of the unit, none below zero:
    raises ValueError otherwise. 0.333 kg at 3.465 €/kg: 34650 * 333 = 11538450, which is 115.38 cents, so 115.
    """
    if price < 0 or quantity < 0:
        raise ValueError("neither a price nor a quantity is below zero")
    return (price * quantity + 50_000) // 100_000


def in_season(season_from: int | None, season_to: int | None, day: date) -> bool:
    """Whether a day lies in a season of months, which may go over the new year; without one it always does."""
    if season_from is None or season_to is None:
        return True
    if season_from <= season_to:
        return season_from <= day.month <= season_to
    return day.month >= season_from or day.month <= season_to
