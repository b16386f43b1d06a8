"""Writers take turns: threads, greenlets and processes; nobody starves, and the dead hold nobody up."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DatabaseError
from sqlmodel import func, select

from foundation.database import Database, TookTooLong
from foundation.database.turns import Turn
from tests.foundation.database.notes import Note
from tests.foundation.database.writer import write

PATIENCE = 60


def start(database: Database, name: str, task: str) -> subprocess.Popen[str]:
    url = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.foundation.database.writer", url, name, task]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    )


def in_threads(number: int, task: Callable[[int], object]) -> None:
    threads = [threading.Thread(target=task, args=(each,)) for each in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def count(database: Database) -> int:
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(Note)).one()


def test_threads_write_in_turn_and_none_waits_long(notes: Database) -> None:
    waits: list[list[float]] = [[] for _ in range(8)]

    def write_some(thread: int) -> None:
        for number in range(40):
            waits[thread].append(write(notes, f"{thread} {number}"))

    in_threads(8, write_some)
    assert count(notes) == 320
    everything = sorted(wait for each in waits for wait in each)
    # A lottery among waiters makes the unlucky one wait for seconds; a line, for about eight transactions.
    assert everything[-1] < max(10 * everything[160], 1)


def test_nobody_loses_an_increment(notes: Database) -> None:
    """Reading and then writing in one turn is safe on SQLite; PostgreSQL wants the row locked."""
    with notes.writing() as session:
        session.add(Note(words="counter"))

    def increase(_thread: int) -> None:
        for _ in range(25):
            with notes.writing() as session:
                note = session.exec(select(Note).with_for_update()).one()
                note.count += 1

    in_threads(4, increase)
    with notes.reading() as session:
        assert session.exec(select(Note.count)).one() == 100


def test_processes_write_in_turn_and_none_waits_long(notes: Database) -> None:
    writers = [start(notes, f"process {number}", "150") for number in range(2)]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    longest = [float(writer.communicate("go\n", timeout=PATIENCE)[0]) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert count(notes) == 300
    assert max(longest) < 2


def test_a_process_killed_while_it_writes_holds_nobody_up(notes: Database) -> None:
    writer = start(notes, "killed", "hold")
    assert writer.stdout is not None
    assert writer.stdout.readline() == "holding\n"
    waiting = threading.Thread(target=write, args=(notes, "patient"))
    waiting.start()
    waiting.join(0.2)
    if notes.dialect == "sqlite":
        assert waiting.is_alive(), "two wrote at once"
    writer.kill()
    writer.communicate(timeout=PATIENCE)
    waiting.join(PATIENCE)
    assert not waiting.is_alive()
    with notes.reading() as session:
        assert session.exec(select(Note.words)).all() == ["patient"]


def test_greenlets_write_in_turn_and_the_others_go_on(notes: Database) -> None:
    """While another process writes, the greenlets that wait for it do not stop those that have nothing to write."""
    other = start(notes, "other", "hold")
    assert other.stdout is not None
    assert other.stdout.readline() == "holding\n"
    greenlets = start(notes, "greenlets", "greenlets")
    assert greenlets.stdout is not None
    if notes.dialect == "sqlite":
        assert greenlets.stdout.readline() == "still running\n"
    other.kill()
    other.communicate(timeout=PATIENCE)
    greenlets.communicate(timeout=PATIENCE)
    assert greenlets.returncode == 0
    assert count(notes) == 160


def test_a_commit_that_fails_keeps_nothing_and_frees_the_turn(sqlite_notes: Database) -> None:
    with sqlite_notes.writing() as session:
        session.connection().exec_driver_sql(
            "CREATE TABLE page (id INTEGER PRIMARY KEY, note_id INTEGER REFERENCES note DEFERRABLE INITIALLY DEFERRED)"
        )
    with pytest.raises(DatabaseError, match="FOREIGN KEY"), sqlite_notes.writing() as session:
        session.exec(insert(Note).values(words="with it"))
        session.connection().exec_driver_sql("INSERT INTO page (note_id) VALUES (99)")
    write(sqlite_notes, "next")
    with sqlite_notes.reading() as session:
        assert session.exec(select(Note.words)).all() == ["next"]


def test_who_came_first_writes_first(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "file")
    order: list[int] = []

    def take(number: int) -> None:
        with turn.held():
            order.append(number)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(6)]
    with turn.held():
        for place, thread in enumerate(threads, start=1):
            thread.start()
            _until(lambda place=place: len(turn._line) == place)
    for thread in threads:
        thread.join(PATIENCE)
    assert order == list(range(6))


def test_patience_ends_and_the_line_goes_on(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "file", patience=0.05)
    refused: list[Exception] = []

    def take() -> None:
        try:
            turn.take()
        except TookTooLong as error:
            refused.append(error)

    with turn.held():
        in_threads(2, lambda _: take())
    assert len(refused) == 2
    with turn.held():
        assert turn.is_mine()


def test_a_row_held_for_too_long_ends_the_wait(postgresql_database: Database) -> None:
    with postgresql_database.writing() as session:
        Note.metadata.create_all(session.connection())
        session.add(Note(words="held"))
    other = Database(postgresql_database.url.render_as_string(hide_password=False))
    with other.writing() as holding:
        holding.exec(select(Note).with_for_update()).one()
        with pytest.raises(TookTooLong), postgresql_database.writing() as session:
            session.connection().exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
            session.exec(select(Note).with_for_update()).one()
    other.dispose()


def test_another_program_that_writes_for_too_long_ends_the_wait(sqlite_notes: Database) -> None:
    """Somebody's sqlite3 shell knows nothing of turns; then SQLite's own patience counts."""
    with sqlite_notes.writing_engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    shell = sqlite3.connect(str(sqlite_notes.url.database), isolation_level=None)
    shell.execute("BEGIN IMMEDIATE")
    with pytest.raises(TookTooLong):
        write(sqlite_notes, "refused")
    shell.execute("COMMIT")
    shell.close()
    write(sqlite_notes, "next")


def test_only_the_holder_gives_the_turn_back(tmp_path: Path) -> None:
    turn = Turn(tmp_path / "file")
    with turn.held():
        in_threads(1, lambda _: turn.release())
        assert turn.is_mine()
    assert not turn.is_mine()


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.001)
