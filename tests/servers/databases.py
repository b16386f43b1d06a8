"""A fresh database with the whole schema for each test, copied from a template made once a run."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from foundation.database import Database, metadata, schema
from tests.servers import postgresql, runs

KINDS = ("sqlite", "postgresql")


@contextmanager
def fresh(kind: str) -> Iterator[Database]:
    """A database of its own, with every table, on `sqlite` or `postgresql`."""
    with _sqlite_copy() if kind == "sqlite" else _postgresql_copy() as database:
        yield database


@contextmanager
def empty(kind: str) -> Iterator[Database]:
    """A database without a single table, on `sqlite` or `postgresql`."""
    with _sqlite_empty() if kind == "sqlite" else _postgresql_empty() as database:
        yield database


def make_schema(database: Database) -> None:
    """As an operator does it, by running the migrations; before the first is written, straight from the tables."""
    schema.import_tables()
    if schema.heads():
        database.migrate()
    else:
        with database.writing() as session:
            metadata.create_all(session.connection())


@contextmanager
def _sqlite_empty() -> Iterator[Database]:
    folder = Path(tempfile.mkdtemp(dir=runs.folder()))
    database = Database(f"sqlite:///{folder / 'reciproca.sqlite3'}")
    try:
        yield database
    finally:
        database.dispose()
        shutil.rmtree(folder)


@contextmanager
def _sqlite_copy() -> Iterator[Database]:
    with runs.locked("sqlite-template"):
        template = runs.folder() / "template.sqlite3"
        if not template.exists():
            with _sqlite_empty() as database:
                make_schema(database)
                database.dispose()  # the last connection moves the log into the file
                shutil.copy(str(database.url.database), template)
    with _sqlite_empty() as database:
        shutil.copy(template, str(database.url.database))
        yield database


@contextmanager
def _postgresql_empty(template: str = "template0") -> Iterator[Database]:
    name = postgresql.new_name()
    database = Database(postgresql.create(name, template))
    try:
        yield database
    finally:
        database.dispose()
        postgresql.drop(name)


@contextmanager
def _postgresql_copy() -> Iterator[Database]:
    with _postgresql_empty(_postgresql_template()) as database:
        yield database


def _postgresql_template() -> str:
    postgresql.server()
    with runs.locked("postgresql-template"):
        noted = runs.folder() / "postgresql.template"
        if not noted.exists():
            name = postgresql.new_name()
            database = Database(postgresql.create(name, "template0"))
            make_schema(database)
            database.dispose()
            noted.write_text(name)
        return noted.read_text()


def end() -> None:
    """Remove what the run left on an external PostgreSQL; one of our own is thrown away whole."""
    noted = runs.folder() / "postgresql.template"
    if os.environ.get(postgresql.EXTERNAL) and noted.exists():
        postgresql.drop(noted.read_text())
    postgresql.close()
