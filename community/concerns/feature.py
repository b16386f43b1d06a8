"""Concerns about a child or a frail person: from whoever is worried to the safeguarding leads, and back."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from community.concerns.notices import NOTICES
from community.concerns.pages import concerns
from community.concerns.personal import PERSONAL
from community.concerns.policies import TELL
from community.concerns.queries import number_open, waits_for_lead
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature, Waiting, WaitingKind


def for_leads(session: Session, actor: Actor) -> list[Waiting]:
    """One line for a lead, however many there are, and without a word of them."""
    if not waits_for_lead(session, actor):
        return []
    return [
        Waiting(
            _("Somebody is worried"), _("For the safeguarding leads"), "concerns.listing", {}, "shield", urgent=True
        )
    ]


def me_links(_session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The way to the leads, and back to their answer: always there, so that it tells nobody anything."""
    if not actor.may(TELL) or not actor.is_member:
        return []
    line = _("Numbers to call, and people who listen")
    return [{"url": url_for("concerns.listing"), "title": _("Something worries me"), "line": line, "icon": "shield"}]


feature = Feature(
    name="concerns",
    blueprints=(concerns,),
    permissions=(TELL,),
    notices=NOTICES,
    waiting=(WaitingKind(for_leads, number_open),),
    personal_data=PERSONAL,
    hooks={"me_links": me_links},
)
