"""Availability: when a household can in an ordinary week, for its neighbours and for what the house proposes."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from community.availability.actions import forget_week
from community.availability.pages import availability, rendering, set_up, words
from community.availability.personal import PERSONAL
from community.availability.queries import own_week, week_visible_to
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature


def profile_section(session: Session, actor: Actor, party_id: int) -> dict[str, Any] | None:
    """A party's week on its page, for members whom no block keeps apart; nothing where nothing was said."""
    week = week_visible_to(session, actor, party_id)
    mine = party_id == actor.party_id
    if not week and not mine:
        return None
    return {"template": "community/availability/_profile.html", "week": week, "mine": mine, **rendering()}


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The way to one's own week."""
    if actor.party_id is None:
        return []
    line = words.week_words(own_week(session, actor)) or _("So that others propose the right hour")
    return [{"url": url_for("availability.show"), "title": _("When we can"), "line": line, "icon": "calendar"}]


feature = Feature(
    name="availability",
    blueprints=(availability,),
    personal_data=PERSONAL,
    hooks={
        "profile_sections": profile_section,
        "me_links": me_links,
        "set_up": set_up,
        "somebody_forgotten": forget_week,
    },
)
