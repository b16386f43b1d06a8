"""What every test may ask for. The servers and databases behind it are in tests/servers/."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from app import create_app, load_features
from foundation.crypto import keyring
from foundation.database import Database
from foundation.feature import registry
from foundation.settings import Settings
from foundation.web.application import furnish
from tests import catalogued, signed
from tests.cast import Cast, Member, make_cast
from tests.client import Browser
from tests.servers import databases, postgresql, runs, statements, valkey

# ---------------------------------------------------------------- the run


def pytest_configure() -> None:
    keyring.use(Settings(env="test").keyring())
    statements.share()
    runs.begin()


def pytest_unconfigure() -> None:
    if runs.is_mine():
        databases.end()
        runs.end()
    else:
        postgresql.close()


# ---------------------------------------------------------------- databases and Valkey


@pytest.fixture(params=databases.KINDS)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database of this test's own, with every table: the test runs on SQLite and on PostgreSQL.

    Where the test asks for the cast too, they live there from the beginning.
    """
    with databases.fresh(request.param, make_cast if "cast" in request.fixturenames else None) as fresh:
        yield fresh


@pytest.fixture
def sqlite_database() -> Iterator[Database]:
    """The same on SQLite only, for tests of what lies above the database."""
    with databases.fresh("sqlite") as fresh:
        yield fresh


@pytest.fixture
def postgresql_database() -> Iterator[Database]:
    """The same on PostgreSQL only."""
    with databases.fresh("postgresql") as fresh:
        yield fresh


@pytest.fixture(params=databases.KINDS)
def empty_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database of this test's own without any table, on SQLite and on PostgreSQL."""
    with databases.empty(request.param) as empty:
        yield empty


@pytest.fixture(scope="session")
def valkey_url() -> str:
    """The address of a running Valkey, which speaks Redis."""
    return valkey.server()


# ---------------------------------------------------------------- the people, and the pages


@pytest.fixture
def cast(database: Database) -> Cast:
    """Anna, Bashir, Chiara and the others, in a community of their own; the features' permissions and kinds known."""
    registry.register(load_features())
    return databases.scene(database, make_cast)


@pytest.fixture
def app(database: Database, tmp_path: Path) -> Iterator[Flask]:
    """The whole application, on the test's own database."""
    address = database.url.render_as_string(hide_password=False)
    settings = Settings(env="test", database_url=address, data=str(tmp_path), base_url="http://localhost")
    flask = _application()
    views = dict(flask.view_functions)
    furnish(flask, settings)
    yield flask
    flask.view_functions.update(views)
    flask.extensions["reciproca"].database.dispose()


@cache
def _application() -> Flask:
    """One application for all tests of this process: making its routes and templates costs more than most tests."""
    flask = create_app(Settings(env="test", base_url="http://localhost"))
    catalogued.watch(flask)
    return flask


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """Somebody who has not signed in."""
    return Browser(app)


@pytest.fixture
def client_for(app: Flask) -> Callable[..., Browser]:
    """A signed-in member's browser: `client_for(cast.anna)`."""

    def open_browser(member: Member, *, language: str = "it") -> Browser:
        browser = Browser(app, language=language)
        browser.client.set_cookie("language", language)
        signed.sign_in(app, browser, member.person)
        return browser

    return open_browser
