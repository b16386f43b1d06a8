"""Counting inside the database: rows as an expression, and a column that grows with every change of a table."""

from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlmodel import SQLModel

from foundation.database.triggers import register_trigger


def number_of(statement: Select[Any]) -> ColumnElement[int]:
    """How many rows a statement gives, to be asked together with other numbers."""
    return select(func.count()).select_from(statement.subquery()).scalar_subquery()


def one_if_any(*statements: Select[Any]) -> ColumnElement[int]:
    """1 where some of these statements gives a row, else 0: of what is told in one line, however many there are."""
    return case((or_(*map(exists, statements)), 1), else_=0)


def raise_with_every_change(table: type[SQLModel], *, of: str, column: str, by: str) -> None:
    """Declare that `of`.`column` grows by one with every row of `table` that is added, changed or removed.

    `by` is the column of `table` that holds the id of the row of `of`.
    """
    name = f"{table.__tablename__}_raises_{column}"
    raised = f"UPDATE {of} SET {column} = {column} + 1 WHERE id ="  # noqa: S608 - names from the code
    for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        register_trigger(
            table,
            f"{name}_{event.lower()}",
            sqlite=f"AFTER {event} ON {table.__tablename__} BEGIN {raised} {row}.{by}; END",
            postgresql=f"AFTER {event} ON {table.__tablename__} FOR EACH ROW",
            function=f"BEGIN {raised} {row}.{by}; RETURN NULL; END",
        )
