from collections.abc import Iterator

import pytest

from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.civic_centers.sponsors.stage import SponsorStage
from tests.civic_centers.stage import MONDAY


@pytest.fixture
def stage(database: Database, cast: Cast) -> Iterator[SponsorStage]:
    with clock.at(MONDAY):
        yield SponsorStage(database, cast)
