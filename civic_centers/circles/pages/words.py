"""Circles and their turns in the reader's language."""

import secrets
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic_centers.activities.pages.words import rhythm_words, when_words
from civic_centers.circles.queries.turns import TurnLine
from civic_centers.circles.rules import TEXTS
from civic_centers.circles.tables import CircleRhythm, CircleTurn
from civic_centers.enrolling.queries.fetching import ALONE
from community.dependants.rules import Standing
from community.households.forms import AGES
from foundation.web.formats import unbroken_hours

STATE_WORDS = {"draft": _l("Being put together"), "running": _l("Running"), "ended": _l("Ended")}
FAMILY_WORDS = {
    "asked": _l("A keeper looks first"),
    "invited": _l("Asked, no answer yet"),
    "in": _l("In the circle"),
}
ADULT_WORDS = {"asked": _l("Asked, no answer yet"), "yes": _l("Takes turns"), "no": _l("Takes no turns")}
OFF_WORDS = {
    "nobody": _l("Does not take place: nobody could"),
    "pause": _l("Called off: the circle pauses"),
    "rhythm": _l("Called off: other days now"),
    "ended": _l("Called off: the circle has ended"),
}
NOT_WORDS = {
    "": _l("does not come"),
    "away": _l("does not come: you are away"),
    "consent": _l("does not come: somebody’s yes is absent"),
}
HOURS_WORDS = {
    "moved": _l("Its hours have moved in the ledger."),
    "refused": _l("Its hours could not move: an account has reached its limit. Nothing moved."),
    "without": _l("It counts by turns, without hours."),
}


def saying() -> dict[str, Any]:
    """What the templates of circles say things with."""
    return {
        "rhythm_words": _rhythm,
        "when_words": when_words,
        "turn_words": turn_words,
        "state_words": STATE_WORDS,
        "family_words": FAMILY_WORDS,
        "adult_words": ADULT_WORDS,
        "hours_words": HOURS_WORDS,
        "not_words": NOT_WORDS,
        "band_words": AGES,
        "texts": TEXTS,
        "alone": ALONE,
        "given_yes": Standing.GIVEN,
        "new_key": lambda: secrets.token_urlsafe(18),
    }


def turn_words(line: TurnLine) -> str:
    """Who has a turn, or what became of it."""
    turn: CircleTurn = line.turn
    if turn.state == "off":
        return str(OFF_WORDS[turn.off_why])
    if turn.state == "open":
        return _("Nobody yet: others are asked") if turn.asked_until else _("Nobody yet")
    if line.needs:
        return _("Another adult is needed now")
    who = line.who or _("Somebody who left")
    return _("%(who)s and %(second)s", who=who, second=line.second) if line.second else who


def _rhythm(row: CircleRhythm) -> str:
    """On which days and from when, and how long each time."""
    return _("%(rhythm)s · %(hours)s each time", rhythm=rhythm_words(row), hours=unbroken_hours(row.minutes))
