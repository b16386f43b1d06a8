"""Statements straight to the driver, for the few that every exchange runs while others wait.

SQLAlchemy's own way round a statement costs as much as the statement. One text serves both databases, with parameters
written as `:name` and a list of numbers as `IN :name`.
"""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

_PARAMETER = re.compile(r"(?<!:):([a-z_]+[0-9]*)")


def for_psycopg(statement: str, types: Mapping[str, str]) -> str:
    """The statement with psycopg's way of writing parameters.

    Everything is sent as text and turned into its type there: the driver would choose a type by the size of each
    number, and prepare the statement anew for every mixture.
    """
    return _PARAMETER.sub(partial(_typed, types), statement)


def _typed(types: Mapping[str, str], found: re.Match[str]) -> str:
    name = found.group(1)
    return f"%({name})s::{types[name]}" if name in types else f"%({name})s"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement in the words of each database."""

    sqlite: str
    postgresql: str

    @classmethod
    def of(cls, words: str, *, locking: str = "", **types: str) -> "Statement":
        """From a text for both. `types` are PostgreSQL's for the parameters, `locking` is said only to it."""
        sqlite = re.sub(r"IN (:[a-z_]+)", r"IN (SELECT value FROM json_each(\1))", words)
        postgresql = re.sub(r"IN (:[a-z_]+)", r"= ANY(\1)", words) + locking
        return cls(sqlite, for_psycopg(postgresql, types))


def run(connection: Connection, statement: Statement, **values: object) -> list[tuple[Any, ...]]:
    """Run a statement; the rows it gives. Raises SQLAlchemy's errors."""
    if connection.dialect.name != "sqlite":
        in_words = {name: _as_text(value) for name, value in values.items()}
        result = connection.exec_driver_sql(statement.postgresql, in_words)
        return [tuple(row) for row in result] if result.returns_rows else []
    return on_sqlite(connection, statement.sqlite, {name: _for_sqlite(value) for name, value in values.items()})


def on_sqlite(connection: Connection, statement: str, parameters: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """Run a statement on SQLite; the rows it gives. Raises SQLAlchemy's errors."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
    except sqlite3.Error as error:
        raise DBAPIError.instance(statement, parameters, error, sqlite3.Error, dialect=connection.dialect) from error


def _for_sqlite(value: object) -> object:
    """Moments as UtcDateTime keeps them there, lists as JSON."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "microseconds")
    return str(value) if isinstance(value, list) else value


def _as_text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat()
    return "{" + ",".join(map(str, value)) + "}" if isinstance(value, list) else str(value)
