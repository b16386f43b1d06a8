"""Places in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic_centers.enrolling.actions import Answer
from civic_centers.enrolling.queries.fetching import ALONE
from community.households.forms import AGES
from foundation.web.formats import listed

STANDING = {
    "held": _l("Has a place"),
    "away": _l("Not this time"),
    "offered": _l("A place is offered"),
    "waiting": _l("Waiting"),
    "cancelled": _l("Given up"),
    "declined": _l("Not wanted"),
    "lapsed": _l("The offer ended"),
    "lost": _l("Ended"),
    "off": _l("Called off"),
    "swapped": _l("Somebody else comes"),
}
WHY_NOT = {
    "age": _l("Not of the age it is meant for"),
    "consent": _l("Somebody’s yes is absent"),
    "pick_up": _l("Nobody may pick them up yet"),
}
KINDS = {
    "allowed": _l("This person may pick them up"),
    "excluded": _l("This person may not pick them up"),
    "alone": _l("They go home by themselves"),
}


def saying() -> dict[str, Any]:
    """What the templates say things with."""
    return {"standing_words": STANDING, "why_not": WHY_NOT, "pick_up_kinds": KINDS, "band_words": AGES, "alone": ALONE}


def answer_words(answers: Sequence[Answer], names: Mapping[str, str]) -> str:
    """What became of who was enrolled, in one or two sentences. `names` are those of their keys."""
    held = [names[key] for one in answers if one.held for key in one.who]
    waits = [names[key] for one in answers if not one.held for key in one.who]
    said = []
    if held:
        said.append(_("Done. A place is there for %(who)s.", who=listed(list(dict.fromkeys(held)))))
    if waits:
        who = listed(list(dict.fromkeys(waits)))
        said.append(_("There is no room now: waiting, in the order of arrival: %(who)s. We tell you.", who=who))
    return " ".join(said)
