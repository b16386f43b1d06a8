import pytest

from foundation.database import Database
from tests.cast import Cast
from tests.community.dependants.stage import Home


@pytest.fixture
def home(database: Database, cast: Cast) -> Home:
    return Home(database, cast)
