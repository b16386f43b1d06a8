"""A bare Flask view that renders the same Jinja template as a page of the product, out of prebuilt dictionaries.

It has no guard, no session of a database, no language to find out, no frame to work out, no headers of its own: what
remains is what the template costs. It shares the product's template environment and addresses.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from flask import Flask, g, render_template, template_rendered
from flask_babel import Babel

IDLE = {"tally", "counts"}
"""What no template looks at."""


def context_of(app: Flask, ask: Any) -> tuple[str, dict[str, Any]]:
    """The template that a request rendered, and everything it was given, as dictionaries."""
    seen: list[tuple[str, dict[str, Any]]] = []

    def note(_sender: Flask, template: Any, context: dict[str, Any], **_more: Any) -> None:
        seen.append((template.name, dict(context)))

    with template_rendered.connected_to(note, app):
        ask()
    name, context = seen[-1]
    own = {"request", "session", "g", "current_user", "csrf_token"}
    return name, {key: plain(value) for key, value in context.items() if key not in own}


def bare_app(app: Flask, slug: str, endpoint: str, template: str, context: Mapping[str, Any]) -> Flask:
    """A Flask with one view, at the same address."""
    bare = Flask("bare", root_path=app.root_path, static_folder=None)
    bare.secret_key = "x" * 40
    bare.url_map = app.url_map
    bare.__dict__["jinja_env"] = app.jinja_env
    translations = app.config["BABEL_TRANSLATION_DIRECTORIES"]
    bare.config.update(BABEL_TRANSLATION_DIRECTORIES=translations, BABEL_DEFAULT_LOCALE="it")
    Babel(bare, configure_jinja=False, locale_selector=lambda: "it", timezone_selector=lambda: "Europe/Rome")
    bare.extensions["reciproca"] = app.extensions["reciproca"]

    def view(community: str) -> str:
        # The addresses of the product take the community from here.
        g.community_slug, g.community = community, context["_community"]
        return render_template(template, **context)

    bare.view_functions[endpoint] = view
    return bare


class Plain(dict[str, Any]):
    """A dictionary that the filters of the templates may ask by attribute."""

    __getattr__ = dict.__getitem__


def plain(value: Any) -> Any:
    """Dataclasses and named tuples as dictionaries, their properties worked out."""
    if is_dataclass(value) and not isinstance(value, type):
        made = {one.name: plain(getattr(value, one.name)) for one in fields(value) if one.name not in IDLE}
        properties = [name for name in dir(type(value)) if isinstance(getattr(type(value), name), property)]
        for name in properties:
            if not name.startswith("_"):
                made[name] = plain(getattr(value, name))
        return Plain(made)
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return Plain({name: plain(one) for name, one in value._asdict().items()})
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value
