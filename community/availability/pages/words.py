"""A week said in words: "Tuesday and Thursday in the afternoon"."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from babel.dates import format_skeleton, get_day_names
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from community.availability.rules import PARTS, WEEKDAYS, Slot
from foundation.web.formats import listed

PART_WORDS = {"morning": _l("Morning"), "afternoon": _l("Afternoon"), "evening": _l("Evening")}
SHORTEST_RUN = 3


def weekday_name(weekday: int, *, short: bool = False) -> str:
    """The name of a day, Monday being 1."""
    return str(get_day_names("abbreviated" if short else "wide", locale=get_locale())[weekday - 1])


def hour_name(minute: int) -> str:
    """A time on the wall: `16:30`; the end of the day is `24:00` everywhere."""
    if minute == 24 * 60:
        return "24:00"
    return str(format_skeleton("Hm", datetime(2026, 1, 1, minute // 60, minute % 60, tzinfo=UTC), locale=get_locale()))


def week_words(week: Sequence[Slot]) -> str:
    """The whole week in one sentence, without a full stop; empty when nothing was said."""
    return "; ".join(week_phrases(week))


def week_phrases(week: Sequence[Slot]) -> list[str]:
    """The same, one phrase for each part of the day."""
    full = _whole_days(week)
    phrases = [_in_all(full)] if full else []
    for part in PARTS:
        of_part = [slot for slot in sorted(week) if slot.part == part.key]
        whole = [slot.weekday for slot in of_part if slot.is_whole and slot.weekday not in full]
        phrases += [_in_part(whole, part.key)] if whole else []
        exact: dict[tuple[int, int], list[int]] = defaultdict(list)
        for slot in of_part:
            if not slot.is_whole:
                exact[slot.starts, slot.ends].append(slot.weekday)
        phrases += [_between(days, *hours) for hours, days in exact.items()]
    return phrases


def _whole_days(week: Sequence[Slot]) -> list[int]:
    """The days on which every part is chosen, without exact hours."""
    return [
        weekday for weekday in WEEKDAYS if sum(slot.is_whole for slot in week if slot.weekday == weekday) == len(PARTS)
    ]


def _in_all(weekdays: list[int]) -> str:
    if len(weekdays) == len(WEEKDAYS):
        return _("any day, at any hour")
    return _("%(days)s all day", days=_days(weekdays))


def _in_part(weekdays: list[int], part: str) -> str:
    if len(weekdays) == len(WEEKDAYS):
        return {"morning": _("every morning"), "afternoon": _("every afternoon"), "evening": _("every evening")}[part]
    days = _days(weekdays)
    return {
        "morning": _("%(days)s in the morning", days=days),
        "afternoon": _("%(days)s in the afternoon", days=days),
        "evening": _("%(days)s in the evening", days=days),
    }[part]


def _between(weekdays: list[int], starts: int, ends: int) -> str:
    days = _("every day") if len(weekdays) == len(WEEKDAYS) else _days(weekdays)
    return _("%(days)s from %(first)s to %(last)s", days=days, first=hour_name(starts), last=hour_name(ends))


def _days(weekdays: list[int]) -> str:
    """`Tuesday and Thursday`, or `from Monday to Friday` for a run of at least three."""
    if len(weekdays) >= SHORTEST_RUN and weekdays == list(range(weekdays[0], weekdays[-1] + 1)):
        return _("from %(first)s to %(last)s", first=weekday_name(weekdays[0]), last=weekday_name(weekdays[-1]))
    return listed([weekday_name(weekday) for weekday in weekdays])
