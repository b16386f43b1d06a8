"""Making the Flask application out of settings and features."""

import hashlib
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask, g, request
from flask_compress import Compress
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect
from jinja2 import FileSystemBytecodeCache, StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from foundation.crypto import keyring
from foundation.database import Database
from foundation.feature import Feature, registry
from foundation.files import FileStore
from foundation.jobs import Worker
from foundation.jobs.housekeeping import housekeeping
from foundation.settings import Settings
from foundation.web import guards
from foundation.web.asked import RowId
from foundation.web.assets import set_up_assets
from foundation.web.counts import counts
from foundation.web.errors import set_up_errors
from foundation.web.formats import set_up_formats
from foundation.web.frame import set_up_frame
from foundation.web.headers import set_up_headers
from foundation.web.health import health
from foundation.web.keeping import set_up_keeping
from foundation.web.language import set_up_language
from foundation.web.limits import set_up_limits
from foundation.web.pictures import set_up_pictures
from foundation.web.sockets import set_up_sockets
from foundation.web.state import EXTENSION, Installation, reading, set_community_slug, stop_reading

LARGEST_REQUEST = 36 * 1024 * 1024
"""Four photographs of 8 MB, and room for the form around them."""


def make_application(root: Path, settings: Settings, features: Iterable[Feature]) -> Flask:
    """An application that serves `features`. Raises UnguardedRoute when a route does not say who may ask it."""
    registry.register(features)
    app = Flask("reciproca", root_path=str(root), template_folder="templates", static_folder="static")
    app.config.update(_configuration(settings))
    furnish(app, settings)
    app.jinja_env.undefined = StrictUndefined
    # Reading the templates is most of what the first page after a start would cost.
    settings.read_templates_directory.mkdir(parents=True, exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(settings.read_templates_directory))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.view_functions["static"] = guards.public(app.view_functions["static"])
    app.url_map.converters["int"] = RowId
    app.before_request(_give_way)
    CSRFProtect(app)
    Compress(app)
    _set_up_addresses(app)
    _set_up_login(app)
    for set_up in (
        set_up_assets, set_up_formats, set_up_language, set_up_frame, set_up_keeping, set_up_errors, set_up_headers,
    ):  # fmt: skip
        set_up(app)
    set_up_limits(app, settings)
    set_up_sockets(app, settings)
    if settings.proxies != "0":  # around the sockets too
        hops = int(settings.proxies)
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.register_blueprint(health)
    app.register_blueprint(counts)
    set_up_pictures(app)
    for feature in registry.features:
        _add(app, feature)
    guards.refuse_unguarded_routes(app)
    return app


def furnish(app: Flask, settings: Settings) -> None:
    """Give the application the database and the worker that the settings name, in place of those it had."""
    keyring.use(settings.keyring())
    database = Database(settings.database_address)
    jobs = (*housekeeping(FileStore(settings.files_directory)), *registry.every("jobs"))
    worker = Worker(database, jobs, registry.merged("channels"), around=app.app_context)
    app.extensions[EXTENSION] = Installation(settings, database, worker)


def _configuration(settings: Settings) -> dict[str, Any]:
    secure = settings.is_production
    key = hashlib.sha256(b"flask session:" + settings.signing_key.encode()).hexdigest()
    return {
        "SECRET_KEY": key,
        "TESTING": settings.env == "test",
        "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_NAME": "__Host-remember" if secure else "remember",
        "REMEMBER_COOKIE_SECURE": secure,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_DURATION": timedelta(days=60),
        "PERMANENT_SESSION_LIFETIME": timedelta(days=60),
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 3000,
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_LEVEL": 5,
        "COMPRESS_BR_LEVEL": 4,
        "COMPRESS_MIMETYPES": [
            "text/html", "text/css", "text/plain", "text/csv", "text/javascript", "application/javascript",
            "application/json", "application/manifest+json", "image/svg+xml", "text/calendar", "application/rss+xml",
        ],
    }  # fmt: skip


def _give_way() -> None:
    """Under gevent let the requests already begun go first: without it the slowest wait four times longer."""
    time.sleep(0)


def _set_up_addresses(app: Flask) -> None:
    """`/c/<community>/` in an address is taken out of the view's arguments, and put back by url_for."""

    @app.url_value_preprocessor
    def take_community(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "community" in values:
            set_community_slug(values.pop("community"))

    @app.url_defaults
    def give_community(endpoint: str, values: dict[str, Any]) -> None:
        wanted = "community" not in values and app.url_map.is_endpoint_expecting(endpoint, "community")
        if wanted and "community_slug" in g:
            values["community"] = g.community_slug

    app.before_request(lambda: guards.check(app))
    app.teardown_request(stop_reading)


def _set_up_login(app: Flask) -> None:
    login = LoginManager(app)
    login.session_protection = None  # phones change network all the time; sessions end by session_version instead

    @login.user_loader
    def load_user(key: str) -> Any:
        if request.endpoint == "static":
            return None
        return registry.hooks("load_user")[0](reading(), key)


def _add(app: Flask, feature: Feature) -> None:
    for blueprint in feature.blueprints:
        app.register_blueprint(blueprint)
    for command in feature.commands:
        app.cli.add_command(command)
    for set_up in [feature.hooks[name] for name in ("set_up",) if name in feature.hooks]:
        set_up(app)
