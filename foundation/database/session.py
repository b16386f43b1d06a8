"""The session actions and queries are given, and what may be asked of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import sqlmodel
from sqlalchemy import ColumnElement, Insert, event, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import SessionTransaction
from sqlmodel import SQLModel

from foundation.database.naming import table_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapper

Callback = Callable[[], object]
Row = TypeVar("Row")
Model = TypeVar("Model", bound=SQLModel)

_WAITING = "after_commit"
_HELD = "held"


class Session(sqlmodel.Session):
    """SQLModel's session, without the right to commit: the one commit is at the end of `Database.writing()`.

    One that only reads asks for a thing by its key once: left to itself it forgets what nobody holds.
    """

    def commit(self) -> None:
        raise RuntimeError("nobody commits but Database.writing(), at the end of its block")

    def get(self, entity: "type[Row] | Mapper[Row]", ident: Any, **options: Any) -> Row | None:
        found = super().get(entity, ident, **options)
        if found is not None and _WAITING not in self.info:
            self.info.setdefault(_HELD, {})[id(found)] = found
        return found


def after_commit(session: Session, callback: Callback) -> None:
    """Call `callback()` once the transaction is safely kept, in the order of registration.

    Nothing is called when the transaction, or the savepoint it was registered in, is rolled back.
    """
    waiting = session.info.get(_WAITING)
    if waiting is None:
        raise RuntimeError("this session only reads: nothing is committed at its end")
    waiting.append((_savepoints(session.get_nested_transaction()), callback))


def open_for_writing(session: Session) -> None:
    """Let the session collect what is to be done after its commit."""
    session.info[_WAITING] = []


def take_callbacks(session: Session) -> list[Callback]:
    """What `after_commit` collected; asked for once, by Database.writing()."""
    return [callback for _, callback in session.info.pop(_WAITING, [])]


def _savepoints(innermost: SessionTransaction | None) -> tuple[SessionTransaction, ...]:
    found = []
    while innermost is not None and innermost.nested:
        found.append(innermost)
        innermost = innermost.parent
    return tuple(found)


@event.listens_for(Session, "after_soft_rollback")
def _forget_callbacks_of_savepoint(session: Session, rolled_back: SessionTransaction) -> None:
    waiting = session.info.get(_WAITING)
    if waiting and rolled_back.nested:
        session.info[_WAITING] = [entry for entry in waiting if rolled_back not in entry[0]]


def insert_if_absent(
    session: Session,
    table: type[SQLModel],
    values: Mapping[str, Any],
    conflict: Sequence[str],
    *,
    where: ColumnElement[bool] | None = None,
) -> bool:
    """Insert a row unless one with the same `conflict` columns is there already; tell whether it was inserted.

    The columns need a unique constraint or index; `where` is the condition of that index when it is partial.
    """
    dialect = session.get_bind().dialect.name
    if where is None:
        statement = _insert_or_nothing(dialect, table, tuple(conflict))
    else:
        statement = _upsert(dialect, table, conflict, where)
    # Drivers may forget the count of an insert once its cursor is closed.
    result = session.connection().execute(statement, values, execution_options={"preserve_rowcount": True})
    return result.rowcount == 1


def insert_new(
    session: Session, table: type[SQLModel], values: Mapping[str, Any], conflict: Sequence[str]
) -> int | None:
    """As insert_if_absent, and gives the id of the new row; None where one was there already."""
    dialect = session.get_bind().dialect.name
    statement = _insert_returning(dialect, table, tuple(conflict))
    found: int | None = session.connection().execute(statement, values).scalar_one_or_none()
    return found


def rows_of(session: Session, table: type[Model], ids: Collection[int]) -> list[Model]:
    """The rows with these ids, in their order, in one question; those that are gone are left out."""
    if not ids:
        return []
    key: Any = table_of(table).c.id
    found = {getattr(row, key.name): row for row in session.scalars(select(table).where(key.in_(ids)))}
    return [found[one] for one in ids if one in found]


def append(session: Session, table: type[SQLModel], values: Mapping[str, Any]) -> None:
    """Insert a row that nobody needs back as an object, at once: a third of the time the mapper takes for it."""
    session.connection().execute(_insert(table), values)


@cache
def _insert(table: type[SQLModel]) -> Insert:
    return insert(table_of(table)).inline()


@cache
def _insert_returning(dialect: str, table: type[SQLModel], conflict: tuple[str, ...]) -> Any:
    return _upsert(dialect, table, conflict, None).returning(table_of(table).c.id)


@cache
def _insert_or_nothing(dialect: str, table: type[SQLModel], conflict: tuple[str, ...]) -> Insert:
    """Made once for each table: to make and compile it takes longer than to run it."""
    return _upsert(dialect, table, conflict, None)


def _upsert(dialect: str, table: type[SQLModel], conflict: Sequence[str], where: ColumnElement[bool] | None) -> Insert:
    upsert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return upsert(table_of(table)).inline().on_conflict_do_nothing(index_elements=conflict, index_where=where)
