"""Notifications: letters, calls to who has no e-mail, and the bell."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from community.notifications.deeds import DEEDS
from community.notifications.jobs import deliver
from community.notifications.pages import notifications
from community.notifications.personal import PERSONAL, RETENTIONS
from community.notifications.policies import CALL, WAITING
from community.notifications.queries import any_calls, count_calls
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature, Waiting, WaitingKind
from foundation.web.numbers import number_waiting
from foundation.web.state import settings


def calls_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """One line for a maker with people to call."""
    count = count_calls(session, actor) if actor.may(CALL) else 0
    if not count:
        return []
    title = ngettext("%(num)s person to call", "%(num)s people to call", count)
    return [Waiting(title, _("They have no e-mail: your voice is the letter."), "notifications.calls", {}, "phone")]


def frame(_session: Session, actor: Actor | None) -> dict[str, Any]:
    """The bell, and in a trial installation the way to its letters."""
    site: dict[str, Any] = {}
    if settings().env == "development" and not settings().mail_url:
        site["mail_page_url"] = url_for("notifications.letters")
    # In somebody else's place the bell would ring for them.
    if actor is not None and actor.may(WAITING) and not actor.is_on_behalf:
        site["bell_url"] = url_for("notifications.waiting")
        site["bell_count"] = number_waiting(actor)
    return site


feature = Feature(
    name="notifications",
    blueprints=(notifications,),
    permissions=(CALL, WAITING),
    channels={"mail": deliver},
    waiting=(WaitingKind(calls_waiting, any_calls),),
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    deeds=DEEDS,
    hooks={"frame": frame},
)
