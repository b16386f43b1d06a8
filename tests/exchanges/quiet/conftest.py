import pytest

from foundation.database import Database
from tests.cast import Cast
from tests.exchanges.groups.stage import GroupStage


@pytest.fixture
def stage(database: Database, cast: Cast) -> GroupStage:
    """The cast with their exchanges, on SQLite and on PostgreSQL."""
    return GroupStage(database, cast)
