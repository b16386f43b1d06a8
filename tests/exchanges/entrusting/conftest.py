from collections.abc import Iterator

import pytest

from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.exchanges.entrusting.stage import MONDAY, CareFor


@pytest.fixture
def stage(database: Database, cast: Cast) -> Iterator[CareFor]:
    """The cast on a Monday morning; Anna was met by a maker."""
    with clock.at(MONDAY):
        stage = CareFor(database, cast)
        stage.verify(cast.anna)
        yield stage
