"""The gate before the sockets: it lets in signed-in people, from our own pages, so many and no more.

It stands before everything that reads what a client sends, and stays beside each line until that ends: so the count is
right whatever happens on the line.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from flask_login import current_user

from foundation.settings import Settings
from foundation.web.listeners import Line, Listener, Listeners

PATH = "/socket.io"
LISTENER = "reciproca.listener"
"""Where a request's environment says who listens."""

WIRES = ("gunicorn.socket", "werkzeug.socket")

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Gate:
    """WSGI around the application and its sockets."""

    def __init__(
        self, app: Flask, settings: Settings, listeners: Listeners, begin: Callable[[], None], inner: Application
    ) -> None:
        """`begin` is called for each listener that is let in."""
        self._app, self._settings, self._listeners = app, settings, listeners
        self._begin, self._inner = begin, inner

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not f"{environ.get('PATH_INFO', '')}/".startswith(f"{PATH}/"):
            return self._inner(environ, start_response)
        if not _is_fresh_websocket(environ):
            return _refuse(start_response, "400 Bad Request")
        if not is_ours(environ, self._settings):
            return _refuse(start_response, "403 Forbidden")
        one = self._who(environ)
        if one is None:
            return _refuse(start_response, "403 Forbidden")
        if not self._listeners.let_in(one):
            return _refuse(start_response, "429 Too Many Requests")
        for wire in WIRES:
            if wire in environ:
                environ[wire] = one.line = Line(environ[wire])
        # Compressed frames cost each listener a quarter of a megabyte, and a small one may open into a large one.
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        environ[LISTENER] = one
        try:
            self._begin()
            return self._inner(environ, start_response)
        finally:
            one.ended = True
            self._listeners.let_go(one)

    def _who(self, environ: dict[str, Any]) -> Listener | None:
        with self._app.request_context(environ):
            if not current_user.is_authenticated:
                return None
            return Listener(current_user.get_id(), current_user.person_id, environ.get("REMOTE_ADDR", ""))


def is_ours(environ: dict[str, Any], settings: Settings) -> bool:
    """Whether a page of this installation asks: browsers say of which site theirs is, and cannot be made to lie."""
    origin = environ.get("HTTP_ORIGIN", "")
    if settings.base_url and origin == _origin(settings.base_url):
        return True
    # While it is developed it answers under localhost and 127.0.0.1 alike.
    here = f"{environ.get('wsgi.url_scheme', '')}://{environ.get('HTTP_HOST', '')}"
    return not settings.is_production and origin == here


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _is_fresh_websocket(environ: dict[str, Any]) -> bool:
    """Long polling is not offered (a page asks every minute instead), nor is taking over another's session."""
    asked = parse_qs(environ.get("QUERY_STRING", ""))
    return (
        environ.get("REQUEST_METHOD") == "GET"
        and environ.get("HTTP_UPGRADE", "").lower() == "websocket"
        and asked.get("transport") == ["websocket"]
        and "sid" not in asked
    )


def _refuse(start_response: Any, status: str) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", "0"), ("Cache-Control", "no-store")])
    return [b""]
