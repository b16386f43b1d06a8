"""Scanning: one page for the drawings and codes that members, makers and visitors hold in the hand."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from community.scanning.pages import scanning
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature


def me_links(_session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The way to the camera."""
    if actor.person_id is None:
        return []
    line = _("A cheque, a card, an invitation")
    return [{"url": url_for("scanning.scan"), "title": _("Scan a code"), "line": line, "icon": "scan"}]


feature = Feature(name="scanning", blueprints=(scanning,), hooks={"me_links": me_links})
