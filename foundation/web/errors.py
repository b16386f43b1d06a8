"""Errors become pages: kind, useful, and telling a stranger nothing."""

import logging
import secrets

from flask import Flask, Response, current_app, g, render_template, request
from flask_babel import force_locale
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from foundation.database import TookTooLong
from foundation.errors import DomainError, Missing
from foundation.web.formats import explain
from foundation.web.language import direction, language_tag
from foundation.web.state import settings

log = logging.getLogger("reciproca")


def set_up_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(DomainError, domain_error)
    app.register_error_handler(TookTooLong, too_busy)
    app.register_error_handler(CSRFError, stale_page)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, server_fault)


def domain_error(error: DomainError) -> Response:
    """A rule said no, or there is nothing here."""
    if isinstance(error, Missing):
        return _page("errors/404.html", 404)
    return _page("errors/refused.html", error.status, words=explain(error), back=_back())


def stale_page(_error: CSRFError) -> Response:
    """The form was opened too long ago, or in another session."""
    return _page("errors/stale.html", 400, back=_back())


def http_error(error: HTTPException) -> Response:
    """What the web itself refuses: unknown address, wrong method, too large, too often."""
    if error.code in (301, 302, 303, 307, 308) or error.response is not None:
        return error.get_response()  # type: ignore[return-value]  # werkzeug's response is Flask's here
    code = error.code or 500
    template = {404: "404", 405: "404", 413: "413", 429: "429", 503: "503"}.get(code, "problem")
    return _page(f"errors/{template}.html", code, back=_back())


def server_fault(error: Exception) -> Response:
    """A fault of ours: nothing half-done remains, and there is a number to quote."""
    number = secrets.token_hex(4)
    log.error("fault %s at %s %s", number, request.method, request.path, exc_info=error)
    return _page_alone("errors/500.html", 500, number=number)


def too_busy(error: TookTooLong) -> Response:
    """The turn to write did not come in time: nothing was done, and trying again helps."""
    log.warning("too busy at %s %s: %s", request.method, request.path, error)
    response = _page_alone("errors/503.html", 503)
    response.headers["Retry-After"] = "30"
    return response


def _page_alone(template: str, status: int, **context: object) -> Response:
    # The database itself may be what failed: these pages ask it nothing, not even who is reading.
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]  # set by Flask-Login
    offered = settings().language_codes
    language = request.accept_languages.best_match(offered) or offered[0]
    with force_locale(language):
        found = current_app.jinja_env.get_template(template)
        words = found.render(page_language=language_tag(language), page_direction=direction(language), **context)
    return Response(words, status, mimetype="text/html")


def _page(template: str, status: int, **context: object) -> Response:
    try:
        return Response(render_template(template, **context), status, mimetype="text/html")
    except (SQLAlchemyError, OSError) as fault:
        # What stands around the page asks the database too.
        return server_fault(fault)


def _back() -> str:
    """Where the person came from, if that was here."""
    came_from = request.referrer or ""
    if not came_from.startswith(request.host_url) or came_from == request.url:
        return ""
    return came_from[len(request.host_url) - 1 :]
