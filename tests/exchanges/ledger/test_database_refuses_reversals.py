"""The databases themselves refuse a reversal that is no mirror of what was, and an exemption that is none."""

import pytest

from tests.exchanges.ledger.book import Book
from tests.exchanges.ledger.by_hand import TRANSFER, by_hand, given, refused

REVERSAL = TRANSFER.replace("source_kind, exempt", "source_kind, reverses_id, exempt").replace(
    "'exchange', '', '2026-03-01 10:00:00.000000+00', 'test', FALSE",
    "'reversal', '', '2026-03-01 10:00:00.000000+00', 'test', :reverses, TRUE",
)


def reversal(book: Book, *entries: tuple[str, int]) -> list[str]:
    return [REVERSAL, *by_hand(book, *entries)[1:]]


def test_a_reversal_is_taken_once(book: Book) -> None:
    first = book.move("anna", "bashir", 60).transfer_id
    mirror = reversal(book, ("bashir", 60), ("anna", -60))
    book.attack(*mirror, **given(book), reverses=first)
    assert book.balance("anna") == 0
    refused(book, *mirror, **given(book, transfer=1001), reverses=first)


def test_a_reversal_of_a_reversal(book: Book) -> None:
    first = book.move("anna", "bashir", 60).transfer_id
    book.attack(*reversal(book, ("bashir", 60), ("anna", -60)), **given(book), reverses=first)
    again = reversal(book, ("bashir", -60), ("anna", 60))
    refused(book, *again, **given(book, transfer=1001), reverses=1000)


@pytest.mark.parametrize(
    "entries",
    [
        (("bashir", 50), ("anna", -50)),
        (("anna", -60), ("bashir", 60)),
        (("chiara", 60), ("anna", -60)),
        (("bashir", -60), ("anna", 60)),
    ],
)
def test_a_reversal_that_is_no_mirror(book: Book, entries: tuple[tuple[str, int], ...]) -> None:
    first = book.move("anna", "bashir", 60).transfer_id
    refused(book, *reversal(book, *entries), **given(book), reverses=first)


def test_an_exemption_that_is_none(book: Book) -> None:
    statements = by_hand(book, ("bashir", -60), ("anna", 60))
    statements[0] = statements[0].replace("FALSE", "TRUE")
    refused(book, *statements, **given(book))


def test_a_reversal_of_nothing(book: Book) -> None:
    statements = by_hand(book, ("bashir", -60), ("anna", 60))
    statements[0] = statements[0].replace("'exchange'", "'reversal'").replace("FALSE", "TRUE")
    refused(book, *statements, **given(book))
