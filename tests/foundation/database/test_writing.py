"""Sessions that write: one commit at the end, all or nothing, and then what waited for it."""

import logging

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session as PlainSession
from sqlmodel import select

from foundation.database import Database, Session, after_commit
from tests.foundation.database.notes import Line, Note


def words(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.exec(select(Note.words).order_by(Note.id)))


def test_it_commits_at_the_end_of_the_block(notes: Database) -> None:
    with notes.writing() as session:
        session.add(Note(words="one"))
        assert words(notes) == []
    assert words(notes) == ["one"]


def test_an_error_rolls_everything_back(notes: Database) -> None:
    with pytest.raises(ZeroDivisionError), notes.writing() as session:
        session.add(Note(words="one"))
        session.flush()
        raise ZeroDivisionError
    assert words(notes) == []


def test_an_error_of_the_last_flush_rolls_everything_back_and_frees_the_turn(notes: Database) -> None:
    done: list[str] = []
    with pytest.raises(IntegrityError), notes.writing() as session:
        after_commit(session, lambda: done.append("never"))
        session.add(Note(words="same"))
        session.add(Note(words="same"))
    assert (words(notes), done) == ([], [])
    with notes.writing() as session:
        session.add(Note(words="next"))
    assert words(notes) == ["next"]


def test_objects_can_be_read_after_the_block(notes: Database) -> None:
    with notes.writing() as session:
        note = Note(words="one")
        session.add(note)
    assert (note.id, note.words) == (1, "one")


def test_it_refuses_to_write_inside_writing(notes: Database) -> None:
    with notes.writing() as session:
        session.add(Note(words="outer"))
        with pytest.raises(RuntimeError, match="already writing"), notes.writing():
            pass
    with notes.writing() as session:
        session.add(Note(words="afterwards"))
    assert words(notes) == ["outer", "afterwards"]


def test_nobody_else_commits(notes: Database) -> None:
    with pytest.raises(RuntimeError, match="nobody commits"), notes.writing() as session:
        session.add(Note(words="one"))
        session.commit()
    assert words(notes) == []


def test_what_waits_for_the_commit_happens_after_it_in_order(notes: Database) -> None:
    seen: list[tuple[str, list[str]]] = []
    with notes.writing() as session:
        after_commit(session, lambda: seen.append(("first", words(notes))))
        session.add(Note(words="one"))
        after_commit(session, lambda: seen.append(("second", words(notes))))
        assert seen == []
    assert seen == [("first", ["one"]), ("second", ["one"])]


def test_what_waits_may_itself_write(notes: Database) -> None:
    def write_more() -> None:
        with notes.writing() as session:
            session.add(Note(words="two"))

    with notes.writing() as session:
        session.add(Note(words="one"))
        after_commit(session, write_more)
    assert words(notes) == ["one", "two"]


def test_one_failure_after_the_commit_loses_no_other(notes: Database, caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    with caplog.at_level(logging.ERROR), notes.writing() as session:
        session.add(Note(words="one"))
        after_commit(session, lambda: 1 // 0)
        after_commit(session, lambda: done.append("second"))
    assert (words(notes), done) == (["one"], ["second"])
    assert "ZeroDivisionError" in caplog.text


def test_a_savepoint_takes_back_only_its_part(notes: Database) -> None:
    with notes.writing() as session:
        session.add(Note(words="one"))
        with session.begin_nested():
            session.add(Note(words="two"))
        with pytest.raises(IntegrityError), session.begin_nested():
            session.add(Note(words="two"))
        session.add(Note(words="three"))
    assert words(notes) == ["one", "two", "three"]


def test_a_released_savepoint_commits_nothing(notes: Database) -> None:
    with pytest.raises(ZeroDivisionError), notes.writing() as session:
        with session.begin_nested():
            session.add(Note(words="one"))
        raise ZeroDivisionError
    assert words(notes) == []


def test_what_a_savepoint_wanted_is_forgotten_with_it(notes: Database) -> None:
    done: list[str] = []
    with notes.writing() as session:
        after_commit(session, lambda: done.append("before"))
        with session.begin_nested():
            after_commit(session, lambda: done.append("kept"))
        with pytest.raises(ZeroDivisionError), session.begin_nested():
            with session.begin_nested():
                after_commit(session, lambda: done.append("inner"))
            after_commit(session, lambda: done.append("outer"))
            raise ZeroDivisionError
        after_commit(session, lambda: done.append("after"))
    assert done == ["before", "kept", "after"]


def test_an_id_is_never_given_twice(notes: Database) -> None:
    with notes.writing() as session:
        first = Note(words="removed")
        session.add(first)
    with notes.writing() as session:
        session.delete(session.get(Note, first.id))
    with notes.writing() as session:
        second = Note(words="new")
        session.add(second)
    assert second.id != first.id


def test_rows_of_an_append_only_table_stay_as_they_are(notes: Database) -> None:
    with notes.writing() as session:
        session.add(Line(words="as it was"))
    attempts = ["UPDATE line SET words = 'other'", "DELETE FROM line"]
    attempts += (
        ["REPLACE INTO line (id, words) VALUES (1, 'other')"] if notes.dialect == "sqlite" else ["TRUNCATE line"]
    )
    for attempt in attempts:
        with pytest.raises(IntegrityError, match="line is append-only"), notes.writing() as session:
            session.connection().exec_driver_sql(attempt)
    with notes.reading() as session:
        assert session.exec(select(Line.words)).all() == ["as it was"]


def test_a_session_is_one_that_sqlmodel_knows() -> None:
    assert issubclass(Session, PlainSession)
