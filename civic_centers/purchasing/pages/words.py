"""Quantities, prices and states in the reader's language, and quantities as people type them."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic_centers.purchasing.actions.pricing import price_words
from civic_centers.purchasing.rules.cycles import thousandths
from civic_centers.purchasing.tables import CycleProduct, OrderCycle
from civic_centers.suppliers.pages.words import amount_words
from civic_centers.suppliers.rules import UNITS
from civic_centers.suppliers.rules import thousandths as exact
from foundation.database import Session
from foundation.errors import N_, DomainError, Invalid, Missing
from foundation.importing.figures import DECIMALS, figure, settled
from foundation.web import say, writing
from foundation.web.formats import explain
from foundation.web.language import language_code

STATE_WORDS = {
    "planned": _l("Planned"),
    "open": _l("Open for orders"),
    "closing": _l("Being closed"),
    "closed": _l("Closed"),
    "sent": _l("Sent to the supplier"),
    "delivered": _l("Ready to be fetched"),
    "done": _l("Done"),
    "cancelled": _l("Called off"),
}
LONGEST_CELL = 20
Result = TypeVar("Result")
PLAIN = ("kg", "g", "l", "cl", "ml")


def point() -> str:
    """What stands before decimals in the reader's language."""
    return "." if language_code() == "en" else ","


def amount(quantity: int) -> str:
    """A quantity in thousandths as the reader writes it: `1,5`."""
    return thousandths(quantity).replace(",", point())


def price(value: int) -> str:
    """A price in ten-thousandths of a euro: `3,465`."""
    return price_words(value).replace(",", point())


def unit_words() -> dict[str, str]:
    """The words for every unit, looked up once for a page of hundreds of products."""
    return {unit: _(words) for unit, words in UNITS.items()}


def measured(quantity: int, unit: str) -> str:
    """A quantity with its unit: `1,5 kg`, `3 bottiglie`."""
    return amount_words(quantity, unit)


def typed(cell: str, product: CycleProduct, *, by_piece: bool = True) -> int:
    """A quantity as somebody typed it: whole pieces of what is weighed, else units; empty is none. Raises Invalid."""
    if not cell.strip():
        return 0
    number = _figure(cell)
    if not (by_piece and product.is_weighed):
        return exact(number)
    if number != number.to_integral_value():
        raise Invalid(N_("It is weighed when it is given out: write how many pieces, such as 2."))
    return exact(number * product.step / 1000)


def typed_thousandths(cell: str) -> int:
    """A quantity in units. Raises Invalid."""
    return exact(_figure(cell))


def _figure(cell: str) -> Decimal:
    """A figure as the reader writes it: before three of them a point is the decimals for who reads English."""
    value = cell[:LONGEST_CELL].strip()
    return figure(settled(value, DECIMALS) if point() == "." else value)


def in_field(quantity: int, product: CycleProduct, *, by_piece: bool = True) -> str:
    """The same back, as it stands in the field."""
    if not quantity:
        return ""
    return amount(quantity * 1000 // product.step) if by_piece and product.is_weighed else amount(quantity)


def read_quantities(
    cells: Mapping[str, str], products: Sequence[CycleProduct], *, by_piece: bool = True
) -> tuple[dict[int, int], dict[int, str]]:
    """What was typed beside products, by their number; and what is wrong with some of it.

    Families order pieces of what is weighed; `by_piece` is False where a person in charge writes what they get of it.
    """
    wanted: dict[int, int] = {}
    wrong: dict[int, str] = {}
    for product in products:
        number = product.id or 0
        if (cell := cells.get(f"q{number}")) is None:
            continue
        try:
            wanted[number] = typed(cell, product, by_piece=by_piece)
        except DomainError as error:
            wrong[number] = explain(error)
    return wanted, wrong


def saying() -> dict[str, Any]:
    """What the templates of shared orders say things with."""
    return {
        "state_words": STATE_WORDS,
        "amount": amount,
        "price": price,
        "measured": measured,
        "units": unit_words(),
        "new_key": lambda: secrets.token_urlsafe(18),
    }


def obtain(act: Callable[[Session], Result]) -> Result | None:
    """As `pressed`, of what has different ends: its result; None where a rule said no, and that was said."""
    try:
        with writing() as session:
            return act(session)
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
        return None


def tone_of(cycle: OrderCycle) -> str:
    """How a badge of a cycle looks."""
    return {"open": "done", "cancelled": "urgent", "closing": "sole"}.get(cycle.state, "")
