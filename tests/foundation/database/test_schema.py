"""The tables of the code and the migrations tell the same story, on both databases."""

from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import DateTime

from foundation.database import Database, UtcDateTime, metadata, schema
from foundation.database.upgrading import downgrade, write_revision
from tests.servers import databases
from tests.servers.schemas import describe

GONE = """

_upgrade = upgrade


def upgrade() -> None:
    _upgrade()
    make(
        op,
        "no_longer",
        sqlite=["CREATE TRIGGER no_longer BEFORE INSERT ON community BEGIN SELECT 1; END"],
        postgresql=[
            "CREATE FUNCTION no_longer() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "CREATE TRIGGER no_longer BEFORE INSERT ON community FOR EACH ROW EXECUTE FUNCTION no_longer()",
        ],
    )
"""


@pytest.fixture
def declared(empty_database: Database) -> Database:
    """A database made straight from the tables of the code."""
    schema.import_tables()
    with empty_database.writing() as session:
        metadata.create_all(session.connection())
    return empty_database


@pytest.fixture
def no_migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of the project without a single version, in a folder of the test's own."""
    folder = copytree(schema.MIGRATIONS, tmp_path / "migrations")
    for version in (folder / "versions").glob("*.py"):
        version.unlink()
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    return folder


def test_migrating_gives_the_tables_of_the_code(declared: Database) -> None:
    with databases.empty(declared.dialect) as migrated:
        migrated.migrate()
        assert describe(migrated) == describe(declared), "write it down: flask database revision -m '...'"


def test_a_migration_is_taken_back_whole(empty_database: Database) -> None:
    before = describe(empty_database)
    empty_database.migrate()
    after = describe(empty_database)
    downgrade(empty_database, "base")
    # An extension stays: who looks after the server may have put it there, and for others (decision 80).
    assert {what: how for what, how in describe(empty_database).items() if not what.startswith("extension ")} == {
        what: how for what, how in before.items() if not what.startswith("extension ")
    }
    assert empty_database.is_current() is (not schema.heads())
    empty_database.migrate()
    assert describe(empty_database) == after


def written(message: str) -> Path:
    with databases.empty("sqlite") as draft:
        return write_revision(draft, message)


def test_a_new_revision_writes_down_everything(declared: Database, no_migrations: Path) -> None:
    """Written once, against SQLite, it makes the same on both; written again, there is nothing left to say."""
    path = written("Everything at once")
    assert path == no_migrations / "versions" / "0001_everything_at_once.py"
    with databases.empty(declared.dialect) as migrated:
        migrated.migrate()
        assert describe(migrated) == describe(declared)
        assert migrated.is_current()
    second = written("Nothing new").read_text()
    assert second.count("\n    pass\n") == 2, second


def test_a_new_revision_sees_a_trigger_that_changed_or_went(empty_database: Database, no_migrations: Path) -> None:
    """Also one that only PostgreSQL has, though revisions are written against SQLite."""
    first = written("Everything at once")
    words = first.read_text()
    changed = words.replace("'entry is append-only'", "'another sentence'")
    assert changed == words, "append_only is written as one call"
    changed = words.replace("an account is never removed", "another sentence")
    assert changed != words
    first.write_text(changed + GONE)
    second = written("Put it right").read_text()
    assert "another sentence" in second.partition("def downgrade")[2]
    assert "an account is never removed" in second.partition("def downgrade")[0]
    assert "DROP TRIGGER IF EXISTS no_longer" in second.partition("def downgrade")[0]
    empty_database.migrate()
    downgrade(empty_database, "0001")
    empty_database.migrate()


def test_every_constraint_has_a_name() -> None:
    schema.import_tables()
    nameless = [(table.name, each) for table in metadata.sorted_tables for each in table.constraints if not each.name]
    assert nameless == []


def test_every_moment_is_aware() -> None:
    schema.import_tables()
    columns = [column for table in metadata.sorted_tables for column in table.columns]
    assert [str(column) for column in columns if isinstance(column.type, DateTime)] == []
    assert any(isinstance(column.type, UtcDateTime) for column in columns)
