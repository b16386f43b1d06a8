from collections.abc import Callable

import pytest

from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser
from tests.exchanges.agreements.stage import Stage


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    """The cast with their agreements, on SQLite and on PostgreSQL."""
    return Stage(database, cast)


@pytest.fixture
def anna(stage: Stage, client_for: Callable[..., Browser]) -> Browser:
    """Anna's browser, in English."""
    return client_for(stage.cast.anna, language="en")


@pytest.fixture
def bashir(stage: Stage, client_for: Callable[..., Browser]) -> Browser:
    """Bashir's."""
    return client_for(stage.cast.bashir, language="en")
