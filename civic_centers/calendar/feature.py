"""The calendar of a community, its feeds, and everybody's own."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from civic_centers.calendar.pages import calendar
from civic_centers.calendar.pages.files import session_section
from civic_centers.calendar.policies import SUBSCRIBE
from civic_centers.centers.tables import Center
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import BarItem, Feature


def me_links(_session: Session, actor: Actor) -> list[dict[str, Any]]:
    """Where one's own calendar can be subscribed to."""
    if actor.is_on_behalf or not actor.may(SUBSCRIBE):
        return []
    line = _("Your dates in the calendar of your phone")
    return [{"url": url_for("calendar.mine"), "title": _("Your calendar"), "line": line, "icon": "calendar"}]


def center_section(_session: Session, _actor: Actor, center: Center) -> dict[str, Any] | None:
    """The way from a center to its calendar; none once it is closed for good."""
    if center.closed_on is not None:
        return None
    return {
        "template": "civic_centers/calendar/_of_center.html",
        "url": url_for("calendar.of_center", center_slug=center.slug),
        "month_url": url_for("calendar.of_center", center_slug=center.slug, view="month"),
    }


feature = Feature(
    name="calendar",
    blueprints=(calendar,),
    permissions=(SUBSCRIBE,),
    bar=(BarItem(20, "calendar.show", "calendar", N_("Calendar")),),
    on_behalf=("calendar.show", "calendar.of_center"),
    hooks={"session_sections": session_section, "me_links": me_links, "center_sections": center_section},
)
