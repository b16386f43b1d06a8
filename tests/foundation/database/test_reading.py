"""Sessions that read: they cannot write, whatever they are asked."""

import gc
from collections.abc import Callable

import pytest
from sqlalchemy import delete, insert, text, update
from sqlmodel import select

from foundation.database import Database, ReadOnly, Session, after_commit
from tests.foundation.database.notes import Note
from tests.questions import noted

WRITES: list[Callable[[Session], object]] = [
    lambda session: session.exec(insert(Note).values(words="new")),
    lambda session: session.exec(update(Note).values(count=9)),
    lambda session: session.exec(delete(Note)),
    lambda session: session.connection().execute(text("INSERT INTO note (words) VALUES ('raw')")),
    lambda session: session.connection().execute(text("DROP TABLE note")),
]


@pytest.mark.parametrize("write", WRITES)
def test_it_refuses_every_statement_that_writes(notes: Database, write: Callable[[Session], object]) -> None:
    with notes.writing() as session:
        session.add(Note(words="kept"))
    with pytest.raises(ReadOnly), notes.reading() as session:
        write(session)
    with notes.reading() as session:
        assert [(note.words, note.count) for note in session.exec(select(Note))] == [("kept", 0)]


def test_it_refuses_changed_objects(notes: Database) -> None:
    with pytest.raises(ReadOnly), notes.reading() as session:
        session.add(Note(words="new"))
        session.flush()


def test_it_neither_commits_nor_waits_for_a_commit(notes: Database) -> None:
    with notes.reading() as session:
        with pytest.raises(RuntimeError, match="nobody commits"):
            session.commit()
        with pytest.raises(RuntimeError, match="only reads"):
            after_commit(session, lambda: None)


def test_it_sees_what_was_kept_while_somebody_writes(notes: Database) -> None:
    with notes.writing() as writing:
        writing.add(Note(words="not yet"))
        writing.flush()
        with notes.reading() as session:
            assert session.exec(select(Note)).all() == []
    with notes.reading() as session:
        assert [note.words for note in session.exec(select(Note))] == ["not yet"]


def test_words_in_capitals_are_found_by_small_letters(notes: Database) -> None:
    with notes.writing() as session:
        session.add(Note(words="PERCHÉ NO"))
    with notes.reading() as session:
        assert session.exec(select(Note.id).where(Note.words.ilike("%perché%"))).all() == [1]
        assert session.exec(select(Note.id).where(Note.words.like("%perché%"))).all() == []


def test_many_read_at_once(notes: Database) -> None:
    """More readers than connections rest in the pool: none is refused."""
    opened = [notes.reading() for _ in range(20)]
    sessions = [each.__enter__() for each in opened]
    assert all(session.exec(select(Note)).all() == [] for session in sessions)
    for each in opened:
        each.__exit__(None, None, None)


def test_it_asks_once_for_a_thing_by_its_key(notes: Database) -> None:
    with notes.writing() as session:
        session.add(Note(words="kept"))
    with notes.reading() as session, noted() as asked:
        for _ in range(2):
            assert session.get(Note, 1).words == "kept"
            gc.collect()
        assert len(asked) == 1
        assert session.get(Note, 2) is None
