from collections.abc import Iterator

import pytest

from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.civic_centers.reckoning.books import MONDAY, Books


@pytest.fixture
def books(database: Database, cast: Cast) -> Iterator[Books]:
    """The cast and a supplier, on SQLite and on PostgreSQL, on a Monday morning of January."""
    with clock.at(MONDAY):
        yield Books(database, cast)
