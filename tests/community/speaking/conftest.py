"""The desk, for tests of moderation."""

from collections.abc import Iterator

import pytest

from foundation.database import Database
from foundation.feature import registry
from tests.cast import Cast
from tests.community.moderation.desk import Desk


@pytest.fixture
def desk(database: Database, cast: Cast) -> Iterator[Desk]:
    """A desk with a thing of Anna's to report."""
    made = Desk(database, cast)
    before = registry.features
    registry.register((*before, made.feature))
    yield made
    registry.register(before)
