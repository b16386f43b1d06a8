"""Which language a page speaks: the person's choice, then the browser's, then the community's or the first offered."""

from functools import cache

from babel import Locale, UnknownLocaleError
from flask import Blueprint, Flask, Response, request
from flask_babel import Babel, get_locale
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from foundation.errors import Missing
from foundation.web import htmx
from foundation.web.guards import public
from foundation.web.pages import safe_next
from foundation.web.state import community, in_community, settings, time_zone

COOKIE = "language"
A_YEAR = 365 * 24 * 3600

languages = Blueprint("languages", __name__)


def set_up_language(app: Flask) -> None:
    """Attach Flask-Babel to the application."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(app.root_path) + "/translations")
    Babel(app, locale_selector=choose_language, timezone_selector=time_zone)
    app.register_blueprint(languages)


def choose_language() -> str:
    """The code of the language to speak. Outside a request Flask-Babel uses the default."""
    for wish in (request.cookies.get(COOKIE), getattr(current_user, "language", None)):
        if wish in settings().language_codes:
            return str(wish)
    offered = spoken_here()
    return request.accept_languages.best_match(offered) or offered[0]


def spoken_here() -> tuple[str, ...]:
    """The languages that the community of the address offers, its usual one first; outside, the installation's."""
    known = settings().language_codes
    if not in_community():
        return known
    try:
        here = tuple(code for code in community().languages if code in known)
    except Missing:
        return known
    return here or known


def language_code() -> str:
    """The code of the language being spoken, as the settings write it."""
    locale = get_locale()
    if locale is None:
        return "it"
    return str(locale) if str(locale) in settings().language_codes else str(locale.language)


def language_tag(code: str) -> str:
    """The code as HTML and letters write it: `pt-BR` for `pt_BR`."""
    return code.replace("_", "-")


@cache
def language_name(code: str) -> str:
    """What the language calls itself, such as `Română` for `ro`; the code where nobody knows it."""
    locale = _locale_of(code)
    name = locale.get_display_name() if locale else ""
    return f"{name[:1].upper()}{name[1:]}" if name else code


@cache
def direction(code: str) -> str:
    """`rtl` for languages written from right to left, else `ltr`."""
    locale = _locale_of(code)
    return str(locale.text_direction) if locale else "ltr"


@cache
def _locale_of(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="_")
    except (UnknownLocaleError, ValueError):
        return None


@languages.post("/language")
@public
def choose() -> BaseResponse:
    """Keep the choice in a cookie of this browser; a signed-in person's profile has its own."""
    response: Response = htmx.redirect_to(safe_next("/"))  # type: ignore[assignment]  # both are responses of Flask
    wish = request.form.get("language", "")
    if wish in settings().language_codes:
        response.set_cookie(
            COOKIE, wish, max_age=A_YEAR, httponly=True, samesite="Lax", secure=settings().is_production
        )
    return response
