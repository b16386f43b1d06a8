"""Taking the names of who has left out of what others wrote."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, cast, or_
from sqlmodel import SQLModel, select

from community.leaving.rules import Going, without_names
from foundation.database import Session


def names_out(session: Session, going: Going, table: type[SQLModel], columns: Sequence[str], where: Any) -> None:
    """Take the names out of these columns, texts or JSON, of the rows of a table for which a condition holds."""
    for row in session.exec(select(table).where(where)):
        for column in columns:
            before = getattr(row, column)
            after = without(before, going)
            if after != before:
                setattr(row, column, after)
                session.add(row)
    session.flush()


def without(value: Any, going: Going) -> Any:
    """The same value without the names, whatever it is made of."""
    if isinstance(value, str):
        said = without_names(value, going)
        return type(value)(said) if said != value else value
    if isinstance(value, Mapping):
        return {key: without(one, going) for key, one in value.items()}
    if isinstance(value, list):
        return [without(one, going) for one in value]
    return value


def says_a_name(going: Going, column: Any) -> ColumnElement[bool]:
    """The condition that a column of JSON may hold one of the names: what is read is looked at closely then."""
    said = cast(column, String)
    return or_(*(said.icontains(name, autoescape=True) for name in going.names if len(name) >= 3))
