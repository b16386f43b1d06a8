"""What waits for me, whom makers have to call, and the letters of a trial installation."""

from urllib.parse import urlsplit

from flask import Blueprint, url_for
from flask_babel import gettext as _

from community.notifications import actions
from community.notifications.jobs import notice_named, readable
from community.notifications.policies import CALL, WAITING
from community.notifications.queries import calls_to_make
from foundation.errors import Missing
from foundation.mail import FolderMailbox, mailbox_for
from foundation.web import Answer, actor, page, public, reading, redirect_to, requires, say, settings, writing
from foundation.web.frame import waiting_for

notifications = Blueprint("notifications", __name__)


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
    rows = [
        {"call": call, "words": _(notice_named(call.notice).subject, **readable(call.params))}
        for call in calls_to_make(reading(), actor())
    ]
    return page("community/notifications/calls.html", rows=rows)


@notifications.post("/c/<community>/calls/<int:call_id>/made")
@requires(CALL)
def tick(call_id: int) -> Answer:
    with writing() as session:
        actions.tick_call(session, actor(), call_id)
    say(_("Thank you for calling."))
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
