"""How labs say things, and what their templates begin with."""

import secrets
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from civic_centers.labs.rules import ENTRIES, KINDS, RESOURCES, Starter
from civic_centers.labs.tables import LabResource
from foundation import clock
from foundation.web import time_zone
from foundation.web.formats import euro, number, unbroken_hours
from foundation.web.pictures import picture_url, picture_widths

STATE_WORDS = {"draft": _l("Proposed"), "open": _l("Lab open"), "ended": _l("Lab ended")}
KIND_ICONS = {"care": "child", "purchasing": "basket", "housing": "home", "street": "leaf", "blank": "people"}
RESOURCE_ICONS = {"hours": "clock", "thing": "tool", "room": "home", "euro": "sheet"}
ASKING = {
    "hours": _l("Hours of help"),
    "thing": _l("Things"),
    "room": _l("A room or a place"),
    "euro": _l("Euro"),
}


def saying() -> dict[str, Any]:
    """What the templates of labs say things with."""
    return {
        "kind_words": lambda kind: _(KINDS[kind]),
        "kind_icons": KIND_ICONS,
        "entry_words": lambda entry: _(ENTRIES[entry]),
        "resource_words": lambda kind: _(RESOURCES[kind]),
        "resource_icons": RESOURCE_ICONS,
        "state_words": STATE_WORDS,
        "amount_words": amount_words,
        "people_words": people_words,
        "picture_url": picture_url,
        "picture_widths": picture_widths,
        "today": clock.today(time_zone()),
        "new_key": lambda: secrets.token_urlsafe(18),
    }


def amount_words(resource: LabResource, amount: int) -> str:
    """`6 h`, `120,00 €`, `20 chairs`."""
    if resource.kind == "hours":
        return unbroken_hours(amount)
    if resource.kind == "euro":
        return euro(amount)
    return f"{number(amount)} {resource.unit}".strip()


def people_words(people: int, bodies: int) -> str:
    """How many are in it."""
    words = str(ngettext("%(num)s person", "%(num)s people", people))
    if bodies:
        words += " · " + ngettext("%(num)s organisation", "%(num)s organisations", bodies)
    return words


def starter_of(kind: str) -> Starter | None:
    """What a template gives, in the reader's language. Days are from the first day on, hours in minutes."""
    makers = {"care": _care, "purchasing": _purchasing, "housing": _housing, "street": _street}
    return makers[kind]() if kind in makers else None


def _care() -> Starter:
    return Starter(
        _(
            "We are families who help each other with the hours: who fetches from school, who has an "
            "afternoon free. Nobody pays anybody; who gives an hour receives one."
        ),
        (
            (_("Five families know each other and have said which hours they lack"), 30),
            (_("A first week of turns has taken place"), 60),
            (_("After three months we say what works and what we change"), 120),
        ),
        (
            (_("Find a first evening on which everybody can come"), 7),
            (_("Ask each family which hours it lacks and which it can give"), 14),
            (_("Look for a room for rainy afternoons"), 21),
            (_("Make the first rota of turns"), 35),
        ),
        (
            ("hours", _("Afternoons with the children"), "", 20 * 60),
            ("room", _("A room for rainy afternoons"), _("afternoons"), 8),
        ),
    )  # fmt: skip


def _purchasing() -> Starter:
    return Starter(
        _(
            "We buy together what we all need, from producers near us: good things at a fair price. "
            "What each pays is kept in euro, never in hours."
        ),
        (
            (_("Ten families have said what they would buy"), 30),
            (_("The first order has been delivered"), 60),
            (_("An order every month, with a share for families in difficulty"), 150),
        ),
        (
            (_("Write a list of what we buy most"), 10),
            (_("Visit two producers near here and ask for their prices"), 21),
            (_("Find a place for the delivery, with a door wide enough"), 30),
            (_("Say who holds the list, who holds the money, who hands out"), 35),
        ),
        (
            ("room", _("A place for handing out, once a month"), _("afternoons"), 6),
            ("thing", _("A scale and crates"), _("pieces"), 12),
        ),
    )  # fmt: skip


def _housing() -> Starter:
    return Starter(
        _(
            "We look together for homes and ways into them: who knows of a room, who can speak with an "
            "owner, who helps with moving and repairs. What somebody tells of their own home stays "
            "among us."
        ),
        (
            (_("We know who in the zone can help with what"), 45),
            (_("Three owners have listened to us"), 90),
            (_("Two families have found a home, or kept theirs"), 180),
        ),
        (
            (_("Ask the desk of the municipality which help there is"), 14),
            (_("Make a list of who helps with moving and small repairs"), 21),
            (_("Write one page that explains to owners what we offer"), 30),
        ),
        (
            ("hours", _("Help with moving and small repairs"), "", 20 * 60),
            ("thing", _("Furniture in good order"), _("pieces"), 10),
        ),
    )  # fmt: skip


def _street() -> Starter:
    return Starter(
        _(
            "We bring our street, or our square, to life: we clean, plant, play, eat together, and ask "
            "the shops and the municipality to join in."
        ),
        (
            (_("Everybody who lives here knows of it and has been asked for ideas"), 30),
            (_("A first Saturday together in the street"), 60),
            (_("Something that stays: benches, plants, a game on the ground"), 150),
        ),
        (
            (_("Put a sheet in every doorway: what would you like here?"), 10),
            (_("Ask the municipality what is allowed, and how long it takes"), 14),
            (_("Speak with the shops of the street"), 21),
            (_("Choose a day, and another one in case of rain"), 30),
        ),
        (
            ("thing", _("Tables and chairs for the street"), _("pieces"), 20),
            ("hours", _("Hands for building and planting"), "", 15 * 60),
        ),
    )  # fmt: skip
