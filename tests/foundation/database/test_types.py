"""Moments, texts and numbers behave the same on both databases, or are refused the same."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import insert
from sqlalchemy.exc import StatementError
from sqlmodel import select

from foundation.database import Database, insert_if_absent
from foundation.database.types import UNKEEPABLE_TEXT, UtcDateTime, to_json
from foundation.errors import Invalid
from tests.foundation.database.notes import NOON, Note

ROME = ZoneInfo("Europe/Rome")


@pytest.mark.parametrize(
    "moment",
    [
        NOON,
        datetime(2026, 7, 1, 23, 59, 59, 999999, tzinfo=ROME),
        datetime(2026, 10, 25, 2, 30, tzinfo=ROME, fold=1),
        datetime(1999, 1, 1, tzinfo=timezone(timedelta(hours=-9, minutes=-30))),
    ],
)
def test_a_moment_comes_back_aware_and_in_utc(notes: Database, moment: datetime) -> None:
    with notes.writing() as session:
        session.add(Note(words="when", written_at=moment))
    with notes.reading() as session:
        kept = session.exec(select(Note.written_at)).one()
        found = session.exec(select(Note.id).where(Note.written_at <= moment)).all()
    assert kept == moment.astimezone(UTC)
    assert kept.tzinfo is UTC
    assert len(found) == 1


def test_a_naive_moment_is_refused(notes: Database) -> None:
    with pytest.raises(StatementError, match="is naive"), notes.writing() as session:
        session.add(Note(words="when", written_at=datetime(2026, 11, 22, 12)))  # noqa: DTZ001 - what is refused


def test_moments_are_ordered_whatever_zone_they_were_written_in(notes: Database) -> None:
    moments = [datetime(2026, 1, 1, 12, tzinfo=ROME), NOON, datetime(2026, 1, 1, 12, tzinfo=UTC)]
    with notes.writing() as session:
        session.add_all([Note(words=str(place), written_at=moment) for place, moment in enumerate(moments)])
    with notes.reading() as session:
        assert session.exec(select(Note.words).order_by(Note.written_at)).all() == ["0", "2", "1"]


def test_no_moment_is_no_moment() -> None:
    assert UtcDateTime().process_bind_param(None, None) is None
    assert UtcDateTime().process_result_value(None, None) is None


@pytest.mark.parametrize("words", ["a\x00b", "\x00", "half \ud800 a pair"])
def test_text_that_cannot_be_kept_is_refused_before_anything_is_written(notes: Database, words: str) -> None:
    with pytest.raises(Invalid) as refusal, notes.writing() as session:
        session.add(Note(words=words))
    assert refusal.value.message == UNKEEPABLE_TEXT
    with pytest.raises(Invalid), notes.writing() as session:
        session.exec(insert(Note), params=[{"words": "fine"}, {"words": words}])
    with pytest.raises(Invalid), notes.reading() as session:
        session.exec(select(Note).where(Note.words == words))
    with pytest.raises(Invalid), notes.writing() as session:
        session.add(Note(words="in the detail", detail={"words": [words]}))
    with notes.reading() as session:
        assert session.exec(select(Note)).all() == []


@given(some.recursive(some.text(), some.lists))
def test_json_is_refused_for_a_nul_and_nothing_else(value: object) -> None:
    if "\x00" in repr(value) or "\\x00" in repr(value).replace("\\\\", ""):
        with pytest.raises(Invalid):
            to_json(value)
    else:
        to_json(value)


def test_any_other_text_is_kept(notes: Database) -> None:
    words = "perché 👩‍👧 <b>שלום</b> 100% \\u0000 'x' \"y\" :z %(w)s ?"
    with notes.writing() as session:
        session.add(Note(words=words, detail={"words": words}))
    with notes.reading() as session:
        note = session.exec(select(Note)).one()
    assert (note.words, note.detail) == (words, {"words": words})


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**40])
def test_a_number_that_cannot_be_kept_is_refused(notes: Database, number: int) -> None:
    with pytest.raises(Invalid, match="too large"), notes.writing() as session:
        session.add(Note(words="huge", count=number))
    with pytest.raises(Invalid, match="too large"), notes.reading() as session:
        session.get(Note, number)


def test_absent_rows_are_inserted_once(notes: Database) -> None:
    with notes.writing() as session:
        assert insert_if_absent(session, Note, {"words": "one", "count": 1}, ["words"])
        assert not insert_if_absent(session, Note, {"words": "one", "count": 2}, ["words"])
        note = session.exec(select(Note)).one()
        assert (note.count, note.written_at) == (1, NOON)


def test_a_partial_index_decides_too(notes: Database) -> None:
    with notes.writing() as session:
        for words, inserted in (("one", True), ("two", False)):
            values = {"words": words, "pinned": True}
            assert insert_if_absent(session, Note, values, ["pinned"], where=Note.pinned) is inserted
        assert insert_if_absent(session, Note, {"words": "three"}, ["words"])
