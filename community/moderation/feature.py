"""Moderation: reports become cases on the makers' desk, decisions can be appealed, households can block each other."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from community.moderation.actions.forgetting import forget_words
from community.moderation.deeds import DEEDS
from community.moderation.jobs import JOBS
from community.moderation.notices import NOTICES
from community.moderation.pages import moderation
from community.moderation.personal import PERSONAL, RETENTIONS
from community.moderation.policies import BLOCK, DESK, MODERATE, REPORT, STEP_IN, may_hear_desk
from community.moderation.queries import about_me, appeals_for, count_open
from community.moderation.rules import WORRY
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing
from foundation.feature import Feature, LiveKind, Reportable, Waiting, WaitingKind


def cases_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """One line for a maker with open cases, one for appeals."""
    if not actor.may(DESK):
        return []
    lines = []
    count, urgent, late = count_open(session, actor)
    if count:
        title = ngettext("%(num)s report to look at", "%(num)s reports to look at", count)
        details = []
        if urgent:
            details.append(ngettext("%(num)s of them is urgent", "%(num)s of them are urgent", urgent))
        if late:
            details.append(ngettext("%(num)s has waited too long", "%(num)s have waited too long", late))
        lines.append(Waiting(title, " · ".join(details), "moderation.reports", {}, icon="flag", urgent=bool(urgent)))
    appeals = len(appeals_for(session, actor))
    if appeals:
        title = ngettext("%(num)s person asks for another look", "%(num)s people ask for another look", appeals)
        lines.append(Waiting(title, _("They do not agree with a decision."), "moderation.reports", {}, icon="flag"))
    return lines


def word_to_the_makers(_session: Session, actor: Actor, person_id: int) -> tuple[str, int | None, int | None]:
    """A report about no single thing: whoever writes it is its object. Raises Missing for somebody else's."""
    if person_id != actor.person_id and not actor.may(DESK):
        raise Missing()
    return _("A word to the makers"), actor.zone_id if person_id == actor.person_id else None, None


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """What was decided about oneself, where there is anything."""
    found = about_me(session, actor.community_id, actor.person_id) if actor.person_id else []
    if not found:
        return []
    line = ngettext("%(num)s decision", "%(num)s decisions", len(found))
    return [
        {
            "url": url_for("moderation.decisions"),
            "title": _("What makers decided about you"),
            "line": line,
            "icon": "flag",
        }
    ]


def frame(_session: Session, actor: Actor | None) -> dict[str, Any]:
    """At the foot of any page: reporting something, and what makers did in a year."""
    if actor is None:
        return {}
    year = {"year_url": url_for("moderation.makers_year")}
    if not actor.is_member:
        return year
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    report = url_for("moderation.ask_to_report", kind=WORRY, object_id=actor.person_id, next=here)
    return {"report_url": report, **year}


feature = Feature(
    name="moderation",
    blueprints=(moderation,),
    permissions=(REPORT, DESK, MODERATE, STEP_IN, BLOCK),
    jobs=JOBS,
    notices=NOTICES,
    live=(LiveKind("desk", may_hear_desk),),
    waiting=(WaitingKind(cases_waiting),),
    reportables=(Reportable(WORRY, N_("A word to the makers"), word_to_the_makers, "", ""),),
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    deeds=DEEDS,
    hooks={"me_links": me_links, "frame": frame, "somebody_forgotten": forget_words},
)
