"""Triggers, and other things in a database that SQLAlchemy has no word for.

Each is declared once, beside the table it belongs to. `metadata.create_all` makes them after the tables, and
`flask database revision` writes them into the migration, for both databases.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, MetaData, Table, event
from sqlmodel import SQLModel

from foundation.database.naming import metadata, table_of

_KEY = "database_objects"


@dataclass(frozen=True)
class DatabaseObject:
    """Statements that make and unmake one named thing, for each database; empty where it is not needed."""

    name: str
    sqlite: tuple[str, ...] = ()
    postgresql: tuple[str, ...] = ()
    sqlite_drop: tuple[str, ...] = ()
    postgresql_drop: tuple[str, ...] = ()

    def create(self, connection: Connection) -> None:
        """Make it, on the database of the connection."""
        run(connection, sqlite=self.sqlite, postgresql=self.postgresql)

    def drop(self, connection: Connection) -> None:
        """Unmake it, on the database of the connection."""
        run(connection, sqlite=self.sqlite_drop, postgresql=self.postgresql_drop)


def run(connection: Connection, *, sqlite: Sequence[str] = (), postgresql: Sequence[str] = ()) -> None:
    """Run the statements meant for this database, as they are: a percent sign is only a percent sign."""
    for statement in sqlite if connection.dialect.name == "sqlite" else postgresql:
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def trigger(
    table: str,
    name: str,
    *,
    sqlite: str | None = None,
    postgresql: str | None = None,
    function: str | None = None,
) -> DatabaseObject:
    """Describe a trigger.

    `sqlite` and `postgresql` are what follows `CREATE TRIGGER <name>`; `function` is the PL/pgSQL body, from
    BEGIN (or DECLARE) to END, of the function of the same name. A PostgreSQL trigger that says DEFERRABLE becomes
    a constraint trigger.
    """
    made: tuple[str, ...] = ()
    if postgresql is not None:
        if function is None:
            raise ValueError(f"trigger {name}: PostgreSQL needs the body of a function")
        constraint = "CONSTRAINT " if "DEFERRABLE" in postgresql.upper() else ""
        made = (
            _function(name, function),
            f"CREATE {constraint}TRIGGER {name} {postgresql.strip()} EXECUTE FUNCTION {name}()",
        )
    return DatabaseObject(
        name,
        sqlite=(f"CREATE TRIGGER {name} {sqlite.strip()}",) if sqlite is not None else (),
        postgresql=made,
        sqlite_drop=(f"DROP TRIGGER IF EXISTS {name}",) if sqlite is not None else (),
        postgresql_drop=(
            (f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()") if made else ()
        ),
    )


def append_only_triggers(table: str, *, sqlite_but: str = "", postgresql_but: str = "") -> DatabaseObject:
    """Triggers by which rows of `table` can be added, never changed or removed; they name the table.

    The two conditions, one for each database, say of OLD and NEW which change is let through all the same.
    """
    name = f"{table}_append_only"
    message = f"{table} is append-only"
    refuse = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    call = f"EXECUTE FUNCTION {name}()"
    when = f" WHEN NOT ({sqlite_but})" if sqlite_but else ""
    but = f"IF TG_OP = 'UPDATE' THEN IF {postgresql_but} THEN RETURN NEW; END IF; END IF; " if postgresql_but else ""
    return DatabaseObject(
        name,
        sqlite=(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table}{when} {refuse}",
            f"CREATE TRIGGER {name}_delete BEFORE DELETE ON {table} {refuse}",
        ),
        postgresql=(
            _function(
                name, f"BEGIN {but}RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END"
            ),
            f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {call}",
            f"CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}",
        ),
        sqlite_drop=(f"DROP TRIGGER IF EXISTS {name}", f"DROP TRIGGER IF EXISTS {name}_delete"),
        postgresql_drop=(
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"DROP TRIGGER IF EXISTS {name}_truncate ON {table}",
            f"DROP FUNCTION IF EXISTS {name}()",
        ),
    )


def register_trigger(
    table: type[SQLModel],
    name: str,
    *,
    sqlite: str | None = None,
    postgresql: str | None = None,
    function: str | None = None,
) -> None:
    """Declare a trigger of `table`; the words are those of `trigger`."""
    made = trigger(table_of(table).name, name, sqlite=sqlite, postgresql=postgresql, function=function)
    _register(table, made)


def append_only(table: type[SQLModel], *, sqlite_but: str = "", postgresql_but: str = "") -> None:
    """Declare that rows of `table` are added, never changed or removed: the database itself refuses.

    The two conditions are those of `append_only_triggers`.
    """
    table_of(table).kwargs["sqlite_autoincrement"] = False  # nothing is removed, so no id comes back
    made = append_only_triggers(table_of(table).name, sqlite_but=sqlite_but, postgresql_but=postgresql_but)
    _register(table, made)


def register_sql(
    table: type[SQLModel],
    name: str,
    *,
    sqlite: Sequence[str] = (),
    postgresql: Sequence[str] = (),
    sqlite_drop: Sequence[str] = (),
    postgresql_drop: Sequence[str] = (),
) -> None:
    """Declare something else the database needs once `table` is there: a search index, a text configuration.

    `name` is that of the table, index, trigger, function, constraint, extension or text search
    configuration it makes, by which a new migration knows whether it is there.
    """
    parts = (tuple(sqlite), tuple(postgresql), tuple(sqlite_drop), tuple(postgresql_drop))
    _register(table, DatabaseObject(name, *parts))


def declared(tables: MetaData = metadata) -> Iterator[tuple[Table, DatabaseObject]]:
    """Every object declared so far, with its table, in the order in which they can be made."""
    for table in tables.sorted_tables:
        for each in tables.info.get(_KEY, {}).get(table.name, ()):
            yield table, each


def _function(name: str, body: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $trigger$\n{body.strip()};\n$trigger$"


def _register(table: type[SQLModel], thing: DatabaseObject) -> None:
    tables = table_of(table).metadata
    # Not in order of dependence: a table named by a foreign key may not be declared yet.
    if any(each.name == thing.name for known in tables.tables.values() for each in known.info.get(_KEY, [])):
        raise ValueError(f"{thing.name} is declared twice")
    tables.info.setdefault(_KEY, {}).setdefault(table_of(table).name, []).append(thing)
    if not event.contains(tables, "after_create", _create):
        event.listen(tables, "after_create", _create)


def _create(target: MetaData, connection: Connection, *, tables: Sequence[Table], **options: Any) -> None:
    for table, each in declared(target):
        if table in tables:
            each.create(connection)
