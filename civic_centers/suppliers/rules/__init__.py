"""Units, prices and quantities of products. All whole numbers: nothing here is ever a float (decision 0093)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from foundation.errors import N_, Invalid, Stale

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


class Overtaken(Stale):
    """Somebody changed it since the form was opened."""


@dataclass(frozen=True)
class Said:
    """What a product is. Quantities are thousandths of the unit, months 1 to 12."""

    name: str
    code: str = ""
    description: str = ""
    producer: str = ""
    label: str = ""
    category: str = ""
    unit: str = "piece"
    step: int = THOUSANDTHS
    least: int = THOUSANDTHS
    pack: int | None = None
    is_weighed: bool = False
    piece_weight: int | None = None
    available: bool = True
    most_available: int | None = None
    season_from: int | None = None
    season_to: int | None = None


@dataclass(frozen=True)
class PriceSaid:
    """What a unit costs with VAT, in ten-thousandths of a euro; `net` without it. `vat_rate`: 4 % is 400."""

    price: int | None = None
    net: int | None = None
    vat_rate: int | None = None


def usual_step(unit: str) -> int:
    """By how much one orders where nobody said: 100 g of what is sold by the kilo, else one unit."""
    return 100 if unit == "kg" else THOUSANDTHS


def with_vat(net: int, vat_rate: int) -> int:
    """A price with its VAT, in ten-thousandths of a euro, half of one upwards; the rate in hundredths of a percent."""
    return (net * (10_000 + vat_rate) + 5_000) // 10_000


def ten_thousandths(euro: Decimal) -> int:
    """A price in euro as it is kept, half of a ten-thousandth upwards. Raises Invalid for nothing, and for too much."""
    price = int((euro * 10_000).to_integral_value(ROUND_HALF_UP))
    if price < 1:
        raise Invalid(N_("A price is more than zero."))
    if price > MOST_PRICE:
        raise Invalid(N_("This price is too high: at most %(most_euro)s euro."), most_euro=MOST_PRICE // 10_000)
    return price


def thousandths(amount: Decimal) -> int:
    """A quantity as it is kept. Raises Invalid for one that is finer than a thousandth, and for too much."""
    exact = amount * THOUSANDTHS
    if exact != exact.to_integral_value():
        raise Invalid(N_("Write it with three decimals at most."))
    if exact > MOST_QUANTITY:
        raise Invalid(N_("This is too much: at most %(most)s."), most=MOST_QUANTITY // THOUSANDTHS)
    return int(exact)


def check_product(said: Said) -> None:
    """Raises Invalid at the field where a product cannot be so."""
    if not said.name.strip():
        raise Invalid(N_("Write what it is called."), field="name")
    if said.unit not in UNITS:
        raise Invalid(N_("Choose what the price is for."), field="unit")
    for field in ("step", "least", "pack", "piece_weight"):
        value = getattr(said, field)
        if value is not None and not 1 <= value <= MOST_QUANTITY:
            raise Invalid(N_("Write a quantity above zero."), field=field)
    if said.most_available is not None and not 0 <= said.most_available <= MOST_QUANTITY:
        raise Invalid(N_("Write how much there is, from zero."), field="most_available")
    _check_step(said)
    if said.least % said.step:
        raise Invalid(N_("The least one may order is some times the smallest quantity."), field="least")
    if said.pack is not None and not said.is_weighed and said.pack % said.step:
        raise Invalid(N_("A case is some times the smallest quantity."), field="pack")
    if (said.season_from is None) != (said.season_to is None):
        raise Invalid(N_("Say from which month and until which, or leave both."), field="season_from")
    if any(month is not None and not 1 <= month <= 12 for month in (said.season_from, said.season_to)):
        raise Invalid(N_("Choose a month."), field="season_from")


def _check_step(said: Said) -> None:
    if said.is_weighed:
        if said.unit not in MEASURES:
            raise Invalid(N_("What is weighed is paid by the kilo or by another measure: choose one."), field="unit")
        if said.piece_weight is None:
            raise Invalid(N_("Write about how much a piece weighs."), field="piece_weight")
        if said.step != said.piece_weight:
            raise Invalid(N_("What is weighed is ordered by the piece."), field="step")
    elif said.unit not in MEASURES and said.unit != "dozen" and said.step % THOUSANDTHS:
        raise Invalid(N_("What is counted is ordered in whole pieces."), field="step")
