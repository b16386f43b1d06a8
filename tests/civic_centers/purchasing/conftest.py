"""The stage of this feature."""

from collections.abc import Iterator

import pytest

from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.civic_centers.purchasing.stage import NOW, BuyingStage


@pytest.fixture
def stage(database: Database, cast: Cast) -> Iterator[BuyingStage]:
    """On a Monday morning."""
    with clock.at(NOW):
        yield BuyingStage(database, cast)
