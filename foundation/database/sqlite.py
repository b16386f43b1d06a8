"""How SQLite is opened: write-ahead log, full durability, foreign keys, and writers in turn."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from foundation.database.turns import Turn
from foundation.database.types import to_json

# recursive_triggers: without it REPLACE INTO would slip past the triggers of an append-only table.
_PRAGMAS = (
    "PRAGMA busy_timeout = 30000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA cache_size = -65536",
    "PRAGMA case_sensitive_like = ON",
)


class WritingConnection(sqlite3.Connection):
    """Gives the turn to the next writer as soon as the transaction is over."""

    turn: Turn | None = None

    def commit(self) -> None:
        try:
            super().commit()
        except BaseException:
            # SQLite leaves the transaction open when a COMMIT fails, and SQLAlchemy takes it for closed.
            super().rollback()
            raise
        finally:
            self._release()

    def rollback(self) -> None:
        super().rollback()
        self._release()

    def close(self) -> None:
        super().close()
        self._release()

    def _release(self) -> None:
        if self.turn is not None:
            self.turn.release()


def reading_engine(url: URL, *, echo: bool = False) -> Engine:
    """An engine whose connections refuse to write; each transaction sees one snapshot."""
    engine = create_engine(url, echo=echo, pool_size=5, max_overflow=60, json_serializer=to_json)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "connect", _forbid_writing)
    event.listen(engine, "begin", _begin)
    return engine


def writing_engine(url: URL, turn: Turn, *, echo: bool = False) -> Engine:
    """An engine whose every transaction writes, and so waits for its turn."""
    engine = create_engine(
        url,
        echo=echo,
        pool_size=2,
        max_overflow=60,
        json_serializer=to_json,
        connect_args={"factory": WritingConnection},
    )

    def share_turn(raw: Any, record: object) -> None:
        raw.turn = turn

    def begin_in_turn(connection: Connection) -> None:
        turn.take()
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            turn.release()
            raise

    event.listen(engine, "connect", _prepare)
    event.listen(engine, "connect", share_turn)
    event.listen(engine, "begin", begin_in_turn)
    return engine


def database_file(url: URL) -> Path:
    """The file a SQLite address means. Raises ValueError for a database in memory, which writers cannot share."""
    if not url.database or url.database == ":memory:":
        raise ValueError("Reciproca keeps its data in a file: sqlite:////path/to/reciproca.sqlite3")
    return Path(url.database).absolute()


def _prepare(raw: Any, record: object) -> None:
    # The driver must neither BEGIN nor COMMIT by itself: transactions are the engine's business.
    raw.isolation_level = None
    for pragma in _PRAGMAS:
        raw.execute(pragma)
    # SQLite's own lower() knows only ASCII; "PERCHÉ" must be found by "perché" as it is on PostgreSQL.
    raw.create_function("lower", 1, _lower, deterministic=True)


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _forbid_writing(raw: Any, record: object) -> None:
    raw.execute("PRAGMA query_only = ON")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
