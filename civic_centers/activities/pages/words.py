"""Activities and their dates in the reader's language."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any, Protocol

from babel.dates import format_skeleton
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic_centers.activities.rules import KINDS
from civic_centers.activities.tables import Activity, ActivitySession
from exchanges.posts.pages.words import weekday_name
from foundation import clock
from foundation.web.formats import NO_BREAK, day, day_time, euro, listed, span
from foundation.web.formats import time as clock_words
from foundation.web.state import time_zone

STATE_WORDS = {
    "draft": _l("Only you who keep the center see it"),
    "open": _l("It goes on"),
    "cancelled": _l("It does not take place"),
    "ended": _l("This activity is over"),
}


def saying() -> dict[str, Any]:
    """What the templates of activities say things with."""
    return {
        "kind_words": kind_words,
        "ages_words": ages_words,
        "price_words": price_words,
        "places_words": places_words,
        "rhythm_words": rhythm_words,
        "when_words": when_words,
        "state_words": STATE_WORDS,
    }


def kind_words(activity: Activity) -> str:
    """What kind of thing it is."""
    return _(KINDS.get(activity.kind, KINDS["other"]))


def ages_words(activity: Activity) -> str:
    """For which ages; empty for all."""
    least, most = activity.min_age, activity.max_age
    if least is not None and most is not None:
        return _("From %(least)s to %(most)s years", least=least, most=most)
    if least is not None:
        return ngettext("From %(num)s year on", "From %(num)s years on", least)
    if most is not None:
        return ngettext("Up to %(num)s year", "Up to %(num)s years", most)
    return ""


def price_words(activity: Activity) -> str:
    """What it costs, paid on the spot."""
    if not activity.price_cents:
        return _("It costs nothing")
    said = _("%(money)s each time, paid on the spot", money=euro(activity.price_cents))
    return f"{said}: {activity.price_words}" if activity.price_words else said


def places_words(one: ActivitySession) -> str:
    """How many places there are, and how many are free; empty where as many as like may come."""
    if one.places is None:
        return ""
    free = one.places - one.taken
    if free <= 0:
        return ngettext("%(num)s place, taken", "%(num)s places, all taken", one.places)
    of = ngettext("%(num)s place free", "%(num)s places free", free)
    return NO_BREAK.join(_("%(free)s of %(places)s", free=of, places=one.places).rsplit(" ", 2))


class Rhythmic(Protocol):
    """What comes on days of the week: of an activity, of a care circle."""

    @property
    def weekdays(self) -> Collection[int]: ...
    @property
    def at(self) -> str: ...
    @property
    def every_weeks(self) -> int: ...
    @property
    def first_on(self) -> date: ...
    @property
    def last_on(self) -> date | None: ...


def rhythm_words(rhythm: Rhythmic) -> str:
    """`Ogni martedì e giovedì alle 16:30, dal 12 gennaio al 30 maggio`."""
    hour, minute = rhythm.at.split(":")
    said = {
        "days": listed([weekday_name(number) for number in sorted(rhythm.weekdays)]),
        "time": str(format_skeleton("Hm", time(int(hour), int(minute)), locale=get_locale())),
        "weeks": rhythm.every_weeks,
        "first": day(rhythm.first_on),
    }
    if rhythm.every_weeks == 1:
        words = _("Every week on %(days)s at %(time)s, from %(first)s", **said)
    else:
        words = _("Every %(weeks)s weeks on %(days)s at %(time)s, from %(first)s", **said)
    return _("%(rhythm)s to %(last)s", rhythm=words, last=day(rhythm.last_on)) if rhythm.last_on else words


def when_words(starts_at: datetime, ends_at: datetime) -> str:
    """`martedì 12 gennaio, 16:30–18:30`; the day of the end too where that is another."""
    same = clock.local(starts_at, time_zone()).date() == clock.last_day(ends_at, time_zone())
    return span(day_time(starts_at), clock_words(ends_at)) if same else f"{day_time(starts_at)}–{day_time(ends_at)}"
