"""What migrations do: all or nothing, one at a time, and losing nothing on the way."""

import threading
from pathlib import Path
from shutil import copytree

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from click.testing import CliRunner
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlmodel import select

from foundation.database import Database, schema
from foundation.database.commands import database_commands
from foundation.database.migrating import alter, append_only, make, not_append_only, run, unmake
from foundation.database.upgrading import downgrade
from foundation.web import state
from tests.foundation.database.notes import Line, Note
from tests.servers.schemas import describe

FIRST = """
import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter, run

revision = "0001"
down_revision = None


def upgrade():
    op.create_table("shelf", sa.Column("id", sa.Integer(), primary_key=True))
    op.create_table(
        "book",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("shelf_id", sa.Integer(), sa.ForeignKey("shelf.id", name="fk_book", ondelete="CASCADE")),
    )
    op.execute("INSERT INTO shelf (id) VALUES (1)")
    op.execute("INSERT INTO book (id, shelf_id) VALUES (1, 1)")


def downgrade():
    op.drop_table("book")
    op.drop_table("shelf")
"""

SECOND = """
import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter, run

revision = "0002"
down_revision = "0001"


def upgrade():
    with alter(op, "shelf") as batch:
        batch.add_column(sa.Column("name", sa.String(20), nullable=False, server_default="history"))
        batch.create_check_constraint("ck_shelf_name", "length(name) > 0")
    {more}


def downgrade():
    with alter(op, "shelf") as batch:
        batch.drop_constraint("ck_shelf_name", type_="check")
        batch.drop_column("name")
"""


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own history of migrations: a first that makes shelves and books, to which a test adds its second."""
    folder = copytree(schema.MIGRATIONS, tmp_path / "migrations") / "versions"
    for version in folder.glob("*.py"):
        version.unlink()
    (folder / "0001_first.py").write_text(FIRST)
    monkeypatch.setattr(schema, "MIGRATIONS", folder.parent)
    return folder


def rows(database: Database, question: str) -> list[tuple[object, ...]]:
    with database.reading() as session:
        return [tuple(row) for row in session.connection().exec_driver_sql(question)]


def test_up_over_data_and_down_again(empty_database: Database, versions: Path) -> None:
    """Copying a table, as SQLite must, removes none of the rows that refer to it."""
    empty_database.migrate()
    (versions / "0002_second.py").write_text(SECOND.format(more=""))
    assert not empty_database.is_current()
    empty_database.migrate()
    assert empty_database.is_current()
    assert rows(empty_database, "SELECT id, name FROM shelf") == [(1, "history")]
    assert rows(empty_database, "SELECT id, shelf_id FROM book") == [(1, 1)]
    downgrade(empty_database, "0001")
    assert rows(empty_database, "SELECT * FROM shelf") == [(1,)]
    assert rows(empty_database, "SELECT id, shelf_id FROM book") == [(1, 1)]
    with pytest.raises(IntegrityError), empty_database.writing() as session:
        session.connection().exec_driver_sql("INSERT INTO book (id, shelf_id) VALUES (2, 99)")


@pytest.mark.parametrize("fault", ["op.execute('SELECT nonsense FROM nowhere')", "op.execute('DELETE FROM shelf')"])
def test_a_migration_that_fails_leaves_everything_as_it_was(
    empty_database: Database, versions: Path, fault: str
) -> None:
    """Also when it would leave rows that refer to nothing, which SQLite does not notice while a table is copied."""
    empty_database.migrate()
    if "DELETE" in fault and empty_database.dialect == "postgresql":
        fault = "op.execute('INSERT INTO book (id, shelf_id) VALUES (2, 99)')"
    (versions / "0002_second.py").write_text(SECOND.format(more=fault))
    before = describe(empty_database)
    with pytest.raises((DatabaseError, RuntimeError)):
        empty_database.migrate()
    assert describe(empty_database) == before
    assert rows(empty_database, "SELECT id FROM shelf") == [(1,)]
    assert empty_database.revision() == ("0001",)


def test_two_who_migrate_at_once_migrate_once(empty_database: Database, versions: Path) -> None:
    address = empty_database.url.render_as_string(hide_password=False)
    failures: list[Exception] = []

    def migrate() -> None:
        own = Database(address)
        try:
            own.migrate()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test tells it
            failures.append(error)
        finally:
            own.dispose()

    threads = [threading.Thread(target=migrate) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert rows(empty_database, "SELECT count(*) FROM book") == [(1,)]


def test_altering_a_table_keeps_its_triggers(notes: Database) -> None:
    with notes.writing() as session:
        session.add(Line(words="as it was"))
    with notes.writing() as session:
        op = Operations(MigrationContext.configure(session.connection()))
        with alter(op, "line") as batch:
            batch.alter_column("words", type_=sa.String(50), existing_nullable=False, nullable=True)
    for forbidden in ("UPDATE line SET words = 'other'", "DELETE FROM line"):
        with pytest.raises(IntegrityError, match="line is append-only"), notes.writing() as session:
            session.connection().exec_driver_sql(forbidden)
    assert rows(notes, "SELECT words FROM line") == [("as it was",)]


def test_what_is_made_can_be_unmade(notes: Database) -> None:
    before = describe(notes)
    function = """CREATE FUNCTION no_notes() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'no 100%% notes'; END $$"""
    with notes.writing() as session:
        op = Operations(MigrationContext.configure(session.connection()))
        append_only(op, "note")
        make(
            op,
            "no_notes",
            sqlite=["CREATE TRIGGER no_notes BEFORE INSERT ON note BEGIN SELECT RAISE(ABORT, 'no 100% notes'); END"],
            postgresql=[
                function,
                "CREATE TRIGGER no_notes BEFORE INSERT ON note FOR EACH ROW EXECUTE FUNCTION no_notes()",
            ],
        )
    with pytest.raises(IntegrityError, match="no 100% notes"), notes.writing() as session:
        session.add(Note(words="one"))
    with notes.writing() as session:
        op = Operations(MigrationContext.configure(session.connection()))
        not_append_only(op, "note")
        unmake(
            op,
            "no_notes",
            sqlite=["DROP TRIGGER no_notes"],
            postgresql=["DROP TRIGGER no_notes ON note", "DROP FUNCTION no_notes()"],
        )
        run(op, sqlite=["INSERT INTO line (words) VALUES ('s')"], postgresql=["INSERT INTO line (words) VALUES ('p')"])
    assert describe(notes) == before
    with notes.reading() as session:
        assert session.exec(select(Line.words)).all() == [notes.dialect[0]]


def test_the_command_migrates_and_says_where_it_is(
    empty_database: Database, versions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "database", lambda: empty_database)
    ask = CliRunner().invoke
    before = ask(database_commands, ["status"])
    assert (before.exit_code, "at nothing yet" in before.output) == (1, True)
    assert "now at 0001" in ask(database_commands, ["migrate"]).output
    assert "up to date" in ask(database_commands, ["migrate"]).output
    assert ask(database_commands, ["status"]).exit_code == 0
