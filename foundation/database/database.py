"""The one door to the database: sessions that read, and sessions that write in turn and commit once."""

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import sqlmodel
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import StatementError

from foundation.database import schema, sqlite
from foundation.database.session import Callback, Session, open_for_writing, take_callbacks
from foundation.database.turns import Turn
from foundation.errors import Invalid

log = logging.getLogger(__name__)


class Database:
    """A SQLite file (`sqlite:////path`) or a PostgreSQL database (`postgresql://...`).

    Open one in each process: connections and turns do not survive a fork.
    """

    def __init__(self, url: str, *, echo: bool = False) -> None:
        """Connect to nothing yet. `echo` logs every statement. Raises ValueError for another kind of address."""
        address = make_url(url)
        if address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        self.url = address
        self.turn: Turn | None = None
        self.writes = 0
        """How many transactions this process has kept: who keeps what it read looks whether it grew."""
        if address.drivername in {"sqlite", "sqlite+pysqlite"}:
            file = sqlite.database_file(address)
            file.parent.mkdir(parents=True, exist_ok=True)
            self.turn = Turn(file)
            self.reading_engine = sqlite.reading_engine(address, echo=echo)
            self.writing_engine = sqlite.writing_engine(address, self.turn, echo=echo)
            self._noting_engine = sqlite.noting_engine(address, self.turn, echo=echo)
        elif address.drivername == "postgresql+psycopg":
            from foundation.database import postgresql  # noqa: PLC0415 - a driver of 9 MB, which SQLite does not need

            self.reading_engine = postgresql.reading_engine(address, echo=echo)
            self.writing_engine = postgresql.writing_engine(address, echo=echo)
            self._noting_engine = postgresql.noting_engine(address, echo=echo)
        else:
            raise ValueError(f"{address.drivername} is neither sqlite nor postgresql")
        self._process = os.getpid()
        self._mine = threading.local()

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.writing_engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that cannot write: asking it to raises ReadOnly."""
        self._refuse_inherited()
        with Session(self.reading_engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self, *, in_passing: bool = False) -> Iterator[Session]:
        """A session that writes: takes its turn, commits at the end of the block, rolls back on any error.

        What `after_commit` collected runs after the commit and outside the turn; a callback that fails is logged
        and the others still run. Raises RuntimeError when this thread is writing already, TookTooLong when half a
        minute was not enough for the others to finish.

        What is written `in_passing` is kept whatever happens to this process, and safe from a power failure only with
        the next transaction that is not: for what may be done twice then, and is written again and again (see
        docs/decisions/0067).
        """
        engine = self._noting_engine if in_passing else self.writing_engine
        self._refuse_inherited()
        if getattr(self._mine, "writing", False):
            raise RuntimeError("this thread is already writing: pass its session on instead")
        self._mine.writing = True
        try:
            with self._turn(), Session(engine, expire_on_commit=False) as session:
                open_for_writing(session)
                yield session
                sqlmodel.Session.commit(session)
                self.writes += 1
                callbacks = take_callbacks(session)
        except StatementError as error:
            if isinstance(error.orig, Invalid):  # a column's type refused the value: SQLAlchemy wraps that
                raise error.orig from error
            raise
        finally:
            self._mine.writing = False
        for callback in callbacks:
            _call(callback)

    def ping(self) -> None:
        """Raise when the database does not answer."""
        with self.reading_engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def migrate(self) -> None:
        """Bring the schema to the newest migration, all or nothing."""
        from foundation.database.upgrading import upgrade  # noqa: PLC0415 - Alembic, which nobody who serves needs

        upgrade(self)

    def rewrite(self) -> None:
        """Write every table anew, so that no page holds any more what rows said before; nobody else writes meanwhile.

        It needs as much room on the disk again. Raises DBAPIError when that is not there, and nothing is lost then.
        """
        with self._turn(), self.writing_engine.connect() as connection:
            if self.dialect == "postgresql":
                connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM (FULL)"))
                return
            raw: Any = connection.connection.driver_connection
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def is_current(self) -> bool:
        """Whether the schema is at the newest migration."""
        return self.revision() == schema.heads()

    def revision(self) -> tuple[str, ...]:
        """The migration that the database is at; none when it has never been migrated."""
        return schema.current(self.reading_engine)

    def dispose(self) -> None:
        """Close every connection that is not in use."""
        for engine in (*self.engines(), self._noting_engine):
            engine.dispose()
        if self.turn is not None:
            self.turn.close()

    def engines(self) -> tuple[Engine, Engine]:
        """The engine that reads and the engine that writes, each with connections of its own."""
        return self.reading_engine, self.writing_engine

    def _turn(self) -> AbstractContextManager[None]:
        return self.turn.held() if self.turn is not None else nullcontext()

    def _refuse_inherited(self) -> None:
        if self._process != os.getpid():
            raise RuntimeError("a Database is opened in each process, not inherited by a fork")


def _call(callback: Callback) -> None:
    try:
        callback()
    except Exception:  # the transaction is kept already: one failure must not lose the signals of the others
        log.exception("something to be done after a commit failed: %r", callback)
