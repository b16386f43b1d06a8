"""How a cycle goes on, what may be ordered, and what is refused. Pure: no database, no clock of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

from civic_centers.suppliers.rules import MOST_QUANTITY
from foundation.errors import N_, Invalid, Refused, Stale

MOVES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("planned", "open"): "open",
        ("open", "shut"): "closing",
        ("closing", "keep_open"): "open",
        ("closing", "close"): "closed",
        ("closed", "send"): "sent",
        ("sent", "deliver"): "delivered",
        ("delivered", "finish"): "done",
        **{(state, "cancel"): "cancelled" for state in ("planned", "open", "closing", "closed", "sent", "delivered")},
    }
)
"""How a cycle goes on; none that ended comes back."""
RUNNING = ("open", "closing", "closed", "sent", "delivered")
AFTER_CLOSING = ("closed", "sent", "delivered")
"""When a person in charge changes single orders, and weighs."""
SHORT_RULES: Mapping[str, str] = MappingProxyType(
    {
        "send": N_("Send the order all the same"),
        "keep_open": N_("Keep it open longer, then the person in charge decides"),
        "cancel": N_("Call it off, and tell everybody"),
    }
)
PACK_RULES: Mapping[str, str] = MappingProxyType(
    {
        "trim": N_("Take away what was ordered last, and tell those"),
        "keep_open": N_("Keep it open longer so that families fill it, then take away what was ordered last"),
        "decide": N_("The person in charge decides, one by one"),
        "send": N_("Send it as it is: the supplier opens packs"),
    }
)
SPLITS: Mapping[str, str] = MappingProxyType(
    {
        "value": N_("By value: who spends more pays more"),
        "weight": N_("By weight: who orders more kilograms pays more"),
        "head": N_("By head: every order pays the same"),
    }
)
MOST_FRIENDS = 4
"""For so many friends a household may order in one cycle."""
LONGEST_NAME = 80
AHEAD = timedelta(days=14)
"""So long before it opens the next cycle of a rhythm is made."""
SOON = timedelta(hours=26)
"""So long before the door shuts those who have not ordered are told."""
LONGEST_OPEN = timedelta(days=120)
FURTHEST = timedelta(days=730)
MOST_PLACES = 12
MOST_COSTS = 12
MOST_PRODUCTS = 1000


class NotNow(Stale):
    """The cycle has gone on meanwhile."""

    def __init__(self) -> None:
        super().__init__(N_("This order is no longer as you saw it."), advice=N_("Look at how it stands now."))


class Shut(Refused):
    """The door is shut: nothing of the change was written."""

    def __init__(self) -> None:
        super().__init__(
            N_("The order has closed: your change did not go in, and what you had ordered before stands."),
            advice=N_("The persons in charge can still help: write to them."),
        )


class NotYet(Refused):
    """It opens later."""

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(N_("This order opens later: %(opens_at)s."), opens_at=opens_at)


class NotEnough(Refused):
    """There is not so much of it: `left` thousandths of its unit, with what they have already. Nothing was written."""

    def __init__(self, name: str, left: int, product_id: int) -> None:
        super().__init__(
            N_("There is not so much of “%(product)s” any more: %(left)s left for you. Nothing was changed."),
            field=f"q{product_id}",
            advice=N_("Write a smaller quantity, or leave it out."),
            product=name,
            left=in_units(left),
        )


def moved(state: str, verb: str) -> str:
    """Where `verb` leads from `state`. Raises NotNow where it leads nowhere."""
    if (state, verb) not in MOVES:
        raise NotNow()
    return MOVES[(state, verb)]


@dataclass(frozen=True)
class Offered:
    """A product as it may be ordered."""

    product_id: int
    name: str
    step: int
    least: int
    is_offered: bool = True


def check_quantity(wanted: int, product: Offered, before: int = 0) -> int:
    """A quantity in thousandths of the unit. Raises Invalid at the product's field; less than before is always right.

    What was ordered already may stay although it would not be offered so any more.
    """
    field = f"q{product.product_id}"
    if wanted in (0, before):
        return wanted
    if not 0 < wanted <= MOST_QUANTITY:
        raise Invalid(N_("“%(product)s”: that is not a quantity one can order."), field=field, product=product.name)
    if not product.is_offered:
        raise Invalid(N_("“%(product)s” is not offered any more."), field=field, product=product.name)
    if wanted < product.least:
        raise Invalid(
            N_("“%(product)s”: at least %(least)s."),
            field=field,
            product=product.name,
            least=in_units(product.least),
        )
    if wanted % product.step:
        raise Invalid(
            N_("“%(product)s” goes by %(step)s: write a multiple of it."),
            field=field,
            product=product.name,
            step=in_units(product.step),
        )
    return wanted


def in_units(quantity: int) -> Decimal:
    """A quantity in thousandths as an error tells it: whoever shows it writes it as the reader does."""
    return Decimal(quantity) / 1000


def thousandths(quantity: int) -> str:
    """A quantity as people write it: 1500 is `1,5`, 2000 is `2`."""
    whole, rest = divmod(abs(quantity), 1000)
    sign = "-" if quantity < 0 else ""
    return f"{sign}{whole}" + (f",{rest:03d}".rstrip("0") if rest else "")


@dataclass(frozen=True)
class Times:
    """When a cycle opens, closes and is fetched."""

    opens_at: datetime
    closes_at: datetime
    delivery_on: date


def check_times(times: Times, now: datetime, close_day: date) -> None:
    """Raises Invalid at the field; `close_day` is the day of closing on the wall of the community."""
    if times.closes_at <= times.opens_at:
        raise Invalid(N_("It must close after it opens."), field="closes_at")
    if times.closes_at - times.opens_at > LONGEST_OPEN:
        raise Invalid(N_("Longer than four months: choose an earlier day."), field="closes_at")
    if times.closes_at <= now:
        raise Invalid(N_("This is over already: choose a time to come."), field="closes_at")
    if times.opens_at > now + FURTHEST:
        raise Invalid(N_("That is more than two years away: look at the year once more."), field="opens_at")
    if not close_day <= times.delivery_on <= close_day + LONGEST_OPEN:
        raise Invalid(N_("The goods come after the order closes, and within four months."), field="delivery_on")


def next_day(day: date, *, every_weeks: int, every_months: int, which: int, weekday: int) -> date:
    """The next day of a rhythm after `day`: so many weeks later, or the n-th such weekday so many months later."""
    if every_weeks:
        return day + timedelta(weeks=every_weeks)
    month = day.year * 12 + day.month - 1 + every_months
    year, number = divmod(month, 12)
    return weekday_of_month(year, number + 1, which, weekday)


def weekday_of_month(year: int, month: int, which: int, weekday: int) -> date:
    """The first, second, third, fourth or last (-1) such weekday of a month; Monday is 1."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.isoweekday()) % 7)
    if which > 0:
        return day + timedelta(weeks=which - 1)
    while (day + timedelta(weeks=1)).month == month:
        day += timedelta(weeks=1)
    return day


def which_of(day: date) -> int:
    """Which such weekday of its month a day is: 1 to 4; the fifth is the last (-1)."""
    number = (day.day - 1) // 7 + 1
    return number if number <= 4 else -1
