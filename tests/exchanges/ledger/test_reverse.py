"""Undoing a transfer: by its mirror, once, by a maker who has no part in it."""

import pytest

from exchanges.ledger.actions.reversing import reverse
from exchanges.ledger.rules import AlreadyReversed, NotReversible, Posted
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Member
from tests.exchanges.ledger.book import Book


def undo(book: Book, transfer_id: int, by: Member | None = None, key: str = "undo", reason: str = "Doppio") -> Posted:
    with book.database.writing() as session:
        return reverse(session, (by or book.cast.maker).actor, transfer_id, reason=reason, request_key=key)


def test_everything_goes_back(book: Book) -> None:
    first = book.move("anna", "bashir", 600)
    undo(book, first.transfer_id)
    assert (book.balance("anna"), book.balance("bashir")) == (0, 0)
    row = book.ask("SELECT kind, memo, reverses_id, exempt FROM transfer WHERE reverses_id IS NOT NULL")[0]
    assert tuple(row) == ("reversal", "Doppio", first.transfer_id, True)


def test_limits_do_not_hold_it_back(book: Book) -> None:
    first = book.move("anna", "bashir", 600)
    book.move("chiara", "anna", 600)
    book.move("dario", "anna", 600)
    undo(book, first.transfer_id)
    assert book.balance("anna") == -1200


def test_once(book: Book) -> None:
    first = book.move("anna", "bashir", 60)
    undone = undo(book, first.transfer_id)
    assert undo(book, first.transfer_id).transfer_id == undone.transfer_id
    with pytest.raises(AlreadyReversed):
        undo(book, first.transfer_id, key="another form")
    assert book.balance("anna") == 0


def test_a_reversal_is_not_undone(book: Book) -> None:
    undone = undo(book, book.move("anna", "bashir", 60).transfer_id)
    with pytest.raises(NotReversible):
        undo(book, undone.transfer_id, key="again")


def test_a_reason_is_needed(book: Book) -> None:
    with pytest.raises(Invalid):
        undo(book, book.move("anna", "bashir", 60).transfer_id, reason=" ")


def test_who_may(book: Book) -> None:
    transfer = book.move("anna", "bashir", 60).transfer_id
    cast = book.cast
    for stranger in (cast.anna, cast.chiara, cast.other_maker, cast.administrator, cast.zoe):
        with pytest.raises(Missing):
            undo(book, transfer, by=stranger)
    undo(book, transfer)


def test_not_of_ones_own_hours(book: Book) -> None:
    with pytest.raises(Refused):
        undo(book, book.move("maker", "bashir", 60).transfer_id)


def test_one_that_is_not_there(book: Book) -> None:
    with pytest.raises(Missing):
        undo(book, 999999)
