import pytest

from community.parties.policies import SEE
from exchanges.agreements import policies
from exchanges.posts.policies import READ
from foundation.access import register_permissions
from foundation.database import Database
from tests.cast import Cast
from tests.exchanges.agreements.stage import Stage

register_permissions((SEE, READ, *policies.PERMISSIONS))


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    """The cast with their agreements, on SQLite and on PostgreSQL."""
    return Stage(database, cast)
