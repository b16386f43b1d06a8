"""What one request knows: its database sessions, its community, its actor. Only pages and their like ask."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g
from flask_login import current_user

from foundation.access import Actor
from foundation.crypto.rotating import lost_keys
from foundation.database import Database, Session
from foundation.errors import Missing
from foundation.feature import registry
from foundation.jobs import Worker
from foundation.settings import BadSettings, Settings

EXTENSION = "reciproca"


@dataclass
class Installation:
    """What one process of an installation has: kept at app.extensions["reciproca"]."""

    settings: Settings
    database: Database
    worker: Worker
    sign_in_endpoint: str = "signing_in.sign_in"
    second_factor_endpoint: str = "signing_in.second_step"

    def start(self) -> None:
        """Start what runs beside the pages, where the role setting says so. Raises BadSettings if a key is lacking."""
        self._refuse_lost_keys()
        if self.settings.runs("jobs"):
            self.worker.start()

    def _refuse_lost_keys(self) -> None:
        """Better no server than one on which half of the pages break, and others write under a second key."""
        if not self.database.is_current():
            return
        with self.database.reading() as session:
            lost = lost_keys(session)
        if lost:
            raise BadSettings(
                f"RECIPROCA_KEYS lacks the key {', '.join(sorted(lost))}, which sealed texts in this database: put it"
                " back, behind the newest one. Without it nobody can read them. `flask keys list` counts them."
            )

    def stop(self) -> None:
        """Finish the job in hand and let go of the database."""
        if self.settings.runs("jobs"):
            self.worker.stop(timeout=10)
        self.database.dispose()


def installation(app: Flask | None = None) -> Installation:
    """The parts of this process."""
    return (app or current_app).extensions[EXTENSION]


def settings() -> Settings:
    """The installation's settings."""
    return installation().settings


def database() -> Database:
    """The installation's database."""
    return installation().database


def reading() -> Session:
    """The request's session for reading: opened when first asked for, closed at the end; it cannot write."""
    if "reading" not in g:
        g.reading_context = database().reading()
        g.reading = g.reading_context.__enter__()
    return g.reading


def stop_reading(_error: BaseException | None = None) -> None:
    """End the request's reading session and forget what was read through it."""
    context = g.pop("reading_context", None)
    g.pop("reading", None)
    if context is not None:
        context.__exit__(None, None, None)


@contextmanager
def writing() -> Iterator[Session]:
    """Take the turn to write; what the block did is committed at its end, or undone if it raises.

    Parse, hash and decode before: nobody else can write meanwhile. The hook `acting(session, actor)` is told last, in
    the same transaction, that somebody did something in a community: so the deed may be the first thing that is asked.
    """
    actor_before = actor() if "community" in g else None
    stop_reading()
    with database().writing() as session:
        yield session
        for acting in registry.hooks("acting") if actor_before is not None else ():
            acting(session, actor_before)
    # Roles, parties or the community itself may have changed: the next look reads them again.
    g.pop("actor", None)
    if actor_before is not None and "community" in g:
        g.pop("community", None)


def set_community_slug(slug: str) -> None:
    """Remember which community the address names; it is looked up when first asked for."""
    g.community_slug = slug
    g.pop("community", None)
    g.pop("actor", None)


def in_community() -> bool:
    """Whether the address names a community."""
    return "community_slug" in g


def community() -> Any:
    """The community of the address. Raises Missing when there is none of that name."""
    if "community" not in g:
        if not in_community():
            raise Missing()
        loaded = _only_hook("load_community")(reading(), g.community_slug)
        if loaded is None:
            raise Missing()
        g.community = loaded
    return g.community


def person_id() -> int | None:
    """The signed-in person, if any."""
    return current_user.person_id if current_user.is_authenticated else None


def actor() -> Actor:
    """Who asks, in the community of the address."""
    if "actor" not in g:
        here = community()
        who = person_id()
        found = Actor.visitor(here.id) if who is None else _only_hook("load_actor")(reading(), who, here.id)
        for stand_in in registry.hooks("in_place_of") if who is not None else ():
            found = stand_in(reading(), found)
        g.actor = found
    return g.actor


def time_zone() -> str:
    """The zone in which this page shows its times."""
    return community().time_zone if in_community() else "Europe/Rome"


def _only_hook(name: str) -> Any:
    hooks = registry.hooks(name)
    if len(hooks) != 1:
        raise RuntimeError(f"exactly one feature must give the hook {name!r}; {len(hooks)} do")
    return hooks[0]
