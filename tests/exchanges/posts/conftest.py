from collections.abc import Callable

import pytest

from community.parties.policies import SEE
from exchanges.posts import policies
from foundation.access import register_permissions
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser
from tests.exchanges.posts.stage import Stage

register_permissions((SEE, policies.READ, policies.WRITE, policies.CONFIDENTIAL, policies.HIDE))


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    """The cast with their posts, on SQLite and on PostgreSQL."""
    return Stage(database, cast)


@pytest.fixture
def anna(client_for: Callable[..., Browser], stage: Stage) -> Browser:
    return client_for(stage.cast.anna)
