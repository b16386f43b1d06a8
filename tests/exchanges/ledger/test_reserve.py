"""Reserving minutes when an agreement is accepted, and releasing them."""

import pytest

from exchanges.ledger.actions.reserving import release, reserve
from exchanges.ledger.rules import BelowFloor, Source
from tests.exchanges.ledger.book import Book

AGREEMENT = Source("agreement", 7)


def promise(book: Book, name: str, minutes: int, source: Source = AGREEMENT) -> int:
    with book.database.writing() as session:
        return reserve(session, book.cast.anna.actor, book.cast.members[name].party.id, minutes, source)


def give_back(book: Book, source: Source = AGREEMENT) -> int:
    with book.database.writing() as session:
        return release(session, book.cast.anna.actor, source)


def test_reserved_minutes_are_no_longer_available(book: Book) -> None:
    promise(book, "bashir", 60)
    state = book.state("bashir")
    assert (state.balance, state.reserved, state.available) == (0, 60, 540)


def test_the_floor_counts_what_is_reserved(book: Book) -> None:
    promise(book, "bashir", 600)
    with pytest.raises(BelowFloor):
        promise(book, "bashir", 1, Source("agreement", 8))
    with pytest.raises(BelowFloor):
        book.move("anna", "bashir", 1)


def test_reserving_twice_for_the_same_agreement(book: Book) -> None:
    assert promise(book, "bashir", 60) == promise(book, "bashir", 60)
    assert book.state("bashir").reserved == 60
    with pytest.raises(ValueError, match="release"):
        promise(book, "bashir", 90)


def test_released_minutes_are_available_again_and_can_be_reserved_anew(book: Book) -> None:
    promise(book, "bashir", 60)
    assert give_back(book) == 60
    assert book.state("bashir").reserved == 0
    assert give_back(book) == 0
    promise(book, "bashir", 90)
    assert book.state("bashir").reserved == 90


def test_reserving_opens_an_account(database, cast) -> None:
    with database.writing() as session:
        reserve(session, cast.anna.actor, cast.anna.party.id, 60, AGREEMENT)


@pytest.mark.parametrize("minutes", [0, -60])
def test_minutes_that_cannot_be(book: Book, minutes: int) -> None:
    with pytest.raises(ValueError, match="minutes"):
        promise(book, "bashir", minutes)
