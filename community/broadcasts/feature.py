"""Broadcasts: what makers write to a zone, to everybody, or to the people of one thing."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from community.broadcasts.actions import end_with, forget, hide, show_again
from community.broadcasts.deeds import DEEDS
from community.broadcasts.jobs import JOBS
from community.broadcasts.notices import NOTICES
from community.broadcasts.pages import broadcasts
from community.broadcasts.personal import PERSONAL, RETENTIONS
from community.broadcasts.policies import READ, WRITE
from community.broadcasts.queries import author_of, number_waiting, reported_broadcast, waiting_for
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import Feature, Reportable, Waiting, WaitingKind


def to_approve(session: Session, actor: Actor) -> list[Waiting]:
    """One line for a maker whose yes other makers wait for."""
    found = waiting_for(session, actor) if actor.may(WRITE) and actor.person_id is not None else []
    if not found:
        return []
    title = ngettext("%(num)s message to many to read first", "%(num)s messages to many to read first", len(found))
    line = _("It goes out only with the yes of a second maker.")
    if len(found) == 1:
        return [Waiting(title, line, "broadcasts.show", {"broadcast_id": found[0].id}, "eye")]
    return [Waiting(title, line, "broadcasts.sent", {}, "eye")]


def me_links(_session: Session, actor: Actor) -> list[dict[str, Any]]:
    """For makers: writing to many, and what was sent."""
    if not actor.may(WRITE):
        return []
    line = _("To a zone, to everybody; and what we sent")
    return [{"url": url_for("broadcasts.sent"), "title": _("Messages to many"), "line": line, "icon": "people"}]


feature = Feature(
    name="broadcasts",
    blueprints=(broadcasts,),
    permissions=(WRITE, READ),
    jobs=JOBS,
    notices=NOTICES,
    reportables=(
        Reportable(
            "broadcast",
            N_("A message of the makers"),
            reported_broadcast,
            "broadcasts.read",
            "broadcast_id",
            hide,
            show_again=show_again,
            author=author_of,
        ),
    ),
    waiting=(WaitingKind(to_approve, number_waiting),),
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    deeds=DEEDS,
    hooks={"me_links": me_links, "somebody_leaves": end_with, "somebody_forgotten": forget},
)
