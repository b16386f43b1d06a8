"""All lines or none; a rehearsal keeps nothing; the same file again changes nothing."""

import pytest

from foundation import audit
from foundation.database import Database, Session
from foundation.errors import Refused
from foundation.importing import (
    Column,
    Report,
    Row,
    read_table,
    remember_taken,
    take_in,
    taken_before,
    text,
)

COLUMNS = (Column("name", text(10), ("Nome",), required=True),)


def take(session: Session, row: Row) -> bool:
    if row["name"] == "Nessuno":
        raise Refused("There is nobody called %(name)s.", name=row["name"])
    before = taken_before(session, 3, "members")
    if row.fingerprint in before:
        return False
    audit.record(session, None, "imported", "member", row.line)
    remember_taken(session, 3, "members", [(row.fingerprint, row.line)])
    return True


def imported(database: Database, content: str, *, dry_run: bool = False) -> Report:
    return take_in(database, read_table(content.encode(), COLUMNS), take, dry_run=dry_run)


def in_database(database: Database) -> int:
    with database.reading() as session:
        return len(taken_before(session, 3, "members"))


def test_takes_every_line(database: Database) -> None:
    report = imported(database, "Nome\nAnna\nAda\n")
    assert (report.lines, report.new, report.unchanged, report.kept) == (2, 2, 0, True)
    assert in_database(database) == 2


def test_the_same_file_again_changes_nothing(database: Database) -> None:
    imported(database, "Nome\nAnna\nAda\nAnna\n")
    report = imported(database, "Nome\nAnna\nAda\nAnna\nEva\n")
    assert (report.new, report.unchanged, report.kept) == (1, 3, True)
    assert in_database(database) == 4


def test_one_fault_and_nothing_is_taken(database: Database) -> None:
    report = imported(database, "Nome\nAnna\nNessuno\nquesto nome è troppo lungo\nAda\n")
    assert [str(fault) for fault in report.faults] == [
        "3: There is nobody called Nessuno.",
        "4, Nome: This is 26 characters long; 10 are allowed.",
    ]
    assert (report.lines, report.new, report.fault_count, report.kept) == (3, 2, 2, False)
    assert in_database(database) == 0


def test_a_rehearsal_says_what_would_happen_and_keeps_nothing(database: Database) -> None:
    report = imported(database, "Nome\nAnna\n", dry_run=True)
    assert (report.new, report.faults, report.kept) == (1, (), False)
    assert in_database(database) == 0


def test_a_fault_of_ours_is_not_blamed_on_the_file(database: Database) -> None:
    def breaks(session: Session, row: Row) -> bool:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        take_in(database, read_table(b"Nome\nAnna\n", COLUMNS), breaks)


def test_each_community_and_kind_remembers_its_own(database: Database) -> None:
    with database.writing() as session:
        remember_taken(session, 3, "members", [("a", 1), ("b", 2)])
        remember_taken(session, 4, "members", [("a", 9)])
        remember_taken(session, 3, "posts", [])
        assert taken_before(session, 3, "members") == {"a": 1, "b": 2}
        assert taken_before(session, 4, "members") == {"a": 9}
        assert taken_before(session, 3, "posts") == {}


def test_progress_is_told(database: Database) -> None:
    told: list[tuple[int, int]] = []
    sheet = read_table(b"Nome\n" + b"Anna\n" * 250, COLUMNS)
    take_in(database, sheet, lambda session, row: True, progress=lambda done, total: told.append((done, total)))
    assert told == [(100, 250), (200, 250), (250, 250)]
