"""Bringing a database to a migration, up or down, and writing the next one: what needs Alembic, and nothing else does.

A server never migrates by itself, so whoever serves does not read Alembic: it is a tenth of the start, and 11 MB.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from foundation.database import schema
from foundation.database.database import Database

_ONE_AT_A_TIME = 7_236_762  # any number: the name of the lock PostgreSQL holds while somebody migrates


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database up to `revision`, all or nothing, one process at a time."""
    _migrate(database, revision, up=True)


def downgrade(database: Database, revision: str) -> None:
    """Take the database back to `revision` (`base`: before the first), all or nothing."""
    _migrate(database, revision, up=False)


def write_revision(draft: Database, message: str) -> Path:
    """Write the next migration: what leads from the newest one to the tables of the code. `draft` is empty."""
    schema.import_tables()
    made: dict[str, object] = {}
    _migrate(draft, "head", up=True, made=made)
    number = f"{int(max(schema.heads(), default='0')) + 1:04}"
    with draft.writing_engine.connect() as connection:
        config = _config(connection, made)
        script = command.revision(config, message, autogenerate=True, rev_id=number)
        connection.rollback()
    if script is None or isinstance(script, list):
        raise RuntimeError("the migrations have more than one branch")
    path = Path(script.path)
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("    # ### ")))
    return path


def _migrate(database: Database, revision: str, *, up: bool, made: dict[str, object] | None = None) -> None:
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
    config.set_main_option("script_location", str(schema.MIGRATIONS).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    return config
