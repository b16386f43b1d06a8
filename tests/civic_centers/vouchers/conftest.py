from collections.abc import Iterator

import pytest

from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.civic_centers.stage import MONDAY
from tests.civic_centers.vouchers.stage import VoucherStage


@pytest.fixture
def stage(database: Database, cast: Cast) -> Iterator[VoucherStage]:
    with clock.at(MONDAY):
        yield VoucherStage(database, cast)
