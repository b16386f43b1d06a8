"""Triggers and other objects of the database that SQLAlchemy has no word for.

Each is declared once, beside the table it belongs to. `metadata.create_all` makes them after the tables, and
`flask database revision` writes them into the migration, for both databases.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, MetaData, Table, event
from sqlmodel import SQLModel

from foundation.database.naming import metadata

_KEY = "database_objects"


@dataclass(frozen=True)
class DatabaseObject:
    """Statements that make and unmake one named thing, for each database; empty where it is not needed."""

    name: str
    sqlite: tuple[str, ...] = ()
    postgresql: tuple[str, ...] = ()
    sqlite_drop: tuple[str, ...] = ()
    postgresql_drop: tuple[str, ...] = ()

    def create(self, dialect: str) -> tuple[str, ...]:
        """The statements that make it on `dialect`."""
        return self.sqlite if dialect == "sqlite" else self.postgresql

    def drop(self, dialect: str) -> tuple[str, ...]:
        """The statements that unmake it on `dialect`."""
        return self.sqlite_drop if dialect == "sqlite" else self.postgresql_drop


def trigger(
    table: str,
    name: str,
    *,
    sqlite: str | None = None,
    postgresql: str | None = None,
    function: str | None = None,
) -> DatabaseObject:
    """Describe a trigger.

    `sqlite` and `postgresql` are what follows `CREATE TRIGGER <name>`; `function` is the PL/pgSQL body, from BEGIN
    (or DECLARE) to END, of the function of the same name. A PostgreSQL trigger that says DEFERRABLE becomes a
    constraint trigger.
    """
    made: tuple[str, ...] = ()
    if postgresql is not None:
        if function is None:
            raise ValueError(f"trigger {name}: PostgreSQL needs the body of a function")
        constraint = "CONSTRAINT " if "DEFERRABLE" in postgresql.upper() else ""
        made = (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $trigger$\n{function.strip()};\n$trigger$",
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


def append_only_triggers(table: str) -> list[DatabaseObject]:
    """Triggers by which a table's rows can be added, never changed or removed."""
    message = f"{table} is append-only"
    refuse = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    function = f"BEGIN RAISE EXCEPTION '{message}'; END"
    return [
        trigger(
            table,
            f"{table}_no_update",
            sqlite=f"BEFORE UPDATE ON {table} {refuse}",
            postgresql=f"BEFORE UPDATE ON {table} FOR EACH ROW",
            function=function,
        ),
        trigger(
            table,
            f"{table}_no_delete",
            sqlite=f"BEFORE DELETE ON {table} {refuse}",
            postgresql=f"BEFORE DELETE ON {table} FOR EACH ROW",
            function=function,
        ),
        trigger(
            table,
            f"{table}_no_truncate",
            postgresql=f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
            function=function,
        ),
    ]


def register_trigger(
    table: type[SQLModel],
    name: str,
    *,
    sqlite: str | None = None,
    postgresql: str | None = None,
    function: str | None = None,
) -> None:
    """Declare a trigger of `table`; the words are those of `trigger`."""
    _register(
        table, trigger(_table(table).name, name, sqlite=sqlite, postgresql=postgresql, function=function)
    )


def append_only(table: type[SQLModel]) -> None:
    """Declare that rows of `table` are added, never changed or removed: the database itself refuses."""
    for each in append_only_triggers(_table(table).name):
        _register(table, each)


def register_sql(
    table: type[SQLModel],
    name: str,
    *,
    sqlite: Sequence[str] = (),
    postgresql: Sequence[str] = (),
    sqlite_drop: Sequence[str] = (),
    postgresql_drop: Sequence[str] = (),
) -> None:
    """Declare something else the database needs after `table` is made: a search index, a text configuration.

    `name` is that of the table, index, trigger, function, constraint or text search configuration it makes, by which
    a new migration knows whether it is there.
    """
    _register(
        table,
        DatabaseObject(name, tuple(sqlite), tuple(postgresql), tuple(sqlite_drop), tuple(postgresql_drop)),
    )


def declared(tables: MetaData = metadata) -> Iterator[tuple[Table, DatabaseObject]]:
    """Every object declared so far, with its table, tables in order of dependence."""
    for table in tables.sorted_tables:
        for each in table.info.get(_KEY, []):
            yield table, each


def run(connection: Connection, statements: Sequence[str]) -> None:
    """Run statements as they are: no parameters, so a percent sign is only a percent sign."""
    for statement in statements:
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def _table(table: type[SQLModel]) -> Table:
    found: Table = table.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it
    return found


def _register(table: type[SQLModel], thing: DatabaseObject) -> None:
    objects: list[DatabaseObject] = _table(table).info.setdefault(_KEY, [])
    if any(each.name == thing.name for each in objects):
        raise ValueError(f"{thing.name} is declared twice")
    objects.append(thing)


@event.listens_for(metadata, "after_create")
def _create(target: MetaData, connection: Connection, *, tables: Sequence[Table], **options: Any) -> None:
    for table, each in declared(target):
        if table in tables:
            run(connection, each.create(connection.dialect.name))


@event.listens_for(metadata, "after_drop")
def _drop(target: MetaData, connection: Connection, *, tables: Sequence[Table], **options: Any) -> None:
    if connection.dialect.name == "postgresql":  # its functions outlive the tables
        for table, each in declared(target):
            if table in tables:
                for statement in each.postgresql_drop:
                    if statement.startswith("DROP FUNCTION"):
                        run(connection, [statement])
