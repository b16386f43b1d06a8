"""The desk of the makers."""

import pytest

from foundation.database import Database
from tests.cast import Cast
from tests.community.broadcasts.stage import Desk


@pytest.fixture
def desk(database: Database, cast: Cast) -> Desk:
    return Desk(database, cast)
