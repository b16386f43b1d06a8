"""Privacy: what is kept about people and why, in words; and everything about oneself in one file."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from community.privacy.jobs import JOBS
from community.privacy.notices import NOTICES
from community.privacy.pages import privacy
from community.privacy.personal import PERSONAL
from community.privacy.policies import SAY_WHO
from community.threads.personal import RETENTIONS
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature


def me_links(_session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The way to one's own data."""
    if not actor.is_member:
        return []
    line = _("What is kept about you, and a file with all of it")
    return [{"url": url_for("privacy.mine"), "title": _("Your data"), "line": line, "icon": "lock"}]


def frame(_session: Session, actor: Actor | None) -> dict[str, Any]:
    """The way to the page, from the foot of every page of a community."""
    return {"privacy_url": url_for("privacy.show")} if actor is not None else {}


feature = Feature(
    name="privacy",
    blueprints=(privacy,),
    permissions=(SAY_WHO,),
    jobs=JOBS,
    notices=NOTICES,
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    hooks={"frame": frame, "me_links": me_links},
)
