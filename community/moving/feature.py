"""Moving to another community of the installation: joining there and leaving here, in one guided way."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from community.members.queries import membership_of
from community.members.tables import Membership
from community.moving import actions
from community.moving.deeds import DEEDS
from community.moving.notices import NOTICES
from community.moving.pages import moving
from community.moving.personal import PERSONAL, RETENTIONS
from community.moving.queries import asked_along, number_let_in, origin_of, way_of
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature, Waiting, WaitingKind
from foundation.web.formats import short_day


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """How far one's own move is, or that somebody of the household asks one to come along."""
    person_id = actor.must_be_person()
    way = way_of(session, actor.community_id, person_id)
    if way is not None and way.move.state == "open":
        title = _("Moving to %(community)s", community=way.community.name)
        line = _("They said yes: say goodbye here, or stay") if way.is_let_in else _("Their makers will meet you")
        return [{"url": url_for("moving.show"), "title": title, "line": line, "icon": "globe"}]
    return [
        {
            "url": url_for("moving.ask", destination=where.slug),
            "title": _("%(who)s asks whether you come along", who=who.given_name),
            "line": _("Moving to %(community)s", community=where.name),
            "icon": "globe",
        }
        for _move, who, where in asked_along(session, actor.community_id, person_id)
        if membership_state(session, where.id or 0, person_id) not in ("applied", "approved")
    ]


def membership_state(session: Session, community_id: int, person_id: int) -> str:
    """Where somebody stands in a community; empty for who never asked."""
    found = membership_of(session, community_id, person_id)
    return found.state if found is not None else ""


def let_in_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """One line for who was let in elsewhere and has not said goodbye here."""
    way = way_of(session, actor.community_id, actor.must_be_person()) if actor.person_id is not None else None
    if way is None or way.move.state != "open" or not way.is_let_in:
        return []
    title = _("%(community)s says yes", community=way.community.name)
    return [Waiting(title, _("Say goodbye here, or stay."), "moving.show", {}, "globe")]


def application_rows(session: Session, membership: Membership) -> list[dict[str, Any]]:
    """For the makers who decide: where an applicant comes from, if they may know, and with whom they come."""
    origin = origin_of(session, membership)
    rows = []
    if origin.community is not None:
        since = short_day(origin.since) if origin.since is not None else ""
        name = origin.community.name
        text = _("%(community)s, since %(day)s", community=name, day=since) if since else name
        rows.append({"icon": "globe", "term": _("Moves here from"), "text": text})
    if origin.together:
        rows.append({"icon": "home", "term": _("One household with"), "text": ", ".join(origin.together)})
    return rows


feature = Feature(
    name="moving",
    blueprints=(moving,),
    notices=NOTICES,
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    deeds=DEEDS,
    waiting=(WaitingKind(let_in_waiting, number_let_in),),
    hooks={
        "me_links": me_links,
        "household_waiting": actions.household_waiting,
        "applicant_decided": actions.decided,
        "application_rows": application_rows,
        "somebody_leaves": actions.somebody_leaves,
        "somebody_returns": actions.somebody_returns,
        "somebody_forgotten": actions.forget,
    },
)
