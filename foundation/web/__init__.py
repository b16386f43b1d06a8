"""The web side of the house: guards, sessions, forms, errors, headers. `pages.py` files import from here."""

from werkzeug.wrappers import Response as Answer

from foundation.web.guards import public, requires, signed_in
from foundation.web.pages import page, redirect_to, safe_next, say
from foundation.web.state import actor, community, in_community, person_id, reading, settings, time_zone, writing

__all__ = [
    "Answer",
    "actor",
    "community",
    "in_community",
    "page",
    "person_id",
    "public",
    "reading",
    "redirect_to",
    "requires",
    "safe_next",
    "say",
    "settings",
    "signed_in",
    "time_zone",
    "writing",
]
