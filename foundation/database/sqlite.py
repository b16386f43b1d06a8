"""How SQLite is opened: write-ahead log, full durability, foreign keys, and writers in turn."""

import sqlite3
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from foundation.database.folding import IN_SQLITE, fold
from foundation.database.refusals import UNKEEPABLE_TEXT, ReadOnly, refuse_unkeepable
from foundation.database.turns import TookTooLong, Turn
from foundation.database.types import to_json
from foundation.errors import Invalid

# recursive_triggers: without it REPLACE INTO would slip past the triggers of an append-only table.
# cache_size: 4 MiB for each connection; what more there is stays in the cache of the operating system.
# secure_delete: what is deleted or sealed is overwritten in the file, whatever SQLite was compiled with.
# case_sensitive_like: as on PostgreSQL; ILIKE is the one that finds "Anna" by "anna".
PRAGMAS = (
    "PRAGMA busy_timeout = 30000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA cache_size = -4096",
    "PRAGMA secure_delete = ON",
    "PRAGMA case_sensitive_like = ON",
)


class CheckedCursor(sqlite3.Cursor):
    """Refuses what PostgreSQL would refuse, in the same words."""

    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        refuse_unkeepable(parameters)
        try:
            return super().execute(sql, parameters)
        except UnicodeEncodeError as error:
            raise Invalid(UNKEEPABLE_TEXT) from error
        except sqlite3.OperationalError as error:
            if "attempt to write a readonly database" in str(error):
                raise ReadOnly from error
            raise

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Self:
        rows = list(parameters)
        for row in rows:
            refuse_unkeepable(row)
        try:
            return super().executemany(sql, rows)
        except UnicodeEncodeError as error:
            raise Invalid(UNKEEPABLE_TEXT) from error


class ReadingConnection(sqlite3.Connection):
    """Each transaction sees one snapshot."""

    def cursor(self, factory: Any = CheckedCursor) -> Any:
        return super().cursor(factory)

    def begin(self) -> None:
        """Begin a transaction, in the way this connection is for."""
        self.execute("BEGIN")


class WritingConnection(ReadingConnection):
    """Waits for its turn, and gives it to the next writer as soon as the transaction is over."""

    def __init__(self, *where: Any, turn: Turn, **options: Any) -> None:
        self.turn = turn
        super().__init__(*where, **options)

    def begin(self) -> None:
        self.turn.take()
        try:
            self.execute("BEGIN IMMEDIATE")
        except BaseException as error:
            self.turn.release()
            if "database is locked" in str(error):
                raise TookTooLong("another program has been writing to the database for too long") from error
            raise

    def commit(self) -> None:
        try:
            super().commit()
        except BaseException:
            # SQLite leaves the transaction open when a COMMIT fails, and SQLAlchemy takes it for closed.
            super().rollback()
            raise
        finally:
            self.turn.release()

    def rollback(self) -> None:
        super().rollback()
        self.turn.release()

    def close(self) -> None:
        super().close()
        self.turn.release()


class BeginningDialect(SQLiteDialect_pysqlite):
    """SQLAlchemy's dialect, except that a transaction begins when it begins and not at the first write."""

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: Any) -> None:
        dbapi_connection.driver_connection.begin()


registry.register("sqlite.beginning", __name__, BeginningDialect.__name__)


def reading_engine(url: URL, *, echo: bool = False) -> Engine:
    """An engine whose connections refuse to write."""
    engine = _engine(url, ReadingConnection, echo=echo, pool_size=5)

    def forbid_writing(raw: Any, record: object) -> None:
        raw.execute("PRAGMA query_only = ON")

    event.listen(engine, "connect", forbid_writing)
    return engine


def writing_engine(url: URL, turn: Turn, *, echo: bool = False) -> Engine:
    """An engine whose every transaction writes, and so waits for its turn."""
    return _engine(url, partial(WritingConnection, turn=turn), echo=echo, pool_size=2)


def noting_engine(url: URL, turn: Turn, *, echo: bool = False) -> Engine:
    """The same, without waiting at each commit until the disk has it: a process killed then has lost nothing."""
    engine = _engine(url, partial(WritingConnection, turn=turn), echo=echo, pool_size=1)

    def not_to_the_disk(raw: Any, record: object) -> None:
        raw.execute("PRAGMA synchronous = NORMAL")

    event.listen(engine, "connect", not_to_the_disk)
    return engine


def database_file(url: URL) -> Path:
    """The file a SQLite address means. Raises ValueError for a database in memory, which writers cannot share."""
    if not url.database or url.database == ":memory:":
        raise ValueError("Reciproca keeps its data in a file: sqlite:////path/to/reciproca.sqlite3")
    return Path(url.database).absolute()


def _engine(url: URL, factory: Callable[..., ReadingConnection], *, echo: bool, pool_size: int) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite+beginning"),
        echo=echo,
        pool_size=pool_size,
        max_overflow=60,
        json_serializer=to_json,
        connect_args={"factory": factory},
    )
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(raw: Any, record: object) -> None:
    # The driver must neither BEGIN nor COMMIT by itself: transactions are the engine's business.
    raw.isolation_level = None
    for pragma in PRAGMAS:
        raw.execute(pragma)
    # SQLite's own lower() knows only ASCII; "PERCHÉ" must be found by "perché" as it is on PostgreSQL.
    raw.create_function("lower", 1, _lower, deterministic=True)
    raw.create_function(IN_SQLITE, 1, _fold, deterministic=True)


def _fold(value: object) -> object:
    return fold(value) if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value
