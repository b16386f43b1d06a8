"""Places on the pages of an activity and of a date."""

from typing import Any

from flask import url_for

from civic_centers.activities.queries.writing import may_write_to_them
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.policies import may_keep
from civic_centers.enrolling.pages.words import saying
from civic_centers.enrolling.policies import ENROL
from civic_centers.enrolling.queries.counting import There, adults_and_children, enrolled_in
from civic_centers.enrolling.queries.own import next_dates, own_at, place_in_line, without_anybody
from civic_centers.enrolling.rules import LIVE
from foundation import clock
from foundation.access import Actor
from foundation.database import Session


def session_section(session: Session, actor: Actor, activity: Activity, one: ActivitySession) -> dict[str, Any] | None:
    """On the page of a date: the way in, how one's household stands, and for keepers the list."""
    keeps = may_keep(session, actor, one.center_id)
    if not activity.is_public and not keeps:
        return None
    own = own_at(session, actor, one.id or 0)
    to_come = one.state == "planned" and one.starts_at > clock.now()
    there = There()
    if keeps and activity.ratio_rule != "off":
        there = adults_and_children(session, [one.id or 0])[one.id or 0]
    waiting = [asked for asked in own.requests.values() if asked.state == "waiting"] if own is not None else []
    return {
        "template": "civic_centers/enrolling/_section.html",
        "one": one,
        "activity": activity,
        "counts": enrolled_in(session, [one.id or 0])[one.id or 0],
        "own": own,
        "live": own.standing(*LIVE) if own is not None else [],
        "lines": {asked.id: place_in_line(session, asked) for asked in waiting},
        "nobody": without_anybody(session, actor, [own]) if own is not None else set(),
        "to_come": to_come,
        "may_enrol": to_come and activity.state == "open" and actor.may(ENROL),
        "is_visitor": to_come and activity.state == "open" and actor.person_id is None,
        "keeps": keeps,
        "tell_url": _tell_url(session, actor, activity) if keeps and to_come else "",
        "there": there,
        "missing": there.missing(activity),
        **saying(),
    }


def activity_section(session: Session, actor: Actor, activity: Activity) -> dict[str, Any] | None:
    """On the page of an activity: where one enrols for all dates, the way to do it."""
    if activity.enrol_for != "all" or activity.state != "open" or not actor.may(ENROL):
        return None
    coming = next_dates(session, activity.id or 0, 1)
    return {"template": "civic_centers/enrolling/_course.html", "next": coming[0]} if coming else None


def _tell_url(session: Session, actor: Actor, activity: Activity) -> str:
    """For makers of the zone: where they write to everybody who comes."""
    if not may_write_to_them(session, actor, activity.id or 0):
        return ""
    return url_for("broadcasts.ask_new", kind="activity_people", of=activity.id)
