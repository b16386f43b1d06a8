"""What every test of the ledger starts from."""

import pytest

from community.parties.policies import SEE
from exchanges.ledger.policies import PERMISSIONS
from foundation.access import register_permissions
from foundation.database import Database
from tests.cast import Cast
from tests.exchanges.ledger.book import Book, open_book

# Actions are tested without the application, which otherwise collects the permissions of all features.
register_permissions((SEE, *PERMISSIONS))


@pytest.fixture
def book(database: Database, cast: Cast) -> Book:
    """Everybody has an account, and nothing on it."""
    return open_book(database, cast)
