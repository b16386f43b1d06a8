"""The record of what was done, for those whom it concerns."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from community.deeds.pages import deeds
from community.deeds.policies import READ
from community.threads.deeds import DEEDS as OF_THREADS
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature


def me_links(_session: Session, actor: Actor) -> list[dict[str, Any]]:
    """What was done about oneself; for makers the whole record within their scope."""
    links = []
    if actor.is_member:
        line = _("By makers, or by somebody in your name")
        links.append({"url": url_for("deeds.mine"), "title": _("What was done about you"), "line": line, "icon": "eye"})
    if actor.may(READ):
        line = _("Who did what, for whom and when")
        links.append({"url": url_for("deeds.record"), "title": _("The record"), "line": line, "icon": "search"})
    return links


feature = Feature(
    name="deeds",
    blueprints=(deeds,),
    permissions=(READ,),
    deeds=OF_THREADS,
    hooks={"me_links": me_links},
)
