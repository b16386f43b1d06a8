"""The calendar in the reader's language."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from civic_centers.activities.rules import KINDS
from civic_centers.calendar.queries import Line
from civic_centers.calendar.rules import AGES
from exchanges.posts.pages.words import weekday_name
from foundation.web.formats import euro, span, time

VIEW_WORDS = {"list": _l("List"), "week": _l("Week"), "month": _l("Month")}


def saying() -> dict[str, Any]:
    """What the templates of the calendar say things with."""
    return {
        "kind_words": kind_words,
        "ages_words": ages_words,
        "price_words": price_words,
        "free_words": free_words,
        "until_words": until_words,
        "number_words": number_words,
        "weekday_name": weekday_name,
        "view_words": VIEW_WORDS,
    }


def kind_words(kind: str) -> str:
    return _(KINDS.get(kind, KINDS["other"]))


def age_words(age: str) -> str:
    """One of the ages that can be chosen."""
    if age == "adult":
        return _("Adults")
    if age == "elder":
        return _("Elders")
    first, last = AGES[age]
    return _("%(ages)s years", ages=span(first, last))


def ages_words(line: Line) -> str:
    """For which ages it says to be; empty for all."""
    if line.min_age is not None and line.max_age is not None:
        return _("%(ages)s years", ages=span(line.min_age, line.max_age))
    if line.min_age is not None:
        return ngettext("From %(num)s year on", "From %(num)s years on", line.min_age)
    return ngettext("Up to %(num)s year", "Up to %(num)s years", line.max_age) if line.max_age is not None else ""


def price_words(line: Line) -> str:
    """What it costs; empty for nothing."""
    return euro(line.price_cents) if line.price_cents else ""


def free_words(line: Line) -> str:
    """How many places are left; empty where there are as many as like."""
    if line.left is None:
        return ""
    return ngettext("%(num)s place free", "%(num)s places free", line.left) if line.left else _("No place free")


def until_words(line: Line) -> str:
    return _("to %(time)s", time=time(line.ends_at))


def number_words(number: int) -> str:
    """How much there is on a day."""
    return ngettext("%(num)s date", "%(num)s dates", number) if number else _("nothing")
