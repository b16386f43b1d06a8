from collections.abc import Iterator

import pytest

from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.civic_centers.circles.stage import MONDAY, CircleStage


@pytest.fixture
def circle(database: Database, cast: Cast) -> Iterator[CircleStage]:
    """A circle of five families that runs, on SQLite and on PostgreSQL."""
    with clock.at(MONDAY):
        yield CircleStage(database, cast)


@pytest.fixture
def draft(database: Database, cast: Cast) -> Iterator[CircleStage]:
    """A circle that nobody has come into yet."""
    with clock.at(MONDAY):
        yield CircleStage(database, cast, running=False)
