"""Statements are put into SQL once a run and kind of database, not once a test: each test has engines of its own."""

from typing import Any

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.util import LRUCache

from foundation.database import postgresql, sqlite

MOST = 5000


def share() -> None:
    """Let all engines of this process keep what they compile in one place, and take dialects of a sort for one."""
    compiled: LRUCache[Any, Any] = LRUCache(MOST)

    def sharing(*arguments: Any, **options: Any) -> Engine:
        engine = create_engine(*arguments, **options)
        engine.update_execution_options(compiled_cache=compiled)
        return engine

    for_the_run = pytest.MonkeyPatch()
    for module in (sqlite, postgresql):
        for_the_run.setattr(module, "create_engine", sharing)
    for dialect in (sqlite.BeginningDialect, PGDialect_psycopg):
        for_the_run.setattr(dialect, "__eq__", lambda one, other: type(one) is type(other))
        for_the_run.setattr(dialect, "__hash__", lambda one: hash(type(one)))
