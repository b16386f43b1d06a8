"""The only place that knows htmx's headers: a later major version of it changes this file."""

from flask import Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse


def asked() -> bool:
    """Whether htmx asks for a part of a page; going back in the history it asks for all of it."""
    whole = request.headers.get("HX-Boosted") == "true" or request.headers.get("HX-History-Restore-Request") == "true"
    return request.headers.get("HX-Request") == "true" and not whole


def by_itself() -> bool:
    """Whether a page that stands open asks because something changed, and no person does (static/js/live.js)."""
    return request.headers.get("X-Live") == "1"


def target() -> str:
    """The id of the element that htmx will replace; empty when it does not ask or names none."""
    return request.headers.get("HX-Target", "") if asked() else ""


def show_address(response: Response, address: str) -> Response:
    """Let the browser's address be `address` once htmx has put the answer in its place."""
    if asked():
        response.headers["HX-Push-Url"] = address
    return response


def redirect_to(address: str) -> BaseResponse:
    """Send the browser to `address`, from an ordinary request and from an htmx one alike."""
    if asked():
        response = Response(status=204)
        response.headers["HX-Redirect"] = address
        return response
    return redirect(address, code=303)
