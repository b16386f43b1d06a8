"""The stage of posts, for what is matched to them."""

import pytest

from foundation.database import Database
from tests.cast import Cast
from tests.exchanges.matching.stage import Matching


@pytest.fixture
def stage(database: Database, cast: Cast) -> Matching:
    return Matching(database, cast)
