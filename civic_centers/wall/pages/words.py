"""How needs stand, and how many miss them, in words."""

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from civic_centers.wall.queries import Need

STATE_WORDS = {
    "waiting": _l("A maker reads it first"),
    "open": _l("On the wall"),
    "became": _l("Something is made of it"),
    "answered": _l("Answered"),
    "merged": _l("Together with another"),
    "closed": _l("Closed"),
    "withdrawn": _l("Taken down"),
    "hidden": _l("Taken away by a maker"),
}


def families_words(need: Need) -> str:
    """How many miss it, and how many could help."""
    words: str = ngettext("%(num)s family", "%(num)s families", need.families)
    if need.help:
        words += " · " + ngettext("%(num)s could help", "%(num)s could help", need.help)
    return words
