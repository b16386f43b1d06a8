"""Reading a length of time the way people write it in a time bank's notebook."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from foundation.errors import N_, Invalid
from foundation.importing.cells import Parser

_HOURS = r"(?:h|hr|hrs|hours?|or[ae])\.?"
_MINUTES = r"(?:m|min|mins|minutes?|minut[oi]|['’′])\.?"
_CLOCK = re.compile(r"(\d{1,6}):([0-5]\d)(?::00)?")
_MINUTES_ALONE = re.compile(rf"(\d{{1,7}}) ?{_MINUTES}")
_DECIMAL_HOURS = re.compile(rf"(\d{{0,6}})(?:[.,](\d{{1,2}}))?(?: ?{_HOURS})?")
_HOURS_AND_MINUTES = re.compile(rf"(\d{{1,6}}) ?{_HOURS}(?: ?(?:e|and|,))? ?([0-5]?\d)(?: ?{_MINUTES})?")
_FRACTIONS = {"½": ",5", "¼": ",25", "¾": ",75"}


def minutes(most: int = 24 * 60, *, signed: bool = False) -> Parser:
    """A length of time in whole minutes, at most `most`: "1 h 30", "1:30", "1,5" (hours), "90 min", "2 ore".

    A bare number is hours, as in every time bank's notebook. With `signed` True it may be below zero: for
    balances.
    """

    def parse(cell: str) -> int:
        value = _tidy(cell)
        below_zero = value.startswith("-")
        found = _length(value[1:].strip() if value[:1] in ("-", "+") else value)
        if found is None:
            raise Invalid(N_("Write the time as 1 h 30, 1:30, 1,5 or 90 min."))
        if below_zero and not signed and found:
            raise Invalid(N_("The time cannot be below zero."))
        if found > most:
            raise Invalid(
                N_("This is %(found_minutes)s, and at most %(most_minutes)s can be right here."),
                found_minutes=found,
                most_minutes=most,
            )
        return -found if below_zero else found

    return parse


def _tidy(cell: str) -> str:
    for sign, decimals in _FRACTIONS.items():
        cell = re.sub(rf"\s*{sign}", decimals, cell)
    plain = unicodedata.normalize("NFKC", cell).replace("−", "-").casefold()
    return " ".join(plain.split())


def _length(value: str) -> int | None:
    if not any(letter.isdecimal() for letter in value):
        return None
    if found := _CLOCK.fullmatch(value) or _HOURS_AND_MINUTES.fullmatch(value):
        return int(found[1]) * 60 + int(found[2])
    if found := _MINUTES_ALONE.fullmatch(value):
        return int(found[1])
    if found := _DECIMAL_HOURS.fullmatch(value):
        hours = Decimal(f"{int(found[1] or 0)}.{found[2] or 0}")
        return int((hours * 60).to_integral_value(ROUND_HALF_UP))
    return None
