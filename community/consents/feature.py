"""Optional consents: in words that have versions, given and taken back on one page, with their history."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from community.consents.actions import forget_answers
from community.consents.pages import consents
from community.consents.personal import PERSONAL
from community.consents.policies import READ
from community.consents.rules import CONSENTS
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature


def me_links(_session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The way to one's own answers."""
    if not actor.is_member:
        return []
    line = _("Photographs, news: yes or no, as you like")
    return [{"url": url_for("consents.mine"), "title": _("What I agree to"), "line": line, "icon": "check"}]


feature = Feature(
    name="consents",
    blueprints=(consents,),
    permissions=(READ,),
    personal_data=PERSONAL,
    consents=CONSENTS,
    hooks={"me_links": me_links, "somebody_forgotten": forget_answers},
)
