"""On the phone: what makes it installable, what opens without a connection, and who is signed in when it is back."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request, url_for
from flask import session as cookie
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from community.cards.queries import own_cards
from community.communities.queries import open_communities
from community.pocket.policies import TAKE_ALONG
from community.pocket.queries import pocket_of
from foundation import clock
from foundation.crypto import keyed_fingerprint
from foundation.errors import Missing
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, public, reading, requires, settings
from foundation.web.language import direction, language_code
from foundation.web.qr import qr_drawing

pocket = Blueprint("pocket", __name__)

ICONS = ((192, "any"), (512, "any"), (512, "maskable"))
KEPT = (
    "css/reciproca.css", "phone/page.js", "fonts/titillium-web-latin-400-normal.woff2",
    "fonts/titillium-web-latin-600-normal.woff2", "img/icons.svg", "img/logo.svg", "img/mark.svg",
    "img/art/offline.svg",
)  # fmt: skip
"""What the page without a connection is made of."""
PAPER = "#f6f4ef"
AN_HOUR = 3600


@pocket.get("/worker.js")
@public
def worker() -> Response:
    """The worker of the whole site, with the addresses of what it keeps: another one after each change of those."""
    on = settings().worker == "on"
    script = (Path(str(current_app.static_folder)) / "dist/phone" / ("worker.js" if on else "gone.js")).read_text(
        "utf-8"
    )
    if on:
        pages = {code: url_for(".without", language=code) for code in settings().language_codes}
        kept = [{"url": _asset(name), "revision": None} for name in KEPT]
        kept += [{"url": url, "revision": _version(code)} for code, url in pages.items()]
        told = {"kept": kept, "pages": pages, "usual": settings().language_codes[0]}
        script = f"self.reciproca={json.dumps(told)};\n{script}"
    response = Response(script, mimetype="text/javascript")
    # Browsers ask for it at each visit, and are told in a few bytes that it is the same.
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@pocket.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    """How it looks among a telephone's own apps, in the language that the page spoke (`language`)."""
    found = open_communities(reading())
    here = next((one for one in found if one.slug == request.args.get("of")), None)
    sole = found[0] if len(found) == 1 else None
    with force_locale(_spoken(request.args.get("language", ""))):
        told = {
            "id": "/",
            "name": f"Reciproca · {sole.name}" if sole else "Reciproca",
            "short_name": "Reciproca",
            "description": _(
                "Neighbours, families and associations who give each other a hand, and pay back with time,"
                " never with money."
            ),
            "lang": language_code(),
            "dir": direction(language_code()),
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": PAPER,
            "theme_color": PAPER,
            "categories": ["social", "lifestyle"],
            "icons": [_icon(size, purpose) for size, purpose in ICONS],
            "shortcuts": list(_shortcuts(here or sole)),
        }
    response = Response(json.dumps(told, ensure_ascii=False), mimetype="application/manifest+json")
    response.headers["Cache-Control"] = f"public, max-age={AN_HOUR}"
    return response


@pocket.get("/without-connection/<language>")
@public
def without(language: str) -> Response:
    """The page that opens without a connection: the same for everybody, and kept by the worker."""
    if language not in settings().language_codes:
        raise Missing()
    return Response(_without(language), mimetype="text/html", headers={"Cache-Control": "no-cache"})


@pocket.get("/pocket/whose")
@public
def whose() -> Response:
    """Who is signed in, as a mark that tells nothing, and the protection of a form: asked before sending what waits."""
    response = jsonify(owner=owner_mark(), token=generate_csrf())
    response.headers["Cache-Control"] = "no-store"
    return response


@pocket.get("/c/<community>/pocket")
@requires(TAKE_ALONG)
def show() -> Answer:
    """What one takes along, to be read here as well; pages fetch the part of it and keep it sealed on the phone."""
    who = actor()
    held = [card for card in own_cards(reading(), who) if not card.for_insurance]
    today = clock.today(community().time_zone)
    answer = page(
        "community/pocket/show.html",
        part="community/pocket/_pocket.html",
        pocket=pocket_of(reading(), who),
        community=community(),
        name=current_user.name,
        card=next((card for card in held if card.since <= today <= card.until), None),
        drawing=qr_drawing(
            url_for("members.person", person_id=who.must_be_person(), _external=True), _("QR code of the card")
        ),
        made=clock.now(),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def owner_mark() -> str:
    """By which a phone knows whose things it keeps: empty for nobody."""
    if not current_user.is_authenticated:
        return ""
    return keyed_fingerprint(current_app.config["SECRET_KEY"], "pocket", str(current_user.person_id))[:32]


def ended_elsewhere() -> bool:
    """Whether the browser brings a session that has ended: on another device, by a new password, by a maker."""
    if current_user.is_authenticated:
        return False
    return "_user_id" in cookie or current_app.config["REMEMBER_COOKIE_NAME"] in request.cookies


def _without(language: str) -> str:
    # Whoever asks gets the same: the page is kept, and whose it is nobody may read off it.
    with force_locale(language):
        template = current_app.jinja_env.get_template("community/pocket/without.html")
        return template.render(page_language=language, page_direction=direction(language))


def _version(language: str) -> str:
    return keyed_fingerprint("", "page", _without(language))[:12]


def _spoken(wish: str) -> str:
    return wish if wish in settings().language_codes else settings().language_codes[0]


def _asset(name: str) -> str:
    return str(current_app.jinja_env.globals["asset"](name))  # type: ignore[operator]  # ours, see web.assets


def _icon(size: int, purpose: str) -> dict[str, str]:
    source = _asset(f"img/icon-{purpose}-{size}.png")
    return {"src": source, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _shortcuts(here: Any) -> Iterable[dict[str, Any]]:
    """Board, messages, the card: in the community where the page was, for phones that show them at a long press."""
    if here is None:
        return
    bar = {item.endpoint: _(item.words) for item in registry.every("bar")}
    bar["cards.mine"] = _("My card")
    for endpoint in ("conversations.messages", "posts.board", "cards.mine"):
        if endpoint in bar:
            yield {"name": bar[endpoint], "url": url_for(endpoint, community=here.slug)}
