"""Rows that must not overlap in time: the database itself refuses, whoever writes them."""

from collections.abc import Sequence

from sqlmodel import SQLModel

from foundation.database.naming import table_of
from foundation.database.triggers import register_sql, register_trigger


def never_overlapping(table: type[SQLModel], name: str, *, each: str, ends: str, states: Sequence[str]) -> None:
    """Declare that of one `each` (a room, a person) no two rows in these states overlap from `starts_at` to `ends`.

    One that ends as another starts does not overlap it. An IntegrityError names the constraint, `name`.
    """
    of, listed = table_of(table).name, ", ".join(f"'{state}'" for state in states)
    register_sql(
        table,
        name,
        postgresql=(
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            f"""ALTER TABLE {of} ADD CONSTRAINT {name} EXCLUDE USING gist
({each} WITH =, tstzrange(starts_at, {ends}) WITH &&) WHERE (state IN ({listed}))""",
        ),
        postgresql_drop=(f"ALTER TABLE {of} DROP CONSTRAINT IF EXISTS {name}",),
    )
    refused = f"""
WHEN NEW.state IN ({listed}) AND EXISTS (
  SELECT 1 FROM {of} other WHERE other.{each} = NEW.{each} AND other.state IN ({listed})
  AND other.id <> NEW.id AND other.starts_at < NEW.{ends} AND NEW.starts_at < other.{ends})
BEGIN SELECT RAISE(ABORT, '{name}'); END"""  # noqa: S608 - names from the code
    register_trigger(table, f"{name}_new", sqlite=f"AFTER INSERT\nON {of} {refused}")
    register_trigger(
        table, f"{name}_changed", sqlite=f"AFTER UPDATE\nOF {each}, starts_at, {ends}, state ON {of} {refused}"
    )
