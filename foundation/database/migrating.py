"""What a migration may use beside Alembic's own operations, so that it says the same on both databases."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from alembic.config import Config
from alembic.operations import BatchOperations, Operations
from sqlalchemy import text

from foundation.database.triggers import DatabaseObject, append_only_triggers
from foundation.database.triggers import run as run_statements


def append_only(op: Operations, table: str) -> None:
    """From now on rows of `table` are added, never changed or removed."""
    _make(op, append_only_triggers(table))


def not_append_only(op: Operations, table: str) -> None:
    """Take `append_only` back."""
    _unmake(op, append_only_triggers(table))


def make(op: Operations, name: str, *, sqlite: Sequence[str] = (), postgresql: Sequence[str] = ()) -> None:
    """Make a trigger, a search index or whatever else Alembic has no word for."""
    _make(op, DatabaseObject(name, sqlite=tuple(sqlite), postgresql=tuple(postgresql)))


def unmake(op: Operations, name: str, *, sqlite: Sequence[str] = (), postgresql: Sequence[str] = ()) -> None:
    """Take back what `make` made."""
    _unmake(op, DatabaseObject(name, sqlite_drop=tuple(sqlite), postgresql_drop=tuple(postgresql)))


def made_so_far(config: Config | None) -> dict[str, DatabaseObject]:
    """What the migrations run with this configuration have made, by name."""
    made: dict[str, DatabaseObject] = config.attributes.setdefault("made", {}) if config is not None else {}
    return made


def run(op: Operations, *, sqlite: Sequence[str] = (), postgresql: Sequence[str] = ()) -> None:
    """Run statements as they are, each on its own database."""
    run_statements(op.get_bind(), sqlite=sqlite, postgresql=postgresql)


@contextmanager
def alter(op: Operations, table: str) -> Iterator[BatchOperations]:
    """Alter a table. SQLite can only do most of it by copying the table, and then would lose its triggers.

    Nor does it let the copy take the table's name while a trigger of another table speaks of it. The copy counts its
    ids as the table did: where nothing is ever removed, no id comes back, and none has to be kept apart.
    """
    connection = op.get_bind()
    triggers: Sequence[str] = ()
    counted: dict[str, bool] = {}
    if connection.dialect.name == "sqlite":
        found = text(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            " AND (tbl_name = :table OR instr(sql, :table) > 0) ORDER BY rowid"
        )
        rows = connection.execute(found, {"table": table}).all()
        triggers = [row.sql for row in rows]
        whole = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table")
        counted["sqlite_autoincrement"] = "AUTOINCREMENT" in connection.execute(whole, {"table": table}).scalar_one()
        run(op, sqlite=[f'DROP TRIGGER "{row.name}"' for row in rows])
    with op.batch_alter_table(table, table_kwargs=counted) as batch:
        yield batch
    run(op, sqlite=triggers)


def _make(op: Operations, thing: DatabaseObject) -> None:
    thing.create(op.get_bind())
    made_so_far(op.get_context().config)[thing.name] = thing


def _unmake(op: Operations, thing: DatabaseObject) -> None:
    thing.drop(op.get_bind())
    made_so_far(op.get_context().config).pop(thing.name, None)
