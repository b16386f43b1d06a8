"""Addresses of stylesheets, scripts and pictures, each with a hash of its content, so that browsers may keep them."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request, url_for

A_YEAR = 365 * 24 * 3600
BUILT = ("css/", "fonts/")


def set_up_assets(app: Flask) -> None:
    """Give the templates `asset()`, and long life to what is asked for with its hash."""
    root = Path(str(app.static_folder))

    def asset(name: str) -> str:
        path = name if (root / name).is_file() else f"dist/{name}"
        return url_for("static", filename=path, v=_hash(root / path, _changed(app, root / path)))

    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep_long)


def _changed(app: Flask, path: Path) -> int:
    # In development a rebuilt stylesheet is noticed; in production files do not change under a running process.
    return path.stat().st_mtime_ns if app.debug else 0


@lru_cache(maxsize=256)
def _hash(path: Path, _stamp: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _keep_long(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
