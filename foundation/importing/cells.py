"""Reading one cell the way people write it. Each parser raises Invalid with a sentence about that cell."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from email_validator import EmailNotValidError, validate_email

from foundation.errors import N_, Invalid

Parser = Callable[[str], Any]

LONGEST_EMAIL = 254
_SPACES = re.compile(r"\s+")
_FOUR_DIGITS_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 00:00(?::00)?)?")
_MONEY = re.compile(r"(\d{1,9}|\d{1,3}(?:\.\d{3})+(?=,|$)|\d{1,3}(?:,\d{3})+(?=\.))(?:[.,](\d{1,2}))?")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_TICKS = ("✓", "✔", "☑")
_YES = frozenset({"si", "s", "yes", "y", "x", "vero", "true", "1", "v"})
_NO = frozenset({"no", "n", "falso", "false", "0"})


def fold(text: str) -> str:
    """The text without case, accents, punctuation and doubled spaces: what headings and choices are compared
    by.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())


def text(longest: int = 200, *, lines: bool = False) -> Parser:
    """Words, up to `longest` characters; with `lines` True line breaks are kept."""

    def parse(cell: str) -> str:
        value = unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n"))
        if any(unicodedata.category(letter) == "Cc" and letter not in "\n\t" for letter in value):
            raise Invalid(N_("There is a character here that is not text."))
        value = "\n".join(_SPACES.sub(" ", line).strip() for line in value.split("\n"))
        value = value.strip() if lines else _SPACES.sub(" ", value).strip()
        if len(value) > longest:
            raise Invalid(
                N_("This is %(length)s characters long; %(longest)s are allowed."),
                length=len(value),
                longest=longest,
            )
        return value

    return parse


def email() -> Parser:
    """An e-mail address, in small letters, since that is how accounts are told apart."""

    def parse(cell: str) -> str:
        address = cell.strip().removeprefix("mailto:")
        try:
            found = validate_email(address, check_deliverability=False).normalized
        except EmailNotValidError as error:
            raise Invalid(N_("This is not an e-mail address.")) from error
        if len(found) > LONGEST_EMAIL:
            raise Invalid(N_("This e-mail address is too long."))
        return found.lower()

    return parse


def phone(country: str = "+39") -> Parser:
    """A telephone number, as +393331234567; one without an international prefix is of `country`."""

    def parse(cell: str) -> str:
        if _SCIENTIFIC.fullmatch(cell.strip()):
            raise Invalid(N_("The spreadsheet has shortened this number: format the column as text."))
        number = re.sub(r"[\s.\-–/()\u00a0']", "", cell)
        if number.startswith("00"):
            number = "+" + number[2:]
        if not number.startswith("+"):
            number = country + number
        if not re.fullmatch(r"\+[1-9]\d{5,14}", number, re.ASCII):
            raise Invalid(N_("This is not a telephone number."))
        return number

    return parse


def day(earliest: date = date(1900, 1, 1), latest: date = date(2100, 12, 31)) -> Parser:
    """A date, year first with hyphens or day first with slashes, dots or hyphens; the year in four digits."""

    def parse(cell: str) -> date:
        value = cell.strip()
        if found := _FOUR_DIGITS_YEAR_FIRST.fullmatch(value):
            year, month, number = found.groups()
        elif found := _DAY_FIRST.fullmatch(value):
            number, month, year = found.groups()
        else:
            raise Invalid(N_("Write the date as 2026-11-22 or 22/11/2026."))
        try:
            result = date(int(year), int(month), int(number))
        except ValueError as error:
            raise Invalid(N_("This day does not exist.")) from error
        if not earliest <= result <= latest:
            raise Invalid(
                N_("This date is outside the period from %(earliest)s to %(latest)s."),
                earliest=earliest.isoformat(),
                latest=latest.isoformat(),
            )
        return result

    return parse


def boolean() -> Parser:
    """Yes or no: sì, s, yes, x, vero, 1; no, n, falso, 0. An empty cell is the column's own default."""

    def parse(cell: str) -> bool:
        value = fold(cell)
        if value in _YES or cell.strip() in _TICKS:
            return True
        if value in _NO:
            return False
        raise Invalid(N_("Write yes or no."))

    return parse


def choice(options: Mapping[str, Sequence[str]]) -> Parser:
    """One of `options`: the value each stands for, with all the words it may be written with."""
    known = {fold(word): value for value, words in options.items() for word in (value, *words)}
    shown = ", ".join(words[0] if words else value for value, words in options.items())

    def parse(cell: str) -> str:
        value = known.get(fold(cell))
        if value is None:
            raise Invalid(N_("Write one of these: %(options)s."), options=shown)
        return value

    return parse


def several(one: Parser) -> Parser:
    """A list in one cell, parted by commas, semicolons, slashes, bars or line breaks; repeats are dropped."""

    def parse(cell: str) -> list[Any]:
        parts = [part.strip() for part in re.split(r"[,;/|\n]", cell)]
        return list(dict.fromkeys(one(part) for part in parts if part))

    return parse


def integer(least: int = 0, most: int = 1_000_000) -> Parser:
    """A whole number from `least` to `most`."""

    def parse(cell: str) -> int:
        value = cell.strip().replace("−", "-")
        if not re.fullmatch(r"[+-]?\d{1,18}", value):
            raise Invalid(N_("Write a whole number."))
        number = int(value)
        if not least <= number <= most:
            raise Invalid(N_("Write a number from %(least)s to %(most)s."), least=least, most=most)
        return number

    return parse


def euro(most_cents: int = 10_000_000) -> Parser:
    """An amount in whole cents: "12,50", "12.50", "€ 1.234,50", "1,234.50", "15"."""

    def parse(cell: str) -> int:
        value = re.sub(r"[\s\u00a0']|€|eur[o]?", "", cell, flags=re.IGNORECASE)
        found = _MONEY.fullmatch(value)
        if found is None:
            raise Invalid(N_("Write the amount as 12,50."))
        cents = int(re.sub(r"[.,]", "", found[1])) * 100 + int((found[2] or "0").ljust(2, "0"))
        if cents > most_cents:
            raise Invalid(N_("This amount is too high: at most %(most_euro)s euro."), most_euro=most_cents // 100)
        return cents

    return parse
