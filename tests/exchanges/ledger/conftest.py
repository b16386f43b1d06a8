"""What every test of the ledger starts from."""

import pytest

from foundation.database import Database
from tests.cast import Cast
from tests.exchanges.ledger.book import Book, open_book


@pytest.fixture
def book(database: Database, cast: Cast) -> Book:
    """Everybody has an account, and nothing on it."""
    return open_book(database, cast)
