"""Sessions that write: one at a time, one commit, all or nothing."""

from foundation.database import Database


def test_smoke(database: Database, valkey_url: str) -> None:
    database.ping()
