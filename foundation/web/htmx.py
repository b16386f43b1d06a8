"""The only place that knows htmx's headers: a later major version of it changes this file."""

from flask import Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse


def asked() -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def target() -> str:
    """The id of the element that htmx will replace; empty when it does not ask or names none."""
    return request.headers.get("HX-Target", "") if asked() else ""


def push(response: BaseResponse, address: str) -> None:
    """Let the browser show `address` for the part of a page that was asked for: it can be shared, and gone back to."""
    if asked():
        response.headers["HX-Push-Url"] = address


def redirect_to(address: str) -> BaseResponse:
    """Send the browser to `address`, from an ordinary request and from an htmx one alike."""
    if asked():
        response = Response(status=204)
        response.headers["HX-Redirect"] = address
        return response
    return redirect(address, code=303)
