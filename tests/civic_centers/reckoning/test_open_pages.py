"""What families bring along, on the pages of who keeps the books and of the family."""

import pytest

from tests.civic_centers.reckoning.books import Books
from tests.client import on_sqlite

HERE = "/c/cremona"


@on_sqlite
def test_on_the_pages_of_both(books: Books, client_for) -> None:
    browser, family = client_for(books.cast.maker), books.cast.anna.party.id
    found = browser.look(f"{HERE}/till/before", query_string={"q": "anna"})
    assert browser.look(f"{HERE}/till").link("Quello che le famiglie avevano da prima") == f"{HERE}/till/before"
    form = browser.look(found.link("Anna e famiglia"))
    for _ in range(2):
        page = browser.submit(form, "Segna", side="debt", cents="12.5", as_of="2026-12-31", words="Quaderno verde")
        assert page.says("ancora aperti 12,50") or page.says("12,50")
    browser.submit(form, "Segna", side="debt", cents="13", as_of="2026-12-31", status=409)
    assert books.balance("anna") == -1250
    anna = client_for(books.cast.anna)
    for address in ("purse", "purse/print", "purse/movements.csv"):
        page = anna.look(f"{HERE}/{address}")
        assert "31 dicembre" in page.html
        assert "Quaderno verde" in page.html
        assert "12,50" in page.html
    anna.look(f"{HERE}/till/before/{family}", status=404)
    mistake = browser.look(browser.look(f"{HERE}/till/before/{family}").link("Uno sbaglio?"))
    browser.submit(mistake, "Sì, annulla", reason="", status=422)
    browser.submit(mistake, "Sì, annulla", reason="Era di Bashir")
    assert books.balance("anna") == 0
    browser.look(mistake.address, status=404)


@on_sqlite
def test_what_is_written_is_found_by_name(books: Books, client_for) -> None:
    maker = client_for(books.cast.maker)
    maker.submit(
        maker.look(f"{HERE}/till/before/{books.cast.anna.party.id}"),
        "Segna",
        side="debt",
        cents="3",
        as_of="2026-12-31",
    )
    assert "Anna" in maker.look(f"{HERE}/till/before", query_string={"q": "anna"}).html
    page = maker.look(f"{HERE}/till/before", query_string={"q": "chiara"})
    assert page.says("Per nessuna famiglia con questo nome è stato segnato qualcosa.")


@on_sqlite
def test_how_a_family_stands_is_not_on_it(books: Books, client_for) -> None:
    """Who keeps the purchasing of a zone has no need to know what families there owe for orders of others."""
    family = books.cast.anna.party.id
    books.cycle({"anna": 2500})
    assert "25,00" not in client_for(books.cast.maker).look(f"{HERE}/till/before/{family}").html


@on_sqlite
@pytest.mark.parametrize(
    "typed", ["", "-3", "1e9", "٣", "3,555", "0", "999999999", "3..5", "abc", "3\u00002", "1.234,50"]
)
def test_amounts_that_cannot_be_typed(books: Books, client_for, typed: str) -> None:
    browser = client_for(books.cast.maker)
    form = browser.look(f"{HERE}/till/before/{books.cast.anna.party.id}")
    browser.submit(form, "Segna", side="favour", cents=typed, as_of="2026-12-31", status=422)
    browser.submit(form, "Segna", side="", cents="3", as_of="2026-12-31", status=422)
    browser.submit(form, "Segna", side="favour", cents="3", as_of="2027-02-30", status=422)
    browser.submit(form, "Segna", side="favour", cents="3", as_of="2028-01-01", status=422)
    assert books.entries() == []


@on_sqlite
def test_words_that_cannot_be_kept(books: Books, client_for) -> None:
    browser = client_for(books.cast.maker)
    form = browser.look(f"{HERE}/till/before/{books.cast.anna.party.id}")
    browser.submit(form, "Segna", side="favour", cents="3", as_of="2026-12-31", words="x" * 201, status=422)
    for typed in ("a\u0000b", "%_\\'", "x" * 300):
        browser.look(f"{HERE}/till/before", query_string={"q": typed})
