"""Reciproca: time banks and mutual aid for a neighbourhood. The application is made here and nowhere else."""

from importlib import import_module
from pathlib import Path

from flask import Flask

from foundation.feature import Feature
from foundation.settings import Settings
from foundation.web.application import make_application

ROOT = Path(__file__).parent

# One line a feature; its `feature.py` says what it gives. Foundation first, then what stands upon it.
FEATURES = (
    "foundation.upkeep",
    "foundation.search",
    "community.communities",
    "community.changes",
    "community.deeds",
    "community.signing_in",
    "community.joining",
    "community.leaving",
    "community.moving",
    "community.members",
    "community.cards",
    "community.scanning",
    "community.pocket",
    "community.addresses",
    "community.mandates",
    "community.pins",
    "community.households",
    "community.dependants",
    "community.availability",
    "community.welcoming",
    "community.resting",
    "community.organisations",
    "community.notifications",
    "community.pushing",
    "community.unsubscribing",
    "community.stuck",
    "community.categories",
    "community.safeguarding",
    "community.references",
    "community.concerns",
    "community.moderation",
    "community.conversations",
    "community.speaking",
    "community.importing",
    "community.privacy",
    "community.consents",
    "community.broadcasts",
    "exchanges.ledger",
    "exchanges.posts",
    "exchanges.searches",
    "exchanges.agreements",
    "exchanges.asking",
    "exchanges.cheques",
    "exchanges.paper",
    "exchanges.matching",
    "exchanges.series",
    "exchanges.groups",
    "exchanges.entrusting",
    "exchanges.quiet",
    "exchanges.signs",
    "exchanges.importing",
    "civic_centers.centers",
    "civic_centers.rooms",
    "civic_centers.activities",
    "civic_centers.enrolling",
    "civic_centers.calendar",
    "civic_centers.wall",
    "civic_centers.labs",
    "civic_centers.circles",
    "civic_centers.volunteering",
    "civic_centers.suppliers",
    "civic_centers.purchasing",
    "civic_centers.reckoning",
    "civic_centers.sponsors",
    "civic_centers.vouchers",
    "care.housing",
    "demo",
)


def load_features() -> tuple[Feature, ...]:
    """The features of this installation, imported."""
    return tuple(import_module(f"{name}.feature").feature for name in FEATURES)


def create_app(settings: Settings | None = None) -> Flask:
    """An application for one process. Raises BadSettings, or UnguardedRoute for a careless route."""
    return make_application(ROOT, settings or Settings.from_environment(), load_features())
