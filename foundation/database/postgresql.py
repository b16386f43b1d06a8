"""How PostgreSQL is opened: prepared reads without transactions, writes that never wait for ever."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Self

import psycopg
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError

from foundation.database.refusals import TOO_LARGE, UNKEEPABLE_TEXT, ReadOnly, refuse_unkeepable
from foundation.database.turns import TookTooLong
from foundation.database.types import to_json
from foundation.errors import Invalid

_READING = "-c timezone=UTC -c default_transaction_read_only=on"
_WRITING = "-c timezone=UTC -c lock_timeout=30s -c idle_in_transaction_session_timeout=60s"
_RESTED_SECONDS = 5.0


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:
        raise Invalid(UNKEEPABLE_TEXT) from error
    except psycopg.errors.NumericValueOutOfRange as error:
        raise Invalid(TOO_LARGE) from error
    except psycopg.errors.ReadOnlySqlTransaction as error:
        raise ReadOnly from error
    except psycopg.errors.LockNotAvailable as error:
        raise TookTooLong("somebody else has held a row for too long") from error
    except psycopg.errors.RaiseException as error:
        # A trigger refused. SQLite calls that a broken constraint, and so do we.
        raise psycopg.IntegrityError(*error.args) from error


class CheckedCursor(psycopg.Cursor[Any]):
    """Refuses what SQLite would refuse, in the same words."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        if params:
            refuse_unkeepable(params)
        with _in_our_words():
            return super().execute(query, params, **options)

    def executemany(self, query: Any, params_seq: Iterable[Any], **options: Any) -> None:
        rows = list(params_seq)
        for row in rows:
            refuse_unkeepable(row)
        with _in_our_words():
            super().executemany(query, rows, **options)


def reading_engine(url: URL, *, echo: bool = False) -> Engine:
    """An engine that refuses to write. Each statement sees its own snapshot, and is prepared when it comes again."""
    return _engine(url, _READING, echo=echo, isolation_level="AUTOCOMMIT")


def writing_engine(url: URL, *, echo: bool = False) -> Engine:
    """An engine for transactions at READ COMMITTED."""
    return _engine(url, _WRITING, echo=echo, isolation_level="READ COMMITTED")


def noting_engine(url: URL, *, echo: bool = False) -> Engine:
    """The same, without waiting at each commit until the disk has it: a process killed then has lost nothing."""
    return _engine(url, f"{_WRITING} -c synchronous_commit=off", echo=echo, isolation_level="READ COMMITTED")


def _engine(url: URL, options: str, *, echo: bool, isolation_level: Any) -> Engine:
    own = url.query.get("options", "")
    engine = create_engine(
        url.difference_update_query(["options"]),
        echo=echo,
        isolation_level=isolation_level,
        pool_size=5,
        max_overflow=20,
        json_serializer=to_json,
        connect_args={"options": f"{own} {options}".strip(), "prepare_threshold": 2, "cursor_factory": CheckedCursor},
    )
    event.listen(engine, "checkin", _note_time)
    event.listen(engine, "checkout", _check_rested)
    return engine


def _note_time(raw: object, record: Any) -> None:
    record.info["rested_since"] = time.monotonic()


def _check_rested(raw: Any, record: Any, proxy: object) -> None:
    """Ask a connection that has rested whether it still lives, so that a restarted server costs nobody a page."""
    since = record.info.get("rested_since")
    if since is None or time.monotonic() - since < _RESTED_SECONDS:
        return
    try:
        raw.execute("SELECT 1")
        raw.rollback()
    except psycopg.Error as error:
        raise DisconnectionError from error
