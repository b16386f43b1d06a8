"""How hours, days and money are written: template filters, in the reader's language and the community's zone."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton, format_timedelta
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from flask import Flask
from flask_babel import get_locale
from flask_babel import gettext as _

from foundation import clock
from foundation.errors import DomainError
from foundation.web.state import time_zone

IN_EUROPE = Locale("en", "GB")
"""English as it is written on this side of the ocean: the day before the month."""

NO_BREAK = "\u00a0"
_JOINED_DASH = "\u2060–\u2060"
"""No line ends after it: on a phone `16:30–18:30` stays whole."""
_ISOLATE, _END_ISOLATE = "\u2066", "\u2069"

_YEAR = re.compile(r"( 'd[ei]')?[,. ]*y+('г'\.|年)?")
"""The year in a locale's full date, with what joins it to the rest."""


def hours(minutes: int) -> str:
    """Minutes as people say them: 90 is `1 h 30`, 30 is `30 min`, 120 is `2 h`."""
    sign = "−" if minutes < 0 else ""
    whole, rest = divmod(abs(minutes), 60)
    if not whole and rest:
        return ltr(f"{sign}{rest} min")
    number = format_decimal(whole, locale=_locale())
    return ltr(f"{sign}{number} h {rest:02d}" if rest else f"{sign}{number} h")


def ltr(text: object) -> str:
    """The text kept from left to right inside a sentence that runs the other way: `1 h 30`, a telephone number."""
    return f"{_ISOLATE}{text}{_END_ISOLATE}" if text and _locale().text_direction == "rtl" else str(text)


def unbroken_hours(minutes: int) -> str:
    """The same for a page, where the number and its unit stay on one line."""
    return hours(minutes).replace(" ", NO_BREAK)


def day(when: datetime | date, *, year: bool | None = None) -> str:
    """`giovedì 26 novembre`, with the year when it is not this one."""
    wall = _wall(when)
    with_year = wall.year != clock.today(time_zone()).year if year is None else year
    pattern = _locale().date_formats["full"].pattern
    return format_date(wall, pattern if with_year else _YEAR.sub("", pattern), locale=_locale())


def iso_day(text: str) -> str:
    """The same of a day kept as text, such as 2026-11-26 in the parameters of an event."""
    return day(date.fromisoformat(text))


def short_day(when: datetime | date) -> str:
    """`26 nov 2026`."""
    return format_date(_wall(when), "medium", locale=_locale())


def last_day(moment: datetime) -> str:
    """The last whole day before something ends: what ends at midnight holds until the evening before."""
    return day(moment - timedelta(microseconds=1))


def month(when: datetime | date) -> str:
    """`novembre 2026`."""
    return str(format_skeleton("yMMMM", _wall(when), locale=_locale()))


def time(when: datetime) -> str:
    """`16:30`."""
    return str(format_skeleton("Hm", _wall(when), locale=_locale()))


def day_time(when: datetime) -> str:
    """`giovedì 26 novembre, 16:30`."""
    return f"{day(when)}, {time(when)}"


def ago(when: datetime) -> str:
    """`3 giorni fa`."""
    return format_timedelta(when - clock.now(), add_direction=True, locale=_locale())


def euro(cents: int) -> str:
    """Euro cents as money: 350 is `3,50 €`."""
    return format_currency(cents / 100, "EUR", locale=_locale())


def span(first: object, last: object) -> str:
    """From one to the other, on one line: `16:30–18:30`."""
    return f"{first}{_JOINED_DASH}{last}"


def number(value: int) -> str:
    """A whole number with the thousands apart."""
    return format_decimal(value, locale=_locale())


def listed(words: list[str]) -> str:
    """`pane, latte e uova`."""
    return format_list(list(words), locale=_locale())


def in_words(texts: Mapping[str, str]) -> str:
    """The text in the reader's language, of a mapping by language code; else Italian, else whatever there is."""
    locale = _locale()
    return texts.get(str(locale)) or texts.get(locale.language) or texts.get("it") or next(iter(texts.values()), "")


def explain(error: DomainError) -> str:
    """A domain error's sentence in the reader's language, its advice after it."""
    sentences = [sentence(error.message, error.params)] if error.message else []
    if error.advice:
        sentences.append(sentence(error.advice, error.params))
    return " ".join(sentences)


def sentence(message: str, params: Mapping[str, object]) -> str:
    """An English sentence of the catalogue in the reader's language, filled: an event of a thread, for instance."""
    return _(message, **_readable(params))


def translated(words: str) -> str:
    """What is either a sentence of ours, in the reader's language, or somebody's own words as they wrote them.

    Plain text, in which `%` and `<` mean nothing: `_()` in a template would take it for markup.
    """
    return _(words) if words else ""


def _readable(params: Mapping[str, object]) -> dict[str, object]:
    return {name: _readable_value(name, value) for name, value in params.items()}


def _readable_value(name: str, value: object) -> object:
    if name.endswith("minutes") and isinstance(value, int):
        return hours(value)
    if isinstance(value, Decimal):
        return format_decimal(value, format="#,##0.###", locale=_locale())
    if isinstance(value, datetime):
        return day_time(value)
    if isinstance(value, date):
        return day(value)
    if name.endswith("_on") and isinstance(value, str):
        return iso_day(value)
    return value


def _wall(when: datetime | date) -> Any:
    return clock.local(when, time_zone()).replace(tzinfo=None) if isinstance(when, datetime) else when


def _locale() -> Locale:
    locale = get_locale() or Locale("it")
    return IN_EUROPE if locale.language == "en" and not locale.territory else locale


def set_up_formats(app: Flask) -> None:
    """Give the templates their filters."""
    for name in (
        "day",
        "iso_day",
        "last_day",
        "short_day",
        "month",
        "time",
        "day_time",
        "ago",
        "euro",
        "number",
        "listed",
        "span",
        "ltr",
        "in_words",
        "sentence",
        "translated",
    ):
        app.jinja_env.filters[name] = globals()[name]
    app.jinja_env.filters["hours"] = unbroken_hours
