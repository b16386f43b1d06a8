"""Rules of recurrence as RFC 5545 writes them (RRULE), as far as people here need them: days, weeks, months, years.

The last day belongs to the rhythm and not to its rule, so a rule carries neither COUNT nor UNTIL, and no time of day.
"""

import re
from collections.abc import Collection
from datetime import date

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""Monday is 1, Sunday 7, as people count here; the week begins on Monday."""
LONGEST_INTERVAL = 366
LEAP_YEAR = 2024

_PARTS = {
    "FREQ": re.compile(r"DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile(r"[1-9][0-9]{0,2}"),
    "BYDAY": re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*"),
    "BYMONTHDAY": re.compile(r"-?[1-9][0-9]?(,-?[1-9][0-9]?)*"),
    "BYMONTH": re.compile(r"[1-9][0-9]?(,[1-9][0-9]?)*"),
    "BYSETPOS": re.compile(r"1|-1"),
    "WKST": re.compile(r"MO"),
}


class BadRule(ValueError):
    """Not a rule of recurrence that this house understands, or one that never comes true."""


def daily(every: int = 1) -> str:
    """Every day, or every so many days."""
    return checked(f"FREQ=DAILY;INTERVAL={every}")


def weekly(weekdays: Collection[int], every: int = 1) -> str:
    """On these days (Monday is 1) of every week, or of every second, third... week, counted from the first day's."""
    if not weekdays or any(not 1 <= day <= 7 for day in weekdays):
        raise BadRule(f"{sorted(weekdays)} are not days of a week")
    days = ",".join(WEEKDAYS[day - 1] for day in sorted(set(weekdays)))
    return checked(f"FREQ=WEEKLY;INTERVAL={every};BYDAY={days};WKST=MO")


def monthly_on_day(day: int, every: int = 1) -> str:
    """On this day of the month; in shorter months on their last day."""
    if not 1 <= day <= 31:
        raise BadRule(f"no month has a day {day}")
    if day <= 28:
        return checked(f"FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={day}")
    days = ",".join(str(one) for one in range(28, day + 1))
    return checked(f"FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={days};BYSETPOS=-1")


def monthly_on_weekday(which: int, weekday: int, every: int = 1) -> str:
    """On the first, second, third or fourth such weekday of the month, or on the last (-1)."""
    if which not in (1, 2, 3, 4, -1) or not 1 <= weekday <= 7:
        raise BadRule(f"no month has such a day: {which}, {weekday}")
    return checked(f"FREQ=MONTHLY;INTERVAL={every};BYDAY={which}{WEEKDAYS[weekday - 1]}")


def yearly(month: int, day: int) -> str:
    """On this day of every year; 29 February falls on the 28th where there is none."""
    if (month, day) == (2, 29):
        return checked("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1")
    return checked(f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}")


def checked(rule: str) -> str:
    """The rule itself, once it is known to be one that is understood and can come true. Raises BadRule."""
    parts: dict[str, str] = {}
    for piece in rule.split(";"):
        name, _equals, value = piece.partition("=")
        pattern = _PARTS.get(name)
        if pattern is None or name in parts or not pattern.fullmatch(value):
            raise BadRule(f"{piece!r} in {rule!r} is not understood")
        parts[name] = value
    if "FREQ" not in parts:
        raise BadRule(f"{rule!r} does not say how often")
    if int(parts.get("INTERVAL", 1)) > LONGEST_INTERVAL:
        raise BadRule(f"{rule!r} leaves more than {LONGEST_INTERVAL} in between")
    if any(char.isdigit() for char in parts.get("BYDAY", "")) and parts["FREQ"] not in ("MONTHLY", "YEARLY"):
        raise BadRule(f"{rule!r} counts weekdays where there is no month to count in")
    if not _has_a_day(parts):
        raise BadRule(f"{rule!r} never comes true")
    return rule


def _has_a_day(parts: dict[str, str]) -> bool:
    """Whether some day of a leap year is in the months and has the number that a rule asks for.

    Without this a rule for 30 February would be looked for up to the year 9999.
    """
    months = _numbers(parts.get("BYMONTH", "")) or range(1, 13)
    days = _numbers(parts.get("BYMONTHDAY", ""))
    if any(not 1 <= month <= 12 for month in months):
        return False
    return not days or any(_exists(month, day) for month in months for day in days)


def _exists(month: int, day: int) -> bool:
    following = date(LEAP_YEAR + month // 12, month % 12 + 1, 1)
    return 1 <= abs(day) <= (following - date(LEAP_YEAR, month, 1)).days


def _numbers(listed: str) -> list[int]:
    return [int(one) for one in listed.split(",")] if listed else []
