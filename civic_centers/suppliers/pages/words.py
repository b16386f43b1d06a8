"""Prices, quantities and seasons in the reader's language."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from babel.dates import get_month_names
from babel.numbers import format_currency, format_decimal
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from civic_centers.suppliers.rules import MEASURES, UNITS
from civic_centers.suppliers.rules.lists import PRICES
from foundation.importing.figures import figure
from foundation.web.formats import NO_BREAK, ltr, span


def saying() -> dict[str, Any]:
    """What the templates of suppliers say things with."""
    return {
        "price_words": price_words,
        "unit_words": unit_words,
        "amount_words": amount_words,
        "season_words": season_words,
        "rate_words": rate_words,
        "reading_words": reading_words,
    }


def price_words(price: int) -> str:
    """A price in ten-thousandths of a euro, with two decimals or as many as it has: `3,465 €`."""
    locale = get_locale()
    pattern = locale.currency_formats["standard"].pattern.replace("0.00", "0.00##")
    return format_currency(Decimal(price) / 10_000, "EUR", format=pattern, locale=locale, currency_digits=False)


def reading_words(column: str, read: str) -> str:
    """What a figure of a list was read as: `3,465 €`, or `1.500` of what is no price."""
    value = figure(read)
    return price_words(int(value * 10_000)) if column in PRICES else format_decimal(value, locale=get_locale())


def unit_words(unit: str) -> str:
    """What a price is for: `kg`, `pezzo`."""
    return _(UNITS[unit])


def amount_words(quantity: int, unit: str) -> str:
    """A quantity in thousandths of a unit: `0,25 kg`, `6 pezzi`."""
    figure = format_decimal(Decimal(quantity) / 1000, format="#,##0.###", locale=get_locale())
    if unit in MEASURES:
        return ltr(f"{figure}{NO_BREAK}× 100{NO_BREAK}g" if unit == "hg" else f"{figure}{NO_BREAK}{unit}")
    number = 1 if quantity == 1000 else 2
    return _COUNTED[unit](number, figure)


def season_words(season_from: int, season_to: int) -> str:
    """`ottobre–marzo`."""
    names = get_month_names("wide", locale=get_locale())
    return names[season_from] if season_from == season_to else span(names[season_from], names[season_to])


def months() -> list[tuple[str, str]]:
    """The months to choose from."""
    names = get_month_names("wide", context="stand-alone", locale=get_locale())
    return [("", _("All year round")), *((str(number), names[number]) for number in range(1, 13))]


def rate_words(rate: int) -> str:
    """A rate in hundredths of a percent: `4 %`."""
    return f"{format_decimal(Decimal(rate) / 100, format='0.##', locale=get_locale())}{NO_BREAK}%"


_COUNTED: dict[str, Callable[[int, str], str]] = {
    "piece": lambda n, figure: ngettext("%(figure)s piece", "%(figure)s pieces", n, figure=figure),
    "dozen": lambda n, figure: ngettext("%(figure)s dozen", "%(figure)s dozens", n, figure=figure),
    "bunch": lambda n, figure: ngettext("%(figure)s bunch", "%(figure)s bunches", n, figure=figure),
    "pack": lambda n, figure: ngettext("%(figure)s packet", "%(figure)s packets", n, figure=figure),
    "box": lambda n, figure: ngettext("%(figure)s box", "%(figure)s boxes", n, figure=figure),
    "bottle": lambda n, figure: ngettext("%(figure)s bottle", "%(figure)s bottles", n, figure=figure),
    "jar": lambda n, figure: ngettext("%(figure)s jar", "%(figure)s jars", n, figure=figure),
}
