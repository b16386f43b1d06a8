from collections.abc import Iterator

import pytest

from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.civic_centers.activities.stage import ActivityStage
from tests.civic_centers.stage import MONDAY


@pytest.fixture
def stage(database: Database, cast: Cast) -> Iterator[ActivityStage]:
    """The cast and a center of theirs, on SQLite and on PostgreSQL, on a Monday morning of January."""
    with clock.at(MONDAY):
        yield ActivityStage(database, cast)
