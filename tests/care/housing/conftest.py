from collections.abc import Iterator

import pytest

from foundation import clock
from foundation.database import Database
from tests.care.housing.stage import MONDAY, HousingStage
from tests.cast import Cast


@pytest.fixture
def stage(database: Database, cast: Cast) -> Iterator[HousingStage]:
    """The cast, on SQLite and on PostgreSQL, on a Monday morning of January."""
    with clock.at(MONDAY):
        yield HousingStage(database, cast)
