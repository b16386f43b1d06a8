"""Whether a database still has what was declared of some tables: who changes rows by hand takes the guards away first.

It looks for the tables themselves (no view in their place), their columns, constraints, indexes and triggers, and for
triggers, rules and policies that nobody declared. More indexes and constraints than declared do no harm.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Table

from foundation.database import guards_postgresql, guards_sqlite
from foundation.database.session import Session


@dataclass(frozen=True, slots=True)
class Gap:
    """Something around a table that is not as it was declared."""

    table: str
    what: str
    """Table, column, constraint, index, trigger, function, rule, policy or file."""
    name: str
    """Its name; of a file, what SQLite says of it."""
    state: str
    """missing, changed, off, added or damaged."""


def gaps(session: Session, tables: Iterable[Table]) -> Iterator[Gap]:
    """Everything around the tables that is not as it was declared."""
    here = guards_sqlite if session.get_bind().dialect.name == "sqlite" else guards_postgresql
    for table in tables:
        for what, name, state in here.gaps_of(session, table):
            yield Gap(table.name, what, name, state)
