from collections.abc import Iterator

import pytest

from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.civic_centers.enrolling.stage import EnrolStage
from tests.civic_centers.stage import MONDAY


@pytest.fixture
def stage(database: Database, cast: Cast) -> Iterator[EnrolStage]:
    """Families and an afternoon on Tuesday the 12th, on SQLite and on PostgreSQL."""
    with clock.at(MONDAY):
        yield EnrolStage(database, cast)
