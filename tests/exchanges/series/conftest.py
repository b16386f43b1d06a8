from collections.abc import Callable, Iterator

import pytest

from foundation import clock
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser
from tests.exchanges.series.stage import MONDAY, SeriesStage


@pytest.fixture
def stage(database: Database, cast: Cast) -> Iterator[SeriesStage]:
    """The cast with their series, on SQLite and on PostgreSQL, on a Monday morning of January."""
    with clock.at(MONDAY):
        yield SeriesStage(database, cast)


@pytest.fixture
def anna(stage: SeriesStage, client_for: Callable[..., Browser]) -> Browser:
    return client_for(stage.cast.anna, language="en")


@pytest.fixture
def bashir(stage: SeriesStage, client_for: Callable[..., Browser]) -> Browser:
    return client_for(stage.cast.bashir, language="en")
