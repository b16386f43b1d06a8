import pytest

from foundation.database import Database
from tests.cast import Cast
from tests.exchanges.agreements.stage import Stage


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    """The cast, on SQLite and on PostgreSQL."""
    return Stage(database, cast)
