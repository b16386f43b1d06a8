"""Every route says who may ask it: @public, @signed_in or @requires(PERMISSION).

The decorators only mark the view; one check before each request acts on the mark, and start-up refuses a route
without one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import Flask, current_app, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from foundation.access import Permission
from foundation.errors import Missing
from foundation.feature import registry
from foundation.web import htmx
from foundation.web.state import EXTENSION, actor, community, in_community, person_id, reading

View = TypeVar("View", bound=Callable[..., object])
MARK = "guard"


@dataclass(frozen=True)
class Guard:
    """`kind` is public, signed_in or requires; `permission` belongs to the last."""

    kind: str
    permission: Permission | None = None


def public(view: View) -> View:
    """Anybody may ask."""
    setattr(view, MARK, Guard("public"))
    return view


def signed_in(view: View) -> View:
    """Any signed-in person may ask, member of the community or not."""
    setattr(view, MARK, Guard("signed_in"))
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    """Only who holds `permission` somewhere in this community may ask; the query then looks at the thing itself."""

    def mark(view: View) -> View:
        setattr(view, MARK, Guard("requires", permission))
        return view

    return mark


class UnguardedRoute(Exception):
    """Start-up stops: a route does not say who may ask it."""


def guard_of(app: Flask, endpoint: str) -> Guard | None:
    """The guard of a route; None when it has none."""
    return getattr(app.view_functions[endpoint], MARK, None)


def refuse_unguarded_routes(app: Flask) -> None:
    """Raises UnguardedRoute naming every route without a guard."""
    bare = sorted({rule.endpoint for rule in app.url_map.iter_rules() if guard_of(app, rule.endpoint) is None})
    if bare:
        raise UnguardedRoute(", ".join(bare))


def check(app: Flask) -> Response | None:
    """Before each request: let it pass, send it to sign in, or answer as if there were nothing here."""
    if request.endpoint is None:
        return None
    guard = guard_of(app, request.endpoint)
    if in_community():
        community()
    if guard is None or guard.kind == "public":
        return None
    if not current_user.is_authenticated:
        return _to_sign_in()
    if guard.permission is None or actor().may(guard.permission):
        return None
    if actor().could(guard.permission):
        return _wake_role()
    return _elsewhere_or_nothing()


def _wake_role() -> Response:
    """Whose role sleeps for want of a second step is led to setting it up, and comes back afterwards."""
    here = request.full_path.rstrip("?") if request.method == "GET" else ""
    endpoint = current_app.extensions[EXTENSION].second_factor_endpoint
    return htmx.redirect_to(url_for(endpoint, next=here) if here else url_for(endpoint))


def _to_sign_in() -> Response:
    here = request.full_path.rstrip("?") if request.method == "GET" else ""
    endpoint = current_app.extensions[EXTENSION].sign_in_endpoint
    return htmx.redirect_to(url_for(endpoint, next=here) if here else url_for(endpoint))


def _elsewhere_or_nothing() -> Response:
    """Who is not a member yet is led to joining; everybody else sees nothing."""
    if request.method == "GET" and not actor().is_member:
        for hook in registry.hooks("not_a_member"):
            address = hook(reading(), person_id(), community())
            if address:
                return htmx.redirect_to(address)
    raise Missing()
