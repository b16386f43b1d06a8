from collections.abc import Iterator

import pytest

from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.exchanges.groups.stage import MONDAY, GroupStage


@pytest.fixture
def stage(database: Database, cast: Cast) -> Iterator[GroupStage]:
    """The cast with their groups, on SQLite and on PostgreSQL, on a Monday morning of January."""
    with clock.at(MONDAY):
        yield GroupStage(database, cast)
