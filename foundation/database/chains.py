"""Rows that are written together or not at all, where a locked row still is as it must be.

Hundreds may ask for the same in the same second: on PostgreSQL a chain is one statement, and one question to the
server; on SQLite, where asking costs nothing, the statements follow each other.
"""

import sqlite3
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, Insert, Integer, Select, bindparam, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from foundation.database.session import Session

Then = Callable[[ColumnElement[int]], Insert]
"""An insert of what follows from the new row of this number: its values are selected, the number among them."""

_MADE = "made_by_the_first"


class Chain:
    """A conditional insert that gives the number of its new row, and the inserts that follow where it wrote one.

    Made once: to compile it takes longer than to run it. Names of parameters are shared by all statements of a chain.
    """

    def __init__(self, first: Insert, *then: Then) -> None:
        """`first` inserts from a select, which may lock what it looks at, and returns one column."""
        self._first, self._then = first, then
        self._compiled: list[_Compiled] = []
        self._processes: dict[str, Callable[[Any], Any]] = {}

    def write(self, session: Session, values: Mapping[str, Any]) -> int | None:
        """Write all of it: the number of the first row. None where nothing was written.

        Then no lock is held that was not before, so that what comes next may lock the row otherwise. The same holds
        for the error of a constraint, which is raised on.
        """
        if not session.in_transaction():
            return self._at_the_beginning(session, values)
        connection = session.connection()
        if connection.dialect.name == "sqlite":
            return self._later_on_sqlite(connection, values)
        with connection.begin_nested() as savepoint:
            found = self._written(connection, values)
            if found is None:
                savepoint.rollback()
        return found

    def _at_the_beginning(self, session: Session, values: Mapping[str, Any]) -> int | None:
        """The same where nothing was asked in this transaction yet: it begins anew, and no savepoint is needed."""
        try:
            found = self._written(session.connection(), values)
        except IntegrityError:  # whoever asked may go on; any other error ends the transaction anyhow
            session.rollback()
            raise
        if found is None:
            session.rollback()
        return found

    def _later_on_sqlite(self, connection: Connection, values: Mapping[str, Any]) -> int | None:
        """There nobody else writes meanwhile, so there is no lock to let go of; what failed is undone whole."""
        raw: Any = connection.connection.driver_connection
        raw.execute("SAVEPOINT chain")
        try:
            found = self._written(connection, values)
        except IntegrityError:
            raw.execute("ROLLBACK TO chain")
            raw.execute("RELEASE chain")
            raise
        raw.execute("RELEASE chain")
        return found

    def _written(self, connection: Connection, values: Mapping[str, Any]) -> int | None:
        found: int | None
        if connection.dialect.name == "postgresql":
            found = connection.execute(self._as_one, values).scalar_one_or_none()
            return found
        first, *following = self._one_by_one(connection.dialect)
        told = {name: process(values[name]) for name, process in self._processes.items()}
        told = {**values, **told}
        found = first.execute(connection, told)
        if found is not None:
            told[_MADE] = found
            for statement in following:
                statement.execute(connection, told)
        return found

    def _one_by_one(self, dialect: Dialect) -> "list[_Compiled]":
        if not self._compiled:
            made: ColumnElement[int] = bindparam(_MADE, type_=Integer)
            statements = (self._first, *(then(made) for then in self._then))
            compiled = [_Compiled(one, dialect) for one in statements]
            self._processes = {name: process for one in compiled for name, process in one.processes.items()}
            self._compiled = compiled
        return self._compiled

    @cached_property
    def _as_one(self) -> Select[int]:
        made = self._first.cte("made")
        [number] = made.c
        return select(number).add_cte(*(then(number).cte() for then in self._then))


class _Compiled:
    """A statement as the driver takes it: SQLAlchemy needs longer to find it again than SQLite to execute it."""

    def __init__(self, statement: Insert, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect)
        self._sql = str(compiled)
        process = {
            name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()
        }
        said = {name: value for name, value in compiled.params.items() if value is not None}
        self._said = {
            f"{name} ": process[name](value) if process[name] is not None else value for name, value in said.items()
        }
        self._names = [f"{name} " if name in said else name for name in compiled.positiontup]
        self.processes = {
            name: process[name] for name in self._names if name not in self._said and process[name] is not None
        }
        """How what is told is made into what the driver takes, by name."""

    def execute(self, connection: Connection, told: Mapping[str, Any]) -> Any:
        """The first value of the first row that it returns; None where it returns none. Raises DBAPIError."""
        asked = tuple(map({**told, **self._said}.__getitem__, self._names))
        raw: Any = connection.connection
        try:
            rows = raw.cursor().execute(self._sql, asked).fetchall()
        except sqlite3.Error as error:
            raise DBAPIError.instance(self._sql, asked, error, sqlite3.Error, dialect=connection.dialect) from error
        return rows[0][0] if rows else None
