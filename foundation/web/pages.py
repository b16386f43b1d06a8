"""Rendering: whole pages, the part of a page that htmx asked for, and where to go next."""

from typing import Any

from flask import Response, flash, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from foundation.web import htmx

TONES = ("done", "info", "sole", "urgent")


def page(template: str, *, status: int = 200, part: str = "", **context: Any) -> Response:
    """Render `template`; when htmx asks, render the partial `part` instead (the same file the page includes)."""
    name = part if part and htmx.asked() else template
    response = make_response(render_template(name, **context), status)
    if part:
        response.vary.add("HX-Request")
    return response


def redirect_to(endpoint: str, *, anchor: str | None = None, **values: Any) -> BaseResponse:
    """Go to another page after something was done (303, so that reloading does not do it again)."""
    return htmx.redirect_to(url_for(endpoint, _anchor=anchor, **values))


def say(words: str, tone: str = "done") -> None:
    """Tell the person something on the next page: `done`, `info`, `sole` or `urgent`."""
    if tone not in TONES:
        raise ValueError(tone)
    flash(words, tone)


def safe_next(default: str) -> str:
    """The address given as `next`, if it stays on this site; else `default`."""
    address = request.values.get("next", "")
    inside = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if inside and not any(ord(letter) < 32 for letter in address) else default
