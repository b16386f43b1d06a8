"""What waits for me, whom makers have to call, and the letters of a trial installation."""

import secrets
from urllib.parse import urlsplit

from flask import request, url_for
from flask_babel import gettext as _

from community.notifications import actions
from community.notifications.jobs import notice_named, readable
from community.notifications.pages import notifications
from community.notifications.policies import CALL, WAITING
from community.notifications.queries import Call, calls_by_person, told_lately
from foundation.errors import Missing
from foundation.mail import FolderMailbox, mailbox_for
from foundation.once import first_time
from foundation.web import Answer, actor, page, public, reading, redirect_to, requires, say, settings, writing
from foundation.web.asked import row_number
from foundation.web.frame import waiting_for


@notifications.get("/c/<community>/waiting")
@requires(WAITING)
def waiting() -> Answer:
    return page("community/notifications/waiting.html", items=shown(waiting_for(actor())))


def shown(items: list) -> list[dict[str, object]]:
    """What waits, as macros/look.html wants it."""
    return [
        {
            "url": url_for(item.endpoint, **item.values),
            "title": item.title,
            "line": item.detail,
            "name": item.name,
            "icon": item.icon,
        }
        for item in items
    ]


@notifications.get("/c/<community>/calls")
@requires(CALL)
def calls() -> Answer:
    people = [(one, [_words(call) for call in one.calls]) for one in calls_by_person(reading(), actor())]
    told = [(call, _words(call)[0], at, by) for call, at, by in told_lately(reading(), actor())]
    return page(
        "community/notifications/calls.html", people=people, told=told, new_key=lambda: secrets.token_urlsafe(18)
    )


def _words(call: Call) -> tuple[str, list[str]]:
    """What a call is about in one line, and what to tell, as the letter would have said it."""
    notice, params = notice_named(call.notice), readable(call.params)
    return _(notice.subject, **params), [_(paragraph, **params) for paragraph in notice.body]


@notifications.post("/c/<community>/calls/<int:call_id>/made")
@requires(CALL)
def tick(call_id: int) -> Answer:
    with writing() as session:
        actions.tick_call(session, actor(), call_id)
    say(_("Thank you for calling."))
    return redirect_to(".calls")


@notifications.post("/c/<community>/calls/people/<int:person_id>/told")
@requires(CALL)
def told(person_id: int) -> Answer:
    with writing() as session:
        actions.note_told(session, actor(), person_id, request.form.get("upto", 0, type=row_number))
    say(_("Thank you for calling."))
    return redirect_to(".calls")


@notifications.post("/c/<community>/calls/people/<int:person_id>/no-answer")
@requires(CALL)
def no_answer(person_id: int) -> Answer:
    key = request.form.get("request_key", "")[:64]
    with writing() as session:
        if first_time(session, f"no answer {key}" if key else "", actor().person_id):
            actions.note_no_answer(session, actor(), person_id)
    say(_("Noted, with the time. Whoever tries next sees it."))
    return redirect_to(".calls")


@notifications.get("/development/mail")
@public
def letters() -> Answer:
    return page("community/notifications/letters.html", letters=_mailbox().letters())


@notifications.get("/development/mail/<name>")
@public
def letter(name: str) -> Answer:
    found = _mailbox().letter(name)
    if found is None:
        raise Missing()
    return page("community/notifications/letter.html", letter=found, lines=_lines(found.text))


def _lines(text: str) -> list[tuple[str, str]]:
    """Each line of a letter, and where it leads on this very installation when it is a link."""
    return [(line, _path(line.strip()) if "://" in line else "") for line in text.splitlines() if line.strip()]


def _path(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _mailbox() -> FolderMailbox:
    """Only where mail goes nowhere and nobody real is written to: everywhere else there is no such page."""
    mailbox = mailbox_for(settings())
    if settings().env not in ("development", "test") or not isinstance(mailbox, FolderMailbox):
        raise Missing()
    return mailbox
