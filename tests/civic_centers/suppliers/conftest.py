from collections.abc import Iterator

import pytest

from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.civic_centers.stage import MONDAY
from tests.civic_centers.suppliers.stage import SupplierStage


@pytest.fixture
def stage(database: Database, cast: Cast) -> Iterator[SupplierStage]:
    """The cast and a supplier of theirs, on SQLite and on PostgreSQL, on a Monday morning of January."""
    with clock.at(MONDAY):
        yield SupplierStage(database, cast)
