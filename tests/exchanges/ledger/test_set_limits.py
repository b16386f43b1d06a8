"""Limits of a single account, with a reason."""

import pytest

from exchanges.ledger.actions.limiting import set_limits
from exchanges.ledger.rules import AboveCeiling, BelowFloor
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Member
from tests.exchanges.ledger.book import Book


def allow(book: Book, name: str, *, by: Member | None = None, reason: str = "Cura lunga", **limits: int | None) -> None:
    wanted = {"floor": None, "soft_floor": None, "ceiling": None, **limits}
    with book.database.writing() as session:
        actor = (by or book.cast.maker).actor
        set_limits(session, actor, book.cast.members[name].party.id, **wanted, reason=reason)


def test_a_lower_floor_holds_at_once(book: Book) -> None:
    allow(book, "bashir", floor=-900)
    book.move("anna", "bashir", 900)
    with pytest.raises(BelowFloor):
        book.move("anna", "bashir", 1)


def test_a_lower_ceiling_and_back_to_the_community(book: Book) -> None:
    allow(book, "anna", ceiling=60)
    with pytest.raises(AboveCeiling):
        book.move("anna", "bashir", 61)
    allow(book, "anna")
    book.move("anna", "bashir", 61)


def test_the_history_is_kept(book: Book) -> None:
    allow(book, "bashir", floor=-900)
    book.move("anna", "bashir", 60)
    allow(book, "bashir", floor=-300)
    rows = book.ask("SELECT from_sequence, floor_minutes, reason, set_by_id FROM account_limit ORDER BY id")
    assert [tuple(row) for row in rows] == [
        (0, -900, "Cura lunga", book.cast.maker.id),
        (1, -300, "Cura lunga", book.cast.maker.id),
    ]


def test_what_cannot_be(book: Book) -> None:
    for wrong in ({"floor": 60}, {"ceiling": -1}, {"floor": -60, "soft_floor": -90}):
        with pytest.raises(Invalid):
            allow(book, "bashir", **wrong)
    with pytest.raises(Invalid):
        allow(book, "bashir", reason="", floor=-60)


def test_who_may(book: Book) -> None:
    for stranger in (book.cast.anna, book.cast.bashir, book.cast.other_maker, book.cast.zoe):
        with pytest.raises(Missing):
            allow(book, "bashir", by=stranger, floor=-900)
    with pytest.raises(Refused):
        allow(book, "maker", floor=-900)
