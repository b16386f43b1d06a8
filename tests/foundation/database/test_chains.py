"""Rows written together, or none of them, where the first may be written."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Insert, bindparam, func, insert, literal, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from foundation.database import Chain, Database, Session, UtcDateTime, table_of
from tests.foundation.database.notes import NOON, Line, Note

_NOTES, _LINES = table_of(Note), table_of(Line)


def first() -> Insert:
    """A note, as long as there are fewer than two."""
    few = select(func.count()).select_from(_NOTES.alias()).scalar_subquery() < 2
    values = {
        "words": bindparam("words"),
        "count": literal(7),
        "pinned": literal(value=False),
        "written_at": bindparam("at", type_=UtcDateTime()),
        "detail": bindparam("detail", type_=_NOTES.c.detail.type),
    }
    return insert(_NOTES).from_select(list(values), select(*values.values()).where(few)).returning(_NOTES.c.id)


def line(made: ColumnElement[int]) -> Insert:
    return insert(_LINES).from_select(["id", "words"], select(made, bindparam("words")))


def pinned(made: ColumnElement[int]) -> Insert:
    """Another note, of which there may be one."""
    values = {
        "words": bindparam("other"),
        "count": made,
        "pinned": literal(value=True),
        "written_at": bindparam("at", type_=UtcDateTime()),
        "detail": bindparam("detail", type_=_NOTES.c.detail.type),
    }
    return insert(_NOTES).from_select(list(values), select(*values.values()))


CHAIN = Chain(first(), line, pinned)


def told(words: str) -> Mapping[str, Any]:
    return {"words": words, "other": f"{words}, pinned", "at": NOON, "detail": {"è": [1]}}


def rows(session: Session) -> list[tuple[str, str]]:
    notes = session.scalars(select(Note).order_by(col(Note.id))).all()
    lines = session.scalars(select(Line)).all()
    return [("note", one.words) for one in notes] + [("line", one.words) for one in lines]


@pytest.fixture(params=[True, False], ids=["first", "later"])
def asked_before(request: pytest.FixtureRequest) -> Any:
    """Whether the chain is the first that is asked in its transaction."""
    return lambda session: None if request.param else session.scalar(select(func.count()).select_from(Line))


def test_all_of_it_is_written(notes: Database, asked_before: Any) -> None:
    with notes.writing() as session:
        asked_before(session)
        made = CHAIN.write(session, told("one"))
    with notes.reading() as session:
        note, other = session.scalars(select(Note).order_by(col(Note.id))).all()
        assert (note.id, note.words, note.count, note.written_at, note.detail) == (made, "one", 7, NOON, {"è": [1]})
        assert (other.words, other.count, other.pinned) == ("one, pinned", made, True)
        assert [(one.id, one.words) for one in session.scalars(select(Line))] == [(made, "one")]


def test_nothing_is_written_where_the_first_is_not_and_the_rest_goes_on(notes: Database, asked_before: Any) -> None:
    with notes.writing() as session:
        CHAIN.write(session, told("one"))
    with notes.writing() as session:
        asked_before(session)
        assert CHAIN.write(session, told("two")) is None
        session.add(Note(words="three"))
    with notes.reading() as session:
        assert rows(session) == [("note", "one"), ("note", "one, pinned"), ("note", "three"), ("line", "one")]


def test_what_cannot_follow_undoes_all_of_it_and_nothing_else(notes: Database, asked_before: Any) -> None:
    with notes.writing() as session:
        session.add(Note(words="pinned before", pinned=True))
    with notes.writing() as session:
        asked_before(session)
        with pytest.raises(IntegrityError):
            CHAIN.write(session, told("one"))
        session.add(Note(words="three"))
    with notes.reading() as session:
        assert rows(session) == [("note", "pinned before"), ("note", "three")]


def test_what_was_written_before_it_stays(notes: Database) -> None:
    with notes.writing() as session:
        session.add_all([Note(words="before"), Note(words="before that")])
        session.flush()
        assert CHAIN.write(session, told("one")) is None
    with notes.reading() as session:
        assert rows(session) == [("note", "before"), ("note", "before that")]
