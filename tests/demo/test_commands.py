"""`flask demo`: what it refuses, and what it says."""

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func
from sqlmodel import select

from community.communities.tables import Community
from demo.commands import demo_commands
from foundation.database import Database
from foundation.settings import Settings
from foundation.web import state
from tests.cast import Cast


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    return sqlite_database


def run(app: Flask, *arguments: str) -> Result:
    with app.app_context():
        return app.test_cli_runner().invoke(demo_commands, arguments)


def communities(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Community)) or 0


def test_it_does_nothing_where_there_is_a_community(app: Flask, database: Database, cast: Cast) -> None:
    before = communities(database)
    assert run(app, "load", "--if-empty").exit_code == 0
    refused = run(app, "load")
    assert refused.exit_code == 1
    assert "There is a community already" in refused.output
    assert communities(database) == before


def test_it_is_refused_in_production(app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state.installation(app), "settings", Settings(env="production"))
    refused = run(app, "load")
    assert refused.exit_code == 1
    assert "not for production" in refused.output
    assert communities(database) == 0


def test_without_the_demo_there_is_nobody_to_sign_in_as(app: Flask, cast: Cast) -> None:
    result = run(app, "sign-ins")
    assert (result.exit_code, result.output) == (0, "")
