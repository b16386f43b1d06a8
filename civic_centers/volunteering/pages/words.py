"""Slots and shifts in the reader's language."""

import secrets
from contextlib import suppress
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from civic_centers.activities.pages.words import when_words
from civic_centers.volunteering.policies import SERVE
from civic_centers.volunteering.queries.weeks import Week, monday_of
from civic_centers.volunteering.tables import Slot
from foundation import clock
from foundation.web import actor, time_zone
from foundation.web.formats import day, short_day

STATE_WORDS = {
    "held": _l("You are in"),
    "waiting": _l("You are on the list"),
    "offered": _l("A place is kept for you"),
    "gave_up": _l("Given up"),
    "passed": _l("Not taken in time"),
    "cancelled": _l("Called off"),
    "missed": _l("Not there"),
    "served": _l("Confirmed"),
}
OTHERS_WORDS = {
    "held": _l("Comes"),
    "waiting": _l("On the list"),
    "offered": _l("Is asked"),
    "gave_up": _l("Cannot come"),
    "passed": _l("Did not answer in time"),
    "cancelled": _l("Called off"),
    "missed": _l("Was not there"),
    "served": _l("Confirmed"),
}


def saying() -> dict[str, Any]:
    """What the templates of volunteers say things with."""
    return {
        "when_words": when_words,
        "people_words": people_words,
        "way_words": way_words,
        "state_words": STATE_WORDS,
        "others_words": OTHERS_WORDS,
        "may_serve": actor().may(SERVE),
        "new_key": lambda: secrets.token_urlsafe(18),
    }


def born_words(born: str) -> str:
    """A birth as the register keeps it, `1990-03-02 · Cremona`, with its day as people write it."""
    first, *rest = born.split(" · ")
    with suppress(ValueError):  # the place alone
        first = short_day(date.fromisoformat(first))
    return ", ".join([first, *rest])


def people_words(slot: Slot) -> str:
    """How many there are, and how many are missing."""
    if slot.taken < slot.least:
        number = slot.least - slot.taken
        missing = ngettext("%(num)s person missing", "%(num)s people missing", number)
        return _("%(taken)s of %(most)s · %(missing)s", taken=slot.taken, most=slot.most, missing=missing)
    if slot.taken >= slot.most:
        return _("%(taken)s of %(most)s · full", taken=slot.taken, most=slot.most)
    return _("%(taken)s of %(most)s", taken=slot.taken, most=slot.most)


def week_words(week: Week) -> str:
    """Which week it is."""
    weeks = (week.monday - monday_of(clock.today(time_zone()))).days // 7
    if weeks == 0:
        return _("This week")
    return _("Next week") if weeks == 1 else _("Week of %(day)s", day=day(week.monday))


def number_words(week: Week) -> str:
    """How many shifts there are in a week, and how many people are missing."""
    shifts = ngettext("%(num)s shift", "%(num)s shifts", week.number)
    if not week.missing:
        return shifts
    missing = ngettext("%(num)s person missing", "%(num)s people missing", week.missing)
    return f"{shifts} · {missing}"


def way_words(slot: Slot) -> str:
    """How the hours count."""
    if slot.exchange:
        return _("An exchange: the common fund gives you the hours")
    return _("Volunteering: your hours are recorded, and never paid")
