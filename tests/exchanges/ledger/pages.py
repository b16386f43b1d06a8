"""The pages of the hours: where they are, an exchange to stand on them, and a table read back from them."""

import csv
import io

from exchanges.ledger.actions.settling import Given, Received, settle
from exchanges.ledger.rules import Source
from tests.exchanges.ledger.book import Book

TIME = "/c/cremona/time/"
MOVEMENTS = "/c/cremona/movements/"


def exchange(book: Book, giver: str, receiver: str, minutes: int, memo: str) -> None:
    """Hours that were received and given, with the words that a statement shows."""
    cast = book.cast
    with book.database.writing() as session:
        settle(
            session,
            cast.members[giver].actor,
            Source("errand", 7),
            received=[Received(cast.members[receiver].party.id, minutes, agreed=True)],
            given=[Given(cast.members[giver].party.id, minutes)],
            request_key=f"{giver} {receiver} {memo}",
            memo=memo,
        )


def read_csv(page) -> list[list[str]]:
    """The rows of a table that a spreadsheet opens."""
    assert page.html.startswith("\ufeff")
    return list(csv.reader(io.StringIO(page.html.removeprefix("\ufeff")), delimiter=";"))
