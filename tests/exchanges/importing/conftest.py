"""An administrator who takes files in."""

import pytest

from foundation.database import Database
from tests.cast import Cast
from tests.exchanges.importing.lists import HOUSEHOLDS
from tests.importing import Desk


@pytest.fixture
def desk(database: Database, cast: Cast) -> Desk:
    return Desk(database, cast.administrator.actor)


@pytest.fixture
def members(desk: Desk) -> int:
    return desk.bring("members", HOUSEHOLDS)
