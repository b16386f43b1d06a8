"""What rows said before is in no file any more once the database is written anew, which an upgrade does by itself."""

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from foundation.database import Database
from foundation.database.commands import database_commands
from foundation.database.sqlite import PRAGMAS
from foundation.web import state

SAID = "zanzapplesauce"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A file in which something was said in plain words, and then deleted by a SQLite that overwrites nothing."""
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    raw = sqlite3.connect(tmp_path / "old.db")
    for pragma in (*PRAGMAS, "PRAGMA secure_delete = OFF"):
        raw.execute(pragma)
    raw.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT)")
    raw.executemany("INSERT INTO note (words) VALUES (?)", [(f"{SAID} {number}",) for number in range(2000)])
    raw.execute("DELETE FROM note WHERE id > 1")
    raw.execute("UPDATE note SET words = 'sealed'")
    raw.commit()
    raw.close()
    return database


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("old.db*"))


def test_nothing_is_left_in_the_files(database: Database, tmp_path: Path) -> None:
    assert SAID.encode() in files(tmp_path)
    database.rewrite()
    assert SAID.encode() not in files(tmp_path)
    with database.reading() as session:
        assert session.execute(text("SELECT words FROM note")).scalars().all() == ["sealed"]


def test_an_upgrade_does_it_and_a_first_start_does_not(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "database", lambda: database)
    monkeypatch.setattr(database, "is_current", lambda: False)
    monkeypatch.setattr(database, "migrate", lambda: None)
    monkeypatch.setattr(database, "revision", lambda: ())
    assert "written anew" not in CliRunner().invoke(database_commands, ["migrate"]).output
    monkeypatch.setattr(database, "revision", lambda: ("0046",))
    assert "written anew" in CliRunner().invoke(database_commands, ["migrate"]).output
    assert SAID.encode() not in files(tmp_path)


def test_without_room_it_is_said_and_the_upgrade_stands(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(state, "database", lambda: database)
    monkeypatch.setattr(database, "rewrite", full)
    found = CliRunner().invoke(database_commands, ["rewrite"])
    assert (found.exit_code, "make room" in found.output) == (1, True)


def test_on_both_databases(empty_database: Database) -> None:
    empty_database.rewrite()
    empty_database.ping()


def test_what_is_deleted_is_overwritten_from_now_on(database: Database) -> None:
    with database.writing() as session:
        assert session.execute(text("PRAGMA secure_delete")).scalar() == 1
