"""Which tables there are, and which migration a database is at."""

import importlib
from pathlib import Path

from sqlalchemy import Engine, inspect, text

ROOT = Path(__file__).resolve().parents[2]
MIGRATIONS = ROOT / "migrations"
_VERSION_TABLE = "alembic_version"


def import_tables() -> None:
    """Import every `tables.py` (or package `tables`) of the project, so that the metadata knows all tables."""
    for path in sorted([*ROOT.glob("*/*/tables.py"), *ROOT.glob("*/*/tables")]):
        if path.relative_to(ROOT).parts[0] not in {"templates", "tests"}:
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def heads() -> tuple[str, ...]:
    """The newest revision there is, by the names of the files; none before the first migration is written."""
    return tuple(sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py")))[-1:]


def current(engine: Engine) -> tuple[str, ...]:
    """The revision the database is at; none when it has never been migrated."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(_VERSION_TABLE):
            return ()
        return tuple(connection.scalars(text(f"SELECT version_num FROM {_VERSION_TABLE}")))  # noqa: S608 - a constant
