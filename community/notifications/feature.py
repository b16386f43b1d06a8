"""Notifications: what people are told and how, letters, calls to who has no e-mail, and the bell."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement

from community.notifications.actions import end_with, forget, see_matter, stop_topic, tell_otherwise
from community.notifications.deeds import DEEDS
from community.notifications.jobs import decide, write_letter
from community.notifications.pages import notifications
from community.notifications.pages.digests import deliver_digest, make_due
from community.notifications.personal import PERSONAL, RETENTIONS
from community.notifications.policies import CALL, WAITING
from community.notifications.queries import any_calls, count_calls, is_seen, number_unseen, unseen_places
from community.notifications.rules import DIGEST, TOPICS
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import Feature, Waiting, WaitingKind
from foundation.jobs import Job
from foundation.outbox import InHouse, Prepared
from foundation.web.keeping import kept
from foundation.web.numbers import number_named, number_waiting
from foundation.web.state import settings


def calls_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """One line for a maker with people to call."""
    count = count_calls(session, actor) if actor.may(CALL) else 0
    if not count:
        return []
    title = ngettext("%(num)s person to call", "%(num)s people to call", count)
    return [Waiting(title, _("They have no e-mail: your voice is the letter."), "notifications.calls", {}, "phone")]


UNSEEN = "unseen notices"


def numbers(actor: Actor) -> Mapping[str, ColumnElement[int] | None]:
    """How many notices a person has not seen, counted with everything else that stands on every page."""
    return {UNSEEN: number_unseen(actor) if actor.may(WAITING) else None}


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The way to what one was told, and to how one wishes to be reached."""
    if not actor.may(WAITING) or actor.is_on_behalf:
        return []
    count = number_named(actor, UNSEEN)
    line = ngettext("%(num)s new", "%(num)s new", count) if count else _("What you were told")
    return [
        {"url": url_for("notifications.notices"), "title": _("Notices"), "line": line, "icon": "bell"},
        {
            "url": url_for("notifications.wishes"),
            "title": _("How we reach you"),
            "line": _("Letters, telephone, quiet hours, the summary"),
            "icon": "clock",
        },
    ]


def _seen_here(session: Session, actor: Actor) -> list[int]:
    """The unseen notices that lead to the page being shown: a script says that they are seen now, since GET writes
    nothing. Asked only of who has any, and kept as the numbers are."""
    places = kept(actor, UNSEEN, lambda: unseen_places(session, actor))
    here = {name: value for name, value in (request.view_args or {}).items() if name != "community"}
    return [number for number, endpoint, place in places if endpoint == request.endpoint and place == here]


def acting(session: Session, actor: Actor) -> None:
    """Whoever does something about a thing has seen what they were told of it: also without a script, which says so
    for those who only read. What the deed itself tells them is decided after the commit, and is new."""
    if actor.person_id is None or actor.is_on_behalf:
        return
    for name, value in (request.view_args or {}).items():
        if name.endswith("_id"):
            see_matter(session, actor.person_id, actor.community_id, f"{name.removesuffix('_id')}:{value}")


def frame(session: Session, actor: Actor | None) -> dict[str, Any]:
    """The bell, and in a trial installation the way to its letters."""
    site: dict[str, Any] = {}
    if settings().env == "development" and not settings().mail_url:
        site["mail_page_url"] = url_for("notifications.letters")
    # In somebody else's place the bell would ring for them.
    if actor is not None and actor.may(WAITING) and not actor.is_on_behalf:
        site["bell_url"] = url_for("notifications.waiting")
        site["bell_count"] = number_waiting(actor)
        site["unseen_count"] = number_named(actor, UNSEEN)
        if site["unseen_count"] and request.method == "GET":
            site["seen_here"] = _seen_here(session, actor)
            site["seen_url"] = url_for("notifications.seen")
    return site


def topic_words(topic: str) -> str:
    """What letters of a topic are about, for the page that ends them."""
    return N_("The summary of what is new") if topic == DIGEST else TOPICS.get(topic, "")


DIGESTS = Job(
    "notifications.digests",
    run_batches=make_due,
    every=timedelta(minutes=15),
    words="Makes the summaries of notices that are due",
)

feature = Feature(
    name="notifications",
    blueprints=(notifications,),
    permissions=(CALL, WAITING),
    channels={"mail": Prepared(write_letter), "notice": InHouse(decide), "digest": deliver_digest},
    jobs=(DIGESTS,),
    waiting=(WaitingKind(calls_waiting, any_calls),),
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    deeds=DEEDS,
    hooks={
        "acting": acting,
        "frame": frame,
        "numbers": numbers,
        "me_links": me_links,
        "stop_topic": stop_topic,
        "topic_words": topic_words,
        "seen_meanwhile": is_seen,
        "not_pushed": tell_otherwise,
        "somebody_leaves": end_with,
        "somebody_forgotten": forget,
    },
)
