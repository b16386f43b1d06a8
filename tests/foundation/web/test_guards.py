"""No route without a guard: start-up refuses it."""

from pathlib import Path

import pytest
from flask import Blueprint

from app import ROOT, load_features
from foundation.access import Permission
from foundation.access.permissions import register_permissions
from foundation.feature import Feature, registry
from foundation.settings import Settings
from foundation.web.application import make_application
from foundation.web.guards import UnguardedRoute


def test_a_route_without_a_guard_stops_start_up(tmp_path: Path) -> None:
    careless = Blueprint("careless", __name__)
    careless.add_url_rule("/careless", "page", lambda: "nobody guards me")
    settings = Settings(env="test", data=str(tmp_path))
    features = load_features()
    try:
        with pytest.raises(UnguardedRoute, match=r"careless\.page"):
            make_application(ROOT, settings, (*features, Feature("careless", blueprints=(careless,))))
    finally:
        registry.register(features)


def test_a_permission_has_a_scope() -> None:
    with pytest.raises(ValueError, match="scope"):
        Permission("everything", ("member",), "Do anything")


def test_a_permission_is_declared_once() -> None:
    register_permissions([Permission("member:test:once", ("member",), "One")])
    with pytest.raises(ValueError, match="differently"):
        register_permissions([Permission("member:test:once", ("maker",), "Another")])
