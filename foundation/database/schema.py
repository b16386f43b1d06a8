"""Which tables there are, and bringing a database to them by its migrations: up, down, or not needed."""

import importlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

if TYPE_CHECKING:
    from foundation.database.database import Database

ROOT = Path(__file__).resolve().parents[2]
MIGRATIONS = ROOT / "migrations"
_ONE_AT_A_TIME = 7_236_762  # any number: the name of the lock PostgreSQL holds while somebody migrates


def import_tables() -> None:
    """Import every `tables.py` (or package `tables`) of the project, so that the metadata knows all tables."""
    for path in sorted([*ROOT.glob("*/*/tables.py"), *ROOT.glob("*/*/tables")]):
        if path.relative_to(ROOT).parts[0] not in {"templates", "tests"}:
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def heads() -> tuple[str, ...]:
    """The newest revision there is; none before the first migration is written."""
    return _heads(MIGRATIONS)


def current(database: "Database") -> tuple[str, ...]:
    """The revision the database is at; none when it has never been migrated."""
    with database.reading_engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_heads()


def upgrade(database: "Database", revision: str = "head") -> None:
    """Bring the database up to `revision`, all or nothing, one process at a time."""
    _migrate(database, revision, up=True)


def downgrade(database: "Database", revision: str) -> None:
    """Take the database back to `revision` (`base`: before the first), all or nothing."""
    _migrate(database, revision, up=False)


def write_revision(draft: "Database", message: str) -> Path:
    """Write the next migration: what leads from the newest one to the tables of the code. `draft` is empty."""
    import_tables()
    made: dict[str, object] = {}
    _migrate(draft, "head", up=True, made=made)
    number = f"{len(list((MIGRATIONS / 'versions').glob('[0-9]*.py'))) + 1:04}"
    with draft.writing_engine.connect() as connection:
        config = _config(connection, made)
        script = command.revision(config, message, autogenerate=True, rev_id=number)
        connection.rollback()
    if script is None or isinstance(script, list):
        raise RuntimeError("the migrations have more than one branch")
    _heads.cache_clear()
    path = Path(script.path)
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("    # ### ")))
    return path


def _migrate(database: "Database", revision: str, *, up: bool, made: dict[str, object] | None = None) -> None:
    engine = database.writing_engine
    with engine.connect() as connection:
        if database.dialect == "sqlite":
            # Copying a table would otherwise cascade to the rows that refer to it; it cannot be set in a transaction.
            _foreign_keys(connection, on=False)
        try:
            with connection.begin():
                if database.dialect == "postgresql":
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})"))
                (command.upgrade if up else command.downgrade)(_config(connection, made), revision)
                _refuse_broken_references(connection)
        finally:
            if database.dialect == "sqlite":
                _foreign_keys(connection, on=True)


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    raw = connection.connection.driver_connection
    if raw is not None:
        raw.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def _refuse_broken_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"the migration would leave rows that refer to nothing: {broken[:5]}")


def _config(connection: Connection, made: dict[str, object] | None = None) -> Config:
    config = Config(attributes={"connection": connection, "made": {} if made is None else made})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    return config


@cache
def _heads(migrations: Path) -> tuple[str, ...]:
    return tuple(ScriptDirectory(str(migrations)).get_heads())
