"""Writing many rows at once: COPY on PostgreSQL, one prepared statement on SQLite.

Only the way there is shorter: every constraint and trigger of the database sees every row.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import JSON, Date, DateTime, Integer, Table
from sqlalchemy.dialects import sqlite
from sqlmodel import SQLModel

from foundation.crypto.sealed import Sealed
from foundation.database import Database, Session, UtcDateTime, table_of
from foundation.database.types import to_json

_SQL_TYPES = ((Integer, "int[]"), (DateTime, "timestamptz[]"), (UtcDateTime, "timestamptz[]"))


def moment_text(moment: datetime) -> str:
    """A UTC moment as SQLite keeps it; PostgreSQL, whose sessions speak UTC, reads it too."""
    return moment.isoformat(" ", "microseconds")[:26]


def json_text(value: object) -> str:
    """A value for a JSON column, unless it is written already."""
    return value if isinstance(value, str) else to_json(value)


CACHE = -65536
"""What SQLite may keep of its pages meanwhile, in KiB below zero: more than is usual for one connection."""


class Bulk:
    """The rows of one transaction. Columns that are not given have the defaults of their table."""

    def __init__(self, session: Session) -> None:
        session.flush()
        connection = session.connection()
        self._on_sqlite = connection.dialect.name == "sqlite"
        self._raw: Any = connection.connection.driver_connection
        if self._on_sqlite:
            connection.exec_driver_sql(f"PRAGMA cache_size = {CACHE}")

    def ids(self, model: type[SQLModel], count: int) -> Sequence[int]:
        """Numbers for so many rows about to be written in this transaction."""
        name = table_of(model).name
        if not self._on_sqlite:
            asked = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            return [row[0] for row in self._raw.execute(asked, (name, count)).fetchall()]
        given = self._raw.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)).fetchone()
        last = self._raw.execute(f"SELECT max(id) FROM {name}").fetchone()[0]  # noqa: S608 - a name of our own
        first = max(given[0] if given else 0, last or 0) + 1
        return range(first, first + count)

    def write(self, model: type[SQLModel], columns: str, rows: Iterable[Sequence[object]]) -> None:
        """Insert rows; `columns` names what stands in each, in order. JSON may be given written or not."""
        table = table_of(model)
        given = columns.split()
        constants = _constants(model, given)
        names = ", ".join((*given, *constants))
        ready = _written(table, given, tuple(constants.values()), rows)
        if self._on_sqlite:
            places = ", ".join("?" * (len(given) + len(constants)))
            # The driver's plain cursor: what is written here comes from nobody's keyboard.
            cursor = self._raw.cursor(sqlite3.Cursor)
            cursor.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({places})", ready)  # noqa: S608 - as above
            return
        with self._raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
            for row in ready:
                copy.write_row(row)

    def change(self, model: type[SQLModel], columns: str, rows: Sequence[Sequence[object]]) -> None:
        """Update rows by their id: each row holds its values, in the order of `columns`, and the id last."""
        if not rows:
            return
        table = table_of(model)
        given = columns.split()
        ready = list(_written(table, given, (), rows))
        if self._on_sqlite:
            settings = ", ".join(f"{name} = ?" for name in given)
            cursor = self._raw.cursor(sqlite3.Cursor)
            cursor.executemany(f"UPDATE {table.name} SET {settings} WHERE id = ?", ready)  # noqa: S608 - as above
            return
        settings = ", ".join(f"{name} = v.{name}" for name in given)
        arrays = ", ".join(f"%s::{_array_type(table, name)}" for name in (*given, "id"))
        changes = f"unnest({arrays}) AS v({', '.join((*given, 'id'))})"
        statement = f"UPDATE {table.name} SET {settings} FROM {changes} WHERE {table.name}.id = v.id"  # noqa: S608 - as above
        self._raw.execute(statement, tuple(list(column) for column in zip(*ready, strict=True)))

    def count(self, model: type[SQLModel]) -> None:
        """Let PostgreSQL see what is in a table, rows of this transaction included, before it plans on."""
        if not self._on_sqlite:
            self._raw.execute(f"ANALYZE {table_of(model).name}")


def keep_house(database: Database, *models: type[SQLModel]) -> None:
    """What PostgreSQL does by itself in quieter times: clear away old versions of rows, and count what is there.

    Its triggers keep the plans of their first calls, made when the tables were empty, until somebody counts.
    """
    if database.dialect != "postgresql":
        return
    engine = database.writing_engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"VACUUM (ANALYZE) {', '.join(table_of(model).name for model in models)}")


def _constants(model: type[SQLModel], given: Sequence[str]) -> dict[str, object]:
    """The defaults of the columns that are not given; those that are empty are left to the database."""
    blank = model()
    found = {}
    for column in table_of(model).columns:
        if column.name in given or column.name == "id" or column.computed is not None:
            continue
        value = getattr(blank, column.name)
        if value is not None:
            convert = _converter(table_of(model), column.name)
            found[column.name] = convert(value) if convert else value
    return found


def _written(
    table: Table, given: Sequence[str], constants: tuple[object, ...], rows: Iterable[Sequence[object]]
) -> Iterator[Sequence[object]]:
    converters = [(place, convert) for place, name in enumerate(given) if (convert := _converter(table, name))]
    for row in rows:
        ready = list(row)
        for place, convert in converters:
            if ready[place] is not None:
                ready[place] = convert(ready[place])
        yield (*ready, *constants)


def _converter(table: Table, name: str) -> Callable[[Any], object] | None:
    kind = table.columns[name].type
    if isinstance(kind, UtcDateTime):
        return moment_text
    if isinstance(kind, Date):
        return date.isoformat
    if isinstance(kind, JSON):
        return json_text
    if isinstance(kind, Sealed):
        return partial(kind.process_bind_param, dialect=sqlite.dialect())  # the same for every database
    return None


def _array_type(table: Table, name: str) -> str:
    kind = table.columns[name].type
    return next((words for known, words in _SQL_TYPES if isinstance(kind, known)), "text[]")
