"""A fresh database for each test, with the whole schema or a scene in it, copied from a template made once a run."""

import os
import pickle
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import URL

from foundation.database import Database, metadata, schema
from tests.servers import postgresql, runs

KINDS = ("sqlite", "postgresql")
_scenes: dict[URL, Path] = {}


class Scene(Protocol):
    """Something that puts rows into an empty database and gives what tests want to know of them."""

    __name__: str

    def __call__(self, database: Database) -> Any: ...


@contextmanager
def fresh(kind: str, set_scene: Scene | None = None) -> Iterator[Database]:
    """A database of its own, with every table, on `sqlite` or `postgresql`; with a scene in it where one is named."""
    with _sqlite_copy(set_scene) if kind == "sqlite" else _postgresql_copy(set_scene) as database:
        if set_scene:
            _scenes[database.url] = runs.folder() / f"{kind}.{set_scene.__name__}.scene"
        yield database


def scene(database: Database, set_scene: Scene) -> Any:
    """What `set_scene` gives: as it gave it when the database was made with it, or else by setting it now."""
    if database.url in _scenes:
        return pickle.loads(_scenes.pop(database.url).read_bytes())
    return set_scene(database)


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
def _sqlite_copy(set_scene: Scene | None) -> Iterator[Database]:
    name = f"sqlite.{_name(set_scene)}"
    with runs.locked(name):
        template = runs.folder() / f"{name}.sqlite3"
        if not template.exists():
            with _sqlite_empty() as database:
                _fill(database, name, set_scene)
                shutil.copy(str(database.url.database), template)
    with _sqlite_empty() as database:
        shutil.copy(template, str(database.url.database))
        yield database


def _fill(database: Database, name: str, set_scene: Scene | None) -> None:
    make_schema(database)
    if set_scene:
        (runs.folder() / f"{name}.scene").write_bytes(pickle.dumps(set_scene(database)))
    database.dispose()  # on SQLite the last connection moves the log into the file


def _name(set_scene: Scene | None) -> str:
    return set_scene.__name__ if set_scene else "template"


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
def _postgresql_copy(set_scene: Scene | None) -> Iterator[Database]:
    with _postgresql_empty(_postgresql_template(set_scene)) as database:
        yield database


def _postgresql_template(set_scene: Scene | None) -> str:
    postgresql.server()
    of = f"postgresql.{_name(set_scene)}"
    with runs.locked(of):
        noted = runs.folder() / f"{of}.template"
        if not noted.exists():
            name = postgresql.new_name()
            database = Database(postgresql.create(name, "template0"))
            _fill(database, of, set_scene)
            noted.write_text(name)
        return noted.read_text()


def end() -> None:
    """Remove what the run left on an external PostgreSQL; one of our own is thrown away whole."""
    if os.environ.get(postgresql.EXTERNAL):
        for noted in runs.folder().glob("postgresql.*.template"):
            postgresql.drop(noted.read_text())
    postgresql.close()
