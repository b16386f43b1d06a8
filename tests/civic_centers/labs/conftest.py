from collections.abc import Iterator

import pytest

from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.civic_centers.labs.stage import LabStage
from tests.civic_centers.stage import MONDAY


@pytest.fixture
def stage(database: Database, cast: Cast) -> Iterator[LabStage]:
    """The cast, their center and a lab of theirs, on SQLite and on PostgreSQL, on a Monday morning of January."""
    with clock.at(MONDAY):
        yield LabStage(database, cast)
