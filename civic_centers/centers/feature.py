"""Civic centers: where they are, when they are open, and who keeps them."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from civic_centers.centers.actions import PHOTO_KIND, end_keepers_of
from civic_centers.centers.actions.photos import hide_photo
from civic_centers.centers.deeds import DEEDS
from civic_centers.centers.notices import NOTICES
from civic_centers.centers.pages import centers
from civic_centers.centers.pages.words import saying
from civic_centers.centers.personal import PERSONAL
from civic_centers.centers.policies import KEEP, OPEN
from civic_centers.centers.queries import (
    KIND,
    cards_of,
    center_of_photo,
    center_visible_to,
    centers_of,
    kept_centers,
    may_see_photo,
)
from community.communities.queries import community_of
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import Feature, Reportable

AT_HOME = 3


def reported(session: Session, actor: Actor, center_id: int) -> tuple[str, int | None, int | None]:
    """A center, for the makers who look at a report. Raises Missing."""
    center = center_visible_to(session, actor, center_id)
    return f"{center.name}. {center.words}".strip(), center.zone_id, center.party_id


def reported_photo(session: Session, actor: Actor, file_id: int) -> tuple[str, int | None, int | None]:
    """A photograph of a center, by the number of its file. Raises Missing."""
    center = center_visible_to(session, actor, center_of_photo(session, file_id).id or 0)
    return _("A photograph of “%(title)s”", title=center.name), center.zone_id, center.party_id


def home_section(session: Session, actor: Actor) -> dict[str, Any] | None:
    """At home: the centers near, and whether they are open now."""
    found = centers_of(session, actor)
    if not found:
        return None
    cards = cards_of(session, found[:AT_HOME], community_of(session, actor.community_id).time_zone)
    return {
        "template": "civic_centers/centers/_home.html",
        "centers": cards,
        "url": url_for("centers.listing"),
        **saying(),
    }


def home_links(_actor: Actor) -> dict[str, str]:
    """Where the centers are, for who looks around."""
    return {"centers": url_for("centers.listing")}


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """For keepers their centers."""
    if actor.is_on_behalf or not actor.may(KEEP):
        return []
    kept = [center for center in kept_centers(session, actor) if center.closed_on is None]
    if not kept:
        if not actor.may(OPEN):
            return []
        line = _("There is none yet: open the first")
        return [{"url": url_for("centers.listing"), "title": _("Civic Centers"), "line": line, "icon": "home"}]
    line = _("The rooms, the hours, the wall")
    if len(kept) > AT_HOME:
        return [{"url": url_for("centers.listing"), "title": _("Civic Centers"), "line": line, "icon": "home"}]
    return [
        {
            "url": url_for("centers.show", center_slug=center.slug),
            "title": center.name,
            "line": line,
            "icon": "home",
        }
        for center in kept
    ]


feature = Feature(
    name="centers",
    blueprints=(centers,),
    permissions=(OPEN, KEEP),
    notices=NOTICES,
    reportables=(
        Reportable(KIND, N_("A civic center"), reported, "", ""),
        Reportable(PHOTO_KIND, N_("A photograph"), reported_photo, "", "", hide_photo),
    ),
    file_kinds={PHOTO_KIND: may_see_photo},
    personal_data=PERSONAL,
    deeds=DEEDS,
    on_behalf=("centers.listing", "centers.show"),
    hooks={
        "home_sections": home_section,
        "home_links": home_links,
        "me_links": me_links,
        "somebody_leaves": end_keepers_of,
    },
)
