"""Who leaves with a debt, and households that become one, walked through the pages."""

import pytest

from civic_centers.reckoning import actions
from tests.civic_centers.reckoning.books import Books
from tests.civic_centers.reckoning.test_leave import go
from tests.client import on_sqlite

pytestmark = on_sqlite
HERE = "/c/cremona"


@pytest.fixture
def cycle(books: Books) -> int:
    return books.cycle({"anna": 2347, "bashir": 1000})


def test_a_family_leaves_with_a_debt(books, cycle, client_for) -> None:
    books.pay(cycle, "anna", 347)
    assert client_for(books.cast.anna).look(f"{HERE}/me/leave").says("20,00")
    go(books, "anna")
    maker = client_for(books.cast.maker)
    left = maker.look(f"{HERE}/till/left")
    assert left.says("20,00")
    assert "Anna" not in left.html
    family = books.cast.anna.party.id
    assert "Anna" not in maker.look(f"{HERE}/till/{cycle}").html
    client_for(books.cast.other_maker).look(f"{HERE}/till/left/{family}", status=404)
    form = maker.look(left.link("Saldalo"))
    maker.submit(form, "Saldalo", cents="20,01", reason="Andata via", status=409)
    maker.submit(form, "Saldalo", cents="20", reason="", status=422)
    maker.submit(form, "Saldalo", cents="12,50", reason="Andata via", request_key="one")
    # The same click once more writes nothing.
    maker.submit(form, "Saldalo", cents="12,50", reason="Andata via", request_key="one")
    assert maker.look(f"{HERE}/till/left").says("7,50")
    maker.submit(maker.look(left.link("Saldalo")), "Saldalo", cents="7,50", reason="Andata via", request_key="two")
    assert maker.look(f"{HERE}/till/left").says("tutto è saldato")
    assert (books.balance("anna"), books.of("group"), books.total()) == (0, -2000, 0)
    maker.look(left.link("Saldalo"), status=404)


def test_a_household_that_joined_reads_its_old_receipts(books, cycle, client_for) -> None:
    books.pay(cycle, "anna", 1347)
    bashir = client_for(books.cast.bashir)
    bashir.look(f"{HERE}/receipts/2027/1", status=404)
    with books.database.writing() as session:
        actions.move_to_party(session, books.cast.anna.party.id, books.cast.bashir.party.id)
    purse = bashir.look(f"{HERE}/purse")
    assert purse.says("Hai ancora da dare 20,00")
    assert purse.says("Ricevuta 1/2027")
    assert bashir.look(f"{HERE}/receipts/2027/1").says("13,47")
    client_for(books.cast.chiara).look(f"{HERE}/receipts/2027/1", status=404)
    till = client_for(books.cast.maker).look(f"{HERE}/till/{cycle}")
    assert till.says("20,00")
