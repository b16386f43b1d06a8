from collections.abc import Iterator

import pytest

from foundation.database import Database
from tests.foundation.database.notes import Own
from tests.servers import databases


@pytest.fixture
def notes(empty_database: Database) -> Database:
    """A database that holds only the tables of notes.py, on SQLite and on PostgreSQL."""
    return _with_tables(empty_database)


@pytest.fixture
def sqlite_notes() -> Iterator[Database]:
    """The same on SQLite only, for what only SQLite has: turns to write."""
    with databases.empty("sqlite") as database:
        yield _with_tables(database)


def _with_tables(database: Database) -> Database:
    with database.writing() as session:
        Own.metadata.create_all(session.connection())
    return database
