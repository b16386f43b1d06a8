"""Statements are put into SQL once a run and kind of database, not once a test: each test has engines of its own."""

from typing import Any

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

    for module in (sqlite, postgresql):
        module.create_engine = sharing  # type: ignore[attr-defined]
    for dialect in (sqlite.BeginningDialect, PGDialect_psycopg):
        dialect.__eq__ = lambda one, other: type(one) is type(other)  # type: ignore[method-assign]
        dialect.__hash__ = lambda one: hash(type(one))  # type: ignore[method-assign]
