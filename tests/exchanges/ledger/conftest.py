"""What every test of the ledger starts from."""

import pytest

from community.parties.policies import SEE
from exchanges.ledger.actions.limiting import set_limits
from exchanges.ledger.actions.reserving import release, reserve
from exchanges.ledger.actions.reversing import reverse
from exchanges.ledger.actions.settling import Given, Received, settle
from exchanges.ledger.policies import PERMISSIONS
from exchanges.ledger.rules import Line, Source
from foundation.access import register_permissions
from foundation.database import Database
from tests.cast import Cast
from tests.exchanges.ledger.book import Book, open_book

# Actions are tested without the application, which otherwise collects the permissions of all features.
register_permissions((SEE, *PERMISSIONS))


@pytest.fixture
def book(database: Database, cast: Cast) -> Book:
    """Everybody has an account, and nothing on it."""
    return open_book(database, cast)


@pytest.fixture
def lived_in(book: Book) -> Book:
    """A ledger with a little of everything, in which nothing is wrong."""
    cast = book.cast
    book.move("anna", "bashir", 90)
    book.move("chiara", "anna", 30)
    book.post([Line(book.accounts["chiara"], -60), Line(book.accounts["fund"], 60)], kind="gift")
    book.post([Line(book.accounts["issue"], -300), Line(book.accounts["dario"], 300)], kind="opening")
    with book.database.writing() as session:
        for number, party in ((1, cast.bashir), (2, cast.bashir), (3, cast.chiara)):
            reserve(session, party.actor, party.party.id, 60, Source("errand", number))
    with book.database.writing() as session:
        release(session, cast.bashir.actor, Source("errand", 2))
        settle(
            session,
            cast.bashir.actor,
            Source("errand", 1),
            received=[Received(cast.bashir.party.id, 75, agreed=True)],
            given=[Given(cast.anna.party.id, 75)],
            request_key="agreement:1",
        )
    wrong = book.move("dario", "chiara", 45)
    with book.database.writing() as session:
        reverse(session, cast.maker.actor, wrong.transfer_id, reason="Doppio", request_key="undo")
        set_limits(
            session, cast.maker.actor, cast.bashir.party.id, floor=-900, soft_floor=None, ceiling=None, reason="Cura"
        )
    book.move("anna", "bashir", 700)
    book.erase(wrong.transfer_id)
    return book
