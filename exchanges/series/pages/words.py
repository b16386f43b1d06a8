"""What a series says in words: its rhythm, how long it lasts, and what the clocks do to a meeting."""

from datetime import date, datetime
from typing import Any

from babel.dates import get_day_names
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from exchanges.series.rules import Terms
from exchanges.series.tables import SeriesTerms
from foundation.recurrence import Shift, told
from foundation.web.formats import day, listed, time
from foundation.web.state import time_zone


def weekday_name(number: int, width: Any = "wide") -> str:
    """The name of a day of the week, Monday being 1."""
    return str(get_day_names(width, locale=get_locale())[number - 1])


def rhythm(terms: SeriesTerms | Terms) -> str:
    """`Every Tuesday and Thursday at 16:30`."""
    days = listed([weekday_name(number) for number in terms.weekdays])
    if terms.every_weeks == 1:
        return _("Every %(days)s at %(time)s", days=days, time=terms.at)
    return ngettext(
        "Every %(num)s week, %(days)s at %(time)s",
        "Every %(num)s weeks, %(days)s at %(time)s",
        terms.every_weeks,
        days=days,
        time=terms.at,
    )


def span(terms: SeriesTerms | Terms) -> str:
    """`From 12 January to 8 June`, or until one of the two ends it."""
    if terms.last_day is None:
        return _("From %(first)s, until one of you ends it", first=day(terms.first_day))
    return _("From %(first)s to %(last)s", first=day(terms.first_day), last=day(terms.last_day))


def clocks(of_day: date, at: str) -> str:
    """What the clocks do to a meeting of that night; empty on all other days."""
    hour, minute = at.split(":")
    wall = datetime(of_day.year, of_day.month, of_day.day, int(hour), int(minute))  # noqa: DTZ001 - a time on the wall
    found = told(wall, time_zone())
    if found.shift is Shift.LOST:
        return _("That night the clocks go forward: %(at)s does not exist, so it is at %(time)s.",
                 at=at, time=time(found.moment))  # fmt: skip
    if found.shift is Shift.DOUBLED:
        return _("That night the clocks go back: %(at)s comes twice, and it is the first.", at=at)
    return ""
