"""A time zone as calendars want it: with the rules by which its clocks change, and not a list of past changes.

Every zone of the tz database ends in one line (POSIX TZ, such as `CET-1CEST,M3.5.0,M10.5.0/3`) that says how the clocks
go on from the last change known. That is what an entry of today or tomorrow needs, and it is short.
"""

import re
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from foundation import clock
from foundation.recurrence.rules import WEEKDAYS

_NAME = r"(<[^>]+>|[A-Za-z]+)"
_OFFSET = r"([-+]?\d+(?::\d+)*)"
_CHANGE = rf",M(\d+)\.(\d)\.(\d)(?:/{_OFFSET})?"
_POSIX = re.compile(rf"{_NAME}{_OFFSET}(?:{_NAME}{_OFFSET}?{_CHANGE}{_CHANGE})?")
_FIRST_YEAR = datetime(1970, 1, 1)  # noqa: DTZ001 - a time on the wall, as VTIMEZONE has it
_USUAL = "2"
"""The hour of a change where the zone names none."""
_LAST_WEEK = 5
A_YEAR, FORESEEN = timedelta(days=366), timedelta(days=4 * 366)
"""How far a zone whose clocks follow no rule is told."""


def zone_rules(name: str) -> Timezone:
    """The VTIMEZONE of an IANA zone such as Europe/Rome. Raises ValueError where there is none of that name."""
    parts = _POSIX.fullmatch(_last_line(name))
    if parts is None:
        raise ValueError(f"the clocks of {name} change by a rule that is not understood")
    standard_name, standard_offset, summer_name, summer_offset, *changes = parts.groups()
    usual = -_span(standard_offset)
    if summer_name is None and _changes_all_the_same(name, usual):
        return Timezone.from_tzinfo(
            ZoneInfo(name), first_date=clock.today(name) - A_YEAR, last_date=clock.today(name) + FORESEEN
        )
    zone = Timezone()
    zone.add("tzid", name)
    if summer_name is None:
        zone.add_component(_fill(TimezoneStandard(), standard_name, usual, usual, _FIRST_YEAR, ""))
        return zone
    summer = -_span(summer_offset) if summer_offset else usual + timedelta(hours=1)
    begins, ends = _change(*changes[:4]), _change(*changes[4:])
    zone.add_component(_fill(TimezoneDaylight(), summer_name, usual, summer, *begins))
    zone.add_component(_fill(TimezoneStandard(), standard_name, summer, usual, *ends))
    return zone


def _changes_all_the_same(name: str, usual: timedelta) -> bool:
    """Whether the clocks change by no rule, as those of Morocco, which follow the moon: then each change is named."""
    now, place = clock.now(), ZoneInfo(name)
    days = range(0, FORESEEN.days, 10)
    return any((now + timedelta(days=ahead)).astimezone(place).utcoffset() != usual for ahead in days)


@cache
def _last_line(name: str) -> str:
    """How the clocks go on, of a zone in the tz database."""
    known = ZoneInfo(name).key  # refuses what is no name of a zone, paths that lead elsewhere included
    data = resources.files("tzdata.zoneinfo").joinpath(*known.split("/")).read_bytes()
    return data.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii")


def _span(written: str) -> timedelta:
    """`-1`, `12:45`, `+3` as a time; in POSIX what lies east of Greenwich is negative."""
    hours, *rest = written.lstrip("+-").split(":")
    span = timedelta(hours=int(hours), minutes=int(rest[0]) if rest else 0)
    return -span if written.startswith("-") else span


def _change(month: str, week: str, weekday: str, at: str | None) -> tuple[datetime, str]:
    """The first time since 1970 that a change comes, on the wall before it, and the rule by which it comes again.

    Some zones name an hour beyond the day (`/26`, `/-1`): the change then comes on the day after, or before.
    """
    hour = _span(at or _USUAL)
    later = hour // timedelta(days=1)
    day = WEEKDAYS[(int(weekday) - 1 + later) % 7]
    if int(week) == _LAST_WEEK:
        days = f"BYDAY=-1{day}" if not later else f"BYDAY={day};BYMONTHDAY={_listed(-7 + later, -1 + later)}"
    elif later:
        days = f"BYDAY={day};BYMONTHDAY={_listed(7 * int(week) - 6 + later, 7 * int(week) + later)}"
    else:
        days = f"BYDAY={week}{day}"
    rule = f"FREQ=YEARLY;BYMONTH={month};{days}"
    first = rrulestr(rule, dtstart=_FIRST_YEAR)[0]
    return first + (hour - timedelta(days=later)), rule


def _listed(first: int, last: int) -> str:
    return ",".join(str(day) for day in range(first, last + 1))


def _fill(
    part: TimezoneStandard | TimezoneDaylight,
    name: str,
    before: timedelta,
    after: timedelta,
    first: datetime,
    rule: str,
) -> TimezoneStandard | TimezoneDaylight:
    part.add("dtstart", first)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    part.add("tzname", name.strip("<>"))
    if rule:
        part.add("rrule", dict(_rule_parts(rule)))
    return part


def _rule_parts(rule: str) -> list[tuple[str, list[str]]]:
    pairs = [piece.split("=") for piece in rule.split(";")]
    return [(name, value.split(",")) for name, value in pairs]
