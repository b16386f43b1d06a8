"""The list of what somebody was told, and noting what they have seen."""

from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from community.notifications import actions
from community.notifications.jobs import notice_named, readable
from community.notifications.pages import notifications
from community.notifications.policies import WAITING
from community.notifications.queries import inbox, stops_of
from community.notifications.rules import TOPICS
from community.notifications.tables import Notification
from foundation.errors import Missing
from foundation.outbox import Undeliverable
from foundation.web import Answer, actor, htmx, page, reading, redirect_to, requires, say, writing
from foundation.web.asked import row_number

MOST_AT_ONCE = 50


@notifications.get("/c/<community>/notices")
@requires(WAITING)
def notices() -> Answer:
    before = request.args.get("before", None, type=row_number)
    found = inbox(reading(), actor(), before)
    asked = stops_of(reading(), actor().must_be_person(), open_only=True) if before is None else []
    return page(
        "community/notifications/notices.html",
        found=[_shown(one) for one in found.found],
        older=found.older,
        newest=before is None,
        upto=found.found[0].id if found.found else 0,
        unseen=any(one.seen_at is None for one in found.found),
        asked=[(stop.notice, words_of(last)[0]) for stop, last in asked],
    )


@notifications.post("/c/<community>/notices/<int:notification_id>/open")
@requires(WAITING)
def open_notice(notification_id: int) -> Answer:
    with writing() as session:
        one = actions.see(session, actor(), notification_id)
        endpoint, place = one.endpoint, one.place
    return redirect_to(endpoint, **place) if endpoint else redirect_to(".notices")


@notifications.post("/c/<community>/notices/seen")
@requires(WAITING)
def seen() -> Answer:
    """The page that is open shows what these notices told of: a script says so."""
    ids = [int(one) for one in request.form.get("ids", "").split(",")[:MOST_AT_ONCE] if one.isdecimal()]
    with writing() as session:
        for one in ids:
            try:
                actions.see(session, actor(), one)
            except Missing:  # it is gone, or was never theirs: there is nothing to say
                continue
    return Response(status=204) if htmx.asked() else redirect_to(".notices")


@notifications.post("/c/<community>/notices/all-seen")
@requires(WAITING)
def all_seen() -> Answer:
    with writing() as session:
        actions.see_all(session, actor(), request.form.get("upto", 0, type=row_number))
    say(_("All marked as seen."))
    return redirect_to(".notices")


def _shown(one: Notification) -> dict[str, Any]:
    subject, lines = words_of(one)
    return {
        "id": one.id,
        "subject": subject,
        "line": lines[0] if lines else "",
        "at": one.created_at,
        "seen": one.seen_at is not None,
        "topic": _(TOPICS[one.topic]).split(":")[0],
        "url": url_for(".open_notice", notification_id=one.id),
    }


def words_of(one: Notification) -> tuple[str, list[str]]:
    """What it says, in the words of the letter; what no feature declares any more is said in general."""
    try:
        notice = notice_named(one.notice)
    except Undeliverable:
        return _("Something from the community"), []
    params = readable(one.params)
    return _(notice.subject, **params), [_(paragraph, **params) for paragraph in notice.body]
