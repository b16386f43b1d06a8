"""What a migration may use beside Alembic's own operations, so that it says the same on both databases."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from alembic.operations import BatchOperations, Operations
from sqlalchemy import text

from foundation.database.triggers import DatabaseObject, append_only_triggers
from foundation.database.triggers import run as run_statements


def append_only(op: Operations, table: str) -> None:
    """From now on rows of `table` are added, never changed or removed."""
    append_only_triggers(table).create(op.get_bind())


def not_append_only(op: Operations, table: str) -> None:
    """Take `append_only` back."""
    append_only_triggers(table).drop(op.get_bind())


def make(
    op: Operations,
    name: str,
    *,
    sqlite: Sequence[str] = (),
    postgresql: Sequence[str] = (),
) -> None:
    """Make a trigger, a search index or whatever else Alembic has no word for; `name` is for the reader."""
    DatabaseObject(name, sqlite=tuple(sqlite), postgresql=tuple(postgresql)).create(op.get_bind())


def unmake(
    op: Operations,
    name: str,
    *,
    sqlite: Sequence[str] = (),
    postgresql: Sequence[str] = (),
) -> None:
    """Take back what `make` made."""
    DatabaseObject(name, sqlite_drop=tuple(sqlite), postgresql_drop=tuple(postgresql)).drop(op.get_bind())


def run(op: Operations, *, sqlite: Sequence[str] = (), postgresql: Sequence[str] = ()) -> None:
    """Run statements as they are, each on its own database."""
    run_statements(op.get_bind(), sqlite=sqlite, postgresql=postgresql)


@contextmanager
def alter(op: Operations, table: str) -> Iterator[BatchOperations]:
    """Alter a table. SQLite can only do most of it by copying the table, and then would lose its triggers."""
    connection = op.get_bind()
    triggers: Sequence[str] = ()
    if connection.dialect.name == "sqlite":
        found = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table ORDER BY rowid")
        triggers = connection.execute(found, {"table": table}).scalars().all()
        names = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
        for name in connection.execute(names, {"table": table}).scalars().all():
            run(op, sqlite=[f'DROP TRIGGER "{name}"'])
    with op.batch_alter_table(table) as batch:
        yield batch
    run(op, sqlite=triggers)
