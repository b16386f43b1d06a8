"""The record of deeds under its own seals: whatever is changed, removed or slipped in is told, without any trigger."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Column, Table, delete, insert, select, text, update

from exchanges.ledger.actions import sealing_record
from exchanges.ledger.actions.sealing_record import draft_record_seal, record_settled_upto
from exchanges.ledger.jobs import run_seal, seal_record
from exchanges.ledger.tables.record_seals import RecordSeal
from foundation import audit, clock
from foundation.audit.tables import AuditEntry
from foundation.database import table_of
from tests.exchanges.ledger.book import Book, found
from tests.exchanges.ledger.test_tampering import others, tried, where

TABLES = (table_of(AuditEntry), table_of(RecordSeal))


@pytest.fixture
def sealed(lived_in: Book) -> Book:
    """The record under three seals, and a line after them."""
    book = lived_in
    for day in (1, 2, 3):
        run_seal(book.database, {})
        with book.database.writing() as session:
            for post in range(4 if day == 1 else 1):
                audit.record(session, book.cast.anna.actor, "closed", "post", post, why="found")
    assert found(book) == []
    book.disarm()
    with book.database.writing_engine.begin() as connection:
        for table in ("audit_entry", "record_seal"):
            if book.database.dialect == "postgresql":
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
    return book


def rows(book: Book) -> Iterator[tuple[Table, dict[str, Any]]]:
    """Every sealed line, and every seal."""
    with book.database.reading() as session:
        last = session.execute(text("SELECT max(last_entry_id) FROM record_seal")).scalar_one()
        for table in TABLES:
            for row in session.execute(select(table)).mappings():
                if table.name == "record_seal" or row["id"] <= last:
                    yield table, dict(row)


def forged(column: Column[Any], value: Any) -> list[Any]:
    return [{"x": 1}, {}] if column.name == "detail" else others(column, value)


def test_every_column_of_every_line_and_seal(sealed: Book) -> None:
    missed, changed = [], set()
    for turn, (table, row) in enumerate(rows(sealed)):
        for column in table.columns:
            values = [value for value in forged(column, row[column.name]) if value != row[column.name]]
            value = values[turn % len(values)]
            statement = update(table).where(where(table, row)).values({column.name: value})
            said = tried(sealed, lambda connection, made=statement: connection.execute(made))
            if said is not None:
                changed.add(column)
            if said == []:
                missed.append((table.name, column.name, row[column.name], value))
    assert missed == []
    assert {column for table in TABLES for column in table.columns} == changed


def test_every_line_and_seal_removed_or_doubled(sealed: Book) -> None:
    missed = []
    for turn, (table, row) in enumerate(rows(sealed)):
        if tried(sealed, lambda connection, t=table, r=row: connection.execute(delete(t).where(where(t, r)))) == []:
            missed.append(("removed", table.name, row))
        again = {**row, ("number" if table.name == "record_seal" else "id"): (0, -3)[turn % 2]}
        if tried(sealed, lambda connection, t=table, r=again: connection.execute(insert(t).values(r))) == []:
            missed.append(("doubled", table.name, again))
    assert missed == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit_entry SET actor_person_id = 77 WHERE id = 2", "of line 2, which it closed: who did it"),
        ("UPDATE audit_entry SET verb = 'x' WHERE id = 2", "Record, seal 1: of line 2, which it closed: what was done"),
        ("UPDATE audit_entry SET community_id = 77 WHERE id = 2", "its moment or community was changed"),
        ("DELETE FROM audit_entry WHERE id = 2", "of line 2, which it closed: it was removed"),
        ("UPDATE audit_entry SET verb = 'x'", "lines, "),
        ("DELETE FROM record_seal WHERE number = 1", "seal 2: the seals between 0 and this one were removed."),
        ("DELETE FROM record_seal WHERE number = 3", "Record, seal 3 was made with the hash"),
        ("UPDATE record_seal SET root = hash WHERE number = 2", "its number, its moment, its figures or its hash"),
    ],
)
def test_says_what_was_touched(sealed: Book, statement: str, said: str) -> None:
    lines = tried(sealed, lambda connection: connection.execute(text(statement)))
    assert lines is not None
    assert any(said in line for line in lines), lines


def test_a_line_slipped_in_later_with_an_earlier_date_is_told(sealed: Book) -> None:
    with clock.at(clock.now() - timedelta(days=40)), sealed.database.writing() as session:
        audit.record(session, sealed.cast.anna.actor, "closed", "post", 9)
    assert any("before seal 3, which does not know it" in line for line in found(sealed))


def test_nothing_new_makes_no_seal(lived_in: Book) -> None:
    run_seal(lived_in.database, {})
    run_seal(lived_in.database, {})
    assert lived_in.ask("SELECT number FROM record_seal") == [(1,)]
    assert found(lived_in) == []


def test_much_at_once_becomes_several_seals(lived_in: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing_record, "MOST", 3)
    with lived_in.database.writing() as session:
        for post in range(6):
            audit.record(session, lived_in.cast.anna.actor, "closed", "post", post)
    numbers = [seal.number for seal in seal_record(lived_in.database)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 1
    assert found(lived_in) == []


def test_two_who_seal_at_once_make_one_chain(lived_in: Book) -> None:
    with lived_in.database.writing() as session:
        upto = record_settled_upto(session)
    with lived_in.database.reading() as session:
        mine, theirs = draft_record_seal(session, upto), draft_record_seal(session, upto)
    assert mine is not None
    assert theirs is not None
    with lived_in.database.writing() as session:
        assert sealing_record.add_record_seal(session, mine)
    with lived_in.database.writing() as session:
        assert not sealing_record.add_record_seal(session, theirs)


def test_the_seals_are_published_and_a_kept_one_is_known(sealed: Book, app: Any, tmp_path: Any) -> None:
    if sealed.database.dialect != "sqlite":
        return
    browser = app.test_client()
    published = browser.get("/c/cremona/time/seals.json").text
    assert [each["number"] for each in json.loads(published)["record"]] == [1, 2, 3]
    run = app.test_cli_runner().invoke
    for name, content in (("s.json", published), ("s.txt", browser.get("/c/cremona/time/seals.txt").text)):
        (tmp_path / name).write_text(content)
        assert "is not in the chain" not in run(args=["ledger", "verify", "--against", str(tmp_path / name)]).output
    sealed.attack("UPDATE record_seal SET hash = root WHERE number = 3")
    said = run(args=["ledger", "verify", "--against", str(tmp_path / "s.txt")]).output
    assert "The seal of the record of deeds kept as number 3" in said
