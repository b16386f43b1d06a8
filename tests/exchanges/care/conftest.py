from collections.abc import Iterator

import pytest

from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.exchanges.care.stage import MONDAY, CareStage


@pytest.fixture
def stage(database: Database, cast: Cast) -> Iterator[CareStage]:
    """The cast on a Monday morning, on SQLite and on PostgreSQL."""
    with clock.at(MONDAY):
        yield CareStage(database, cast)
