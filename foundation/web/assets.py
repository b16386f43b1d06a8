"""Addresses of stylesheets, scripts and pictures, each with a hash of its content, so that browsers may keep them."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin

A_YEAR = 365 * 24 * 3600


class SessionOfPages(SecureCookieSessionInterface):
    """The session's cookie goes with pages alone: assets are the same for everybody.

    Else each would say that it varies by cookie, and browsers would fetch all of them anew after every deed.
    """

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if request.endpoint != "static":
            super().save_session(app, session, response)


def set_up_assets(app: Flask) -> None:
    """Give the templates `asset()`, and long life to what is asked for with its hash."""
    root = Path(str(app.static_folder))
    app.session_interface = SessionOfPages()

    @cache
    def address(name: str) -> tuple[str, str]:
        path = name if (root / name).is_file() else f"dist/{name}"
        return path, hashlib.sha256((root / path).read_bytes()).hexdigest()[:12]

    def asset(name: str) -> str:
        if app.debug:  # a rebuilt stylesheet is noticed; otherwise files do not change under a running process
            address.cache_clear()
        path, version = address(name)
        return url_for("static", filename=path, v=version)

    def packed(response: Response) -> Response:
        """What the build packed as small as can be (static/build.mjs) goes out so, to browsers that can unpack it."""
        if request.endpoint != "static" or response.status_code != 200 or not request.accept_encodings["br"]:
            return response
        file = root / f"{(request.view_args or {})['filename']}.br"
        if not file.is_file():
            return response
        response.close()
        response.direct_passthrough = False
        response.set_data(file.read_bytes())
        response.headers["Content-Encoding"] = "br"
        response.vary.add("Accept-Encoding")
        etag, _weak = response.get_etag()
        if etag:
            response.set_etag(f"{etag}:br")
        response.make_conditional(request)
        return response

    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep_long)
    app.after_request(packed)


def _keep_long(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
