"""A time zone as calendars want it: with the rules by which its clocks change, and not a list of past changes.

Every zone of the tz database ends in one line (POSIX TZ, such as `CET-1CEST,M3.5.0,M10.5.0/3`) that says how the clocks
go on from the last change known. That is what an entry of today or tomorrow needs, and it is short.
"""

import re
from calendar import monthrange
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from foundation import clock
from foundation.recurrence.moments import jump_between
from foundation.recurrence.rules import WEEKDAYS

_NAME = r"(<[^>]+>|[A-Za-z]+)"
_OFFSET = r"([-+]?\d+(?::\d+)*)"
_CHANGE = rf",M(\d+)\.(\d)\.(\d)(?:/{_OFFSET})?"
_POSIX = re.compile(rf"{_NAME}{_OFFSET}(?:{_NAME}{_OFFSET}?{_CHANGE}{_CHANGE})?")
_FIRST_YEAR = datetime(1970, 1, 1)  # noqa: DTZ001 - a time on the wall, as VTIMEZONE has it
_USUAL = "2"
"""The hour of a change where the zone names none."""
_LAST_WEEK = 5
_A_MOMENT = timedelta(microseconds=1)
A_YEAR, FORESEEN = timedelta(days=366), timedelta(days=4 * 366)
"""How far a zone whose clocks follow no rule is told."""
_STEP = timedelta(days=5)
"""Two changes never come closer to each other."""


def zone_rules(name: str) -> Timezone:
    """The VTIMEZONE of an IANA zone such as Europe/Rome. Raises ValueError where there is none of that name."""
    parts = _POSIX.fullmatch(_last_line(name))
    if parts is None:
        raise ValueError(f"the clocks of {name} change by a rule that is not understood")
    standard_name, standard_offset, summer_name, summer_offset, *changes = parts.groups()
    usual = -_span(standard_offset)
    zone = Timezone()
    zone.add("tzid", name)
    if summer_name is None:
        # Clocks that change all the same follow no rule, as those of Morocco, which follow the moon.
        if not _name_changes(zone, name):
            zone.add_component(_fill(TimezoneStandard(), standard_name, usual, usual, _FIRST_YEAR, ""))
        return zone
    summer = -_span(summer_offset) if summer_offset else usual + timedelta(hours=1)
    begins, ends = _change(*changes[:4]), _change(*changes[4:])
    if begins is None or ends is None:
        _name_changes(zone, name)
        return zone
    zone.add_component(_fill(TimezoneDaylight(), summer_name, usual, summer, *begins))
    zone.add_component(_fill(TimezoneStandard(), standard_name, summer, usual, *ends))
    return zone


def _name_changes(zone: Timezone, name: str) -> bool:
    """Tell each change of the clocks near today by itself; False, and nothing is told, where there is none."""
    place = ZoneInfo(name)
    today = clock.start_of_day(clock.today(name), name)
    before, until = today - A_YEAR, today + FORESEEN
    changes: dict[tuple[timedelta, timedelta, str], list[datetime]] = {}
    first = before.astimezone(place)
    while before < until:
        after = before + _STEP
        if before.astimezone(place).utcoffset() != after.astimezone(place).utcoffset():
            moment = jump_between(before, after, place)
            old, new = (moment - _A_MOMENT).astimezone(place), moment.astimezone(place)
            kind = (_offset(old), _offset(new), new.tzname() or "")
            changes.setdefault(kind, []).append((moment + _offset(old)).replace(tzinfo=None))
        before = after
    if not changes:
        return False
    zone.add_component(_fill(TimezoneStandard(), first.tzname() or "", _offset(first), _offset(first), _FIRST_YEAR, ""))
    for (old_offset, new_offset, words), walls in changes.items():
        part = TimezoneDaylight() if new_offset > old_offset else TimezoneStandard()
        _fill(part, words, old_offset, new_offset, walls[0], "")
        for wall in walls[1:]:
            # On a line of its own: of several on one line, some calendars read the first.
            part.add("rdate", [wall])
        zone.add_component(part)
    return True


def _offset(wall: datetime) -> timedelta:
    return wall.utcoffset() or timedelta()


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


def _change(month: str, week: str, weekday: str, at: str | None) -> tuple[datetime, str] | None:
    """The first time since 1970 that a change comes, on the wall before it, and the rule by which it comes again.

    Some zones name an hour beyond the day (`/26`, `/-1`): the change then comes on the day after, or before. None where
    that may be a day of another month, as in Cairo: no rule says so in a way that all calendars understand.
    """
    hour = _span(at or _USUAL)
    later = hour // timedelta(days=1)
    day = WEEKDAYS[(int(weekday) - 1 + later) % 7]
    length = monthrange(_FIRST_YEAR.year, int(month))[1]
    latest = length if int(week) == _LAST_WEEK else 7 * int(week)
    if not later:
        days = f"BYDAY={-1 if int(week) == _LAST_WEEK else week}{day}"
    elif latest - 6 + later >= 1 and latest + later <= length and not (month == "2" and int(week) == _LAST_WEEK):
        # Counted from the first of the month: from its end not every calendar counts.
        days = f"BYDAY={day};BYMONTHDAY={_listed(latest - 6 + later, latest + later)}"
    else:
        return None
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
