"""On the phone: installing, opening without a connection, and sending later what was written without one."""

from typing import Any

from flask import Flask, Response, current_app, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import current_user

from community.pocket.pages import ended_elsewhere, owner_mark, pocket
from community.pocket.policies import TAKE_ALONG
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature
from foundation.web import community, in_community, settings
from foundation.web.language import language_code

CLEAR = '"cache", "storage"'
UNTOUCHED = {None, "static", "pocket.worker", "pocket.manifest", "pocket.without", "pocket.whose"}


def frame(_session: Session, actor: Actor | None) -> dict[str, Any]:
    """On every page what makes it installable; for who is signed in, whose the phone is and what it may keep."""
    here = community().slug if actor is not None and in_community() else None
    site: dict[str, Any] = {"manifest_url": url_for("pocket.manifest", of=here, language=language_code())}
    if not current_user.is_authenticated:
        return site
    on = settings().worker == "on"
    stays = current_app.config["REMEMBER_COOKIE_NAME"] in request.cookies
    takes = actor is not None and actor.may(TAKE_ALONG) and not actor.is_on_behalf
    site["phone"] = {
        "owner": owner_mark(),
        "worker": url_for("pocket.worker") if on else "",
        # Who did not ask to stay signed in shares the device: nothing of theirs is laid down on it.
        "pocket": url_for("pocket.show") if on and stays and takes else "",
        "stays": stays,
        "list": url_for("pocket.without", language=language_code()),
        "installable": on and stays and request.endpoint == "communities.home",
    }
    return site


def me_links(_session: Session, actor: Actor) -> list[dict[str, Any]]:
    """What opens without a connection."""
    if not actor.may(TAKE_ALONG):
        return []
    line = _("Agenda, agreements, contacts and card")
    return [{"url": url_for("pocket.show"), "title": _("Without a connection"), "line": line, "icon": "phone"}]


def set_up(app: Flask) -> None:
    """Let the browser clear what it kept when somebody signs out, or comes with a session that has ended."""
    app.after_request(_clear)


def _clear(response: Response) -> Response:
    # Pages about a fault of ours know nobody: they are no sign that a session has ended.
    if request.endpoint in UNTOUCHED or response.status_code >= 500:
        return response
    ended = ended_elsewhere()
    if ended:
        cookie.pop("_user_id", None)
        cookie["_remember"] = "clear"
    if ended or request.path.startswith("/sign-out"):
        response.headers["Clear-Site-Data"] = CLEAR
    return response


feature = Feature(
    name="pocket",
    blueprints=(pocket,),
    permissions=(TAKE_ALONG,),
    hooks={"frame": frame, "me_links": me_links, "set_up": set_up},
)
