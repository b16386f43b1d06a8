"""Opening a database: which addresses are understood, and what happens when it goes away."""

import multiprocessing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from foundation.database import Database, postgresql
from tests.foundation.database.writer import write


@pytest.mark.parametrize(
    "address", ["mysql://here/there", "sqlite://", "sqlite:///:memory:", "postgresql+psycopg2://here/there"]
)
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"sqlite|postgresql|file"):
        Database(address)


def test_the_folder_of_a_new_database_is_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new' / 'deep' / 'reciproca.db'}")
    database.ping()
    database.dispose()
    assert (tmp_path / "new" / "deep" / "reciproca.db").exists()


def test_postgresql_needs_no_driver_in_its_address(postgresql_database: Database) -> None:
    address = postgresql_database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    database = Database(address)
    database.ping()
    database.dispose()


def test_a_database_that_is_away_does_not_answer(tmp_path: Path) -> None:
    with pytest.raises(OperationalError):
        Database(f"postgresql://nobody@/nothing?host={tmp_path}").ping()


def test_it_goes_on_after_dispose(notes: Database) -> None:
    write(notes, "before")
    notes.dispose()
    write(notes, "after")
    notes.ping()


def test_a_fork_opens_its_own(notes: Database) -> None:
    """Connections and turns cannot be shared with a child process: it hears so at once."""

    def child(told: "multiprocessing.SimpleQueue[str]") -> None:
        try:
            write(notes, "in the child")
        except RuntimeError as error:
            told.put(str(error))

    context = multiprocessing.get_context("fork")
    told = context.SimpleQueue()
    process = context.Process(target=child, args=(told,))
    process.start()
    process.join(30)
    assert "not inherited by a fork" in told.get()


def test_sqlite_is_as_durable_and_strict_as_we_say(sqlite_notes: Database) -> None:
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
    for engine in sqlite_notes.engines():
        with engine.connect() as connection:
            assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in expected} == expected


def test_a_restarted_server_costs_nobody_a_page(postgresql_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections that have rested are asked before they are used again."""
    monkeypatch.setattr(postgresql, "_RESTED_SECONDS", 0.0)
    for begin in (postgresql_database.reading, postgresql_database.writing):
        with begin() as session:
            mine = session.connection().execute(text("SELECT pg_backend_pid()")).scalar_one()
        own = Database(postgresql_database.url.render_as_string(hide_password=False))
        with own.writing() as session:
            session.connection().execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": mine})
        own.dispose()
        with begin() as session:
            assert session.connection().execute(text("SELECT pg_backend_pid()")).scalar_one() != mine


def test_postgresql_reads_without_transactions_and_writes_with_patience(postgresql_database: Database) -> None:
    show = "SELECT current_setting('default_transaction_read_only'), current_setting('TimeZone')"
    with postgresql_database.reading() as session:
        assert session.connection().exec_driver_sql(show).one() == ("on", "UTC")
        status = session.connection().connection.driver_connection.info.transaction_status  # type: ignore[union-attr]
        assert status.name == "IDLE"
    with postgresql_database.writing() as session:
        assert session.connection().exec_driver_sql("SHOW lock_timeout").scalar_one() == "30s"
