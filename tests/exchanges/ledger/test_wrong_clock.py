"""A clock that goes back between two seals: told once, without blaming every transfer since."""

from datetime import timedelta

from exchanges.ledger.jobs import seal_new
from foundation import clock
from tests.exchanges.ledger.book import Book, found

HOUR = timedelta(hours=1)


def seal_at(book: Book, hours: float) -> None:
    """Move something and seal it, so many hours from now by the clock of the computer."""
    with clock.at(NOW + hours * HOUR):
        book.move("anna", "bashir", 5)
        book.move("bashir", "anna", 5)
        list(seal_new(book.database))


NOW = clock.now() - 1000 * HOUR


def checks(book: Book, hours: float) -> list[str]:
    """What verification says so many hours from now, without the names of communities."""
    with clock.at(NOW + hours * HOUR):
        return [line.partition(": ")[0] for line in found(book)]


def test_a_clock_that_is_put_right_by_minutes(book: Book) -> None:
    for hours in (0, 24, 23.5, 47):
        seal_at(book, hours)
    assert checks(book, 48) == []


def test_a_seal_from_a_day_that_had_not_come(book: Book) -> None:
    """The clock stood a month ahead for one seal: one line, and what came before and after is still looked at."""
    for hours in (0, 24, 720, 48, 72):
        seal_at(book, hours)
    with clock.at(NOW + 73 * HOUR):
        lines = found(book)
    assert len(lines) == 2
    assert lines[1].startswith("record of deeds: Record, line 3 says that it was done at ")
    assert lines[0].startswith("clock: Community 1: seal 4 says that it was made at ")
    assert lines[0].endswith("the clock of the computer was wrong at one of the two.")
    book.disarm()
    early = (NOW + 30 * HOUR).strftime("%Y-%m-%d %H:%M:%S.%f+00:00")
    with clock.at(NOW + 74 * HOUR):
        wrong = book.move("anna", "bashir", 5).transfer_id
    value = early.removesuffix("+00:00") if book.database.dialect == "sqlite" else early
    book.attack(f"UPDATE transfer SET at = '{value}' WHERE id = {wrong}")
    assert checks(book, 75) == ["clock", "dates", "record of deeds"]


def test_the_last_seal_is_from_a_day_still_to_come(book: Book) -> None:
    seal_at(book, 0)
    seal_at(book, 720)
    with clock.at(NOW + 24 * HOUR):
        book.move("anna", "bashir", 5)
    assert checks(book, 25) == ["clock", "record of deeds"]
    assert checks(book, 720) == ["dates"], "by then nobody can tell it from a date that was set back"


def test_a_clock_that_had_forgotten_the_day(book: Book) -> None:
    """A small computer that starts without network: what it wrote then is named, since it cannot be true."""
    seal_at(book, 0)
    seal_at(book, -700)
    seal_at(book, 24)
    assert checks(book, 25) == ["clock"]
    with clock.at(NOW - 700 * HOUR):
        book.move("anna", "bashir", 5)
    seal_at(book, 48)
    assert checks(book, 49) == ["clock", "dates"]
