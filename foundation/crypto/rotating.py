"""Closing everything anew with the newest key, a few rows at a time."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, MetaData, Table, Text, and_, select, type_coerce, update

from foundation.crypto import keyring
from foundation.crypto.keyring import Unreadable
from foundation.crypto.sealed import Confidential, Sealed, sealed_columns
from foundation.database import Database, Session, metadata

LOOKED_AT = 200
BATCH = 200
"""Rows of one transaction: others who write wait no longer than that."""


@dataclass
class Rotated:
    """How many texts were closed anew, and where those stand that no key opens."""

    closed: int
    unreadable: list[str]


def rotate(
    database: Database, told: Callable[[int], None] = lambda _closed: None, *, tables: MetaData = metadata
) -> Rotated:
    """Close with the newest key whatever an older one closed. Interrupted, it goes on where it was.

    What somebody changes meanwhile is left as they wrote it: it is closed with the newest key already.
    """
    done = Rotated(0, [])
    for table, columns in sealed_columns(tables):
        for column in columns:
            with database.reading() as session:
                stale = list(session.execute(select(*table.primary_key).where(_is_stale(column))))
            rows = iter(stale)
            while batch := list(islice(rows, BATCH)):
                with database.writing() as session:
                    for row in batch:
                        _close_anew(session, table, column, tuple(row), done)
                told(done.closed)
    return done


def count_by_key(session: Session, *, tables: MetaData = metadata) -> Counter[str]:
    """How many texts stand under the name of each key."""
    found: Counter[str] = Counter()
    for table, columns in sealed_columns(tables):
        for column in columns:
            written = session.scalars(select(_raw(column)).select_from(table).where(_is_sealed(column)))
            found.update(each.removeprefix(_type(column).prefix).partition(":")[0] for each in written)
    return found


def lost_keys(session: Session, *, tables: MetaData = metadata) -> set[str]:
    """The names of keys that the settings lack, where the first or the last rows of a table are closed with them.

    A look at LOOKED_AT rows of both ends, since it is made at every start: a ring that was forgotten, or of another
    installation, shows there. `count_by_key` looks at every text.
    """
    lost = set()
    known = {key.name for key in keyring.in_use().keys}
    for table, columns in sealed_columns(tables):
        for column in columns:
            for order in (list(table.primary_key), [key.desc() for key in table.primary_key]):
                end = select(_raw(column)).select_from(table).order_by(*order).limit(LOOKED_AT)
                for written in session.scalars(end):
                    if written and written.startswith(_type(column).prefix):
                        lost |= {written.removeprefix(_type(column).prefix).partition(":")[0]} - known
    return lost


def _close_anew(session: Session, table: Table, column: Any, row: tuple[Any, ...], done: Rotated) -> None:
    here = and_(*(key == value for key, value in zip(table.primary_key, row, strict=True)))
    before = session.execute(select(_raw(column)).where(here)).scalar_one_or_none()
    keys, kind = keyring.in_use(), _type(column)
    closed = (before or "").removeprefix(kind.prefix)
    if not before or not before.startswith(kind.prefix) or closed.startswith(keys.mark):
        return
    try:
        text = Confidential(keys.open(closed, kind.purpose))
    except Unreadable:
        done.unreadable.append(f"{table.name}.{column.name} {', '.join(map(str, row))}")
        return
    anew = update(table).where(here, _raw(column) == before).values({column.name: text})
    done.closed += session.connection().execute(anew).rowcount


def _is_stale(column: Any) -> ColumnElement[bool]:
    newest = _type(column).prefix + keyring.in_use().mark
    return and_(_is_sealed(column), ~_raw(column).startswith(newest, autoescape=True))


def _is_sealed(column: Any) -> ColumnElement[bool]:
    return and_(_raw(column) != "", _raw(column).startswith(_type(column).prefix, autoescape=True))


def _raw(column: Any) -> ColumnElement[str]:
    """The column as it stands in the database."""
    return type_coerce(column, Text)


def _type(column: Any) -> Sealed:
    kind: Sealed = column.type
    return kind
