import pytest

from foundation.database import Database
from tests.cast import Cast
from tests.community.moving.town import Town


@pytest.fixture
def town(database: Database, cast: Cast) -> Town:
    return Town(database, cast).furnish()
