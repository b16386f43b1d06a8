"""What makers do with hours on the pages: see all movements, grant, undo, set limits."""

from datetime import timedelta

from exchanges.ledger.rules import Line
from foundation import clock
from tests.client import on_sqlite
from tests.exchanges.ledger.book import Book
from tests.exchanges.ledger.pages import MOVEMENTS, TIME, exchange, read_csv

pytestmark = on_sqlite


def test_a_maker_is_offered_to_undo_only_what_they_may(book: Book, client_for) -> None:
    cast = book.cast
    exchange(book, "anna", "bashir", 90, "Orlo ai pantaloni")
    exchange(book, "dario", "other_maker", 30, "Una lezione")
    for who, offered in ((cast.maker, 1), (cast.other_maker, 0)):
        page = client_for(who, language="en").look(MOVEMENTS)
        assert page.says("Una lezione")
        links = [a["href"] for a in page.soup.select(f'a[href^="{MOVEMENTS}"][href$="/reverse"]')]
        assert len(links) == offered
        for link in links:
            client_for(who).look(link)


def test_a_maker_grants_from_the_fund(book: Book, client_for) -> None:
    book.post([Line(book.accounts["anna"], -120), Line(book.accounts["fund"], 120)], kind="gift")
    browser = client_for(book.cast.maker, language="en")
    address = f"{TIME}{book.cast.bashir.party.id}/grant"
    assert browser.submit(browser.look(address), "Grant", status=422, minutes="60").errors()
    page = browser.submit(browser.look(address), "Grant", minutes="60", reason="Un trasloco")
    assert page.says("Bashir e famiglia has 1 h more.")
    assert (book.balance("fund"), book.balance("bashir")) == (60, 60)
    assert browser.submit(browser.look(address), "Grant", status=422, minutes="90", reason="Ancora").says(
        "The community fund holds 1 h"
    )
    for stranger in (book.cast.anna, book.cast.other_maker):
        client_for(stranger).look(address, status=404)


def test_all_movements_of_a_month(book: Book, client_for) -> None:
    with clock.at(clock.now() - timedelta(days=45)):
        exchange(book, "anna", "bashir", 30, "Mesi fa")
        earlier = f"{clock.now():%Y-%m}"
    exchange(book, "dario", "bashir", 60, "Orlo ai pantaloni")
    book.post([Line(book.accounts["anna"], -60), Line(book.accounts["fund"], 60)], kind="gift")
    browser = client_for(book.cast.maker, language="en")
    page = browser.look(MOVEMENTS)
    assert page.says("Orlo ai pantaloni")
    assert page.says("Community fund")
    assert not page.says("Mesi fa")
    assert browser.look(f"{MOVEMENTS}?month={earlier}").says("Mesi fa")
    assert not browser.look(f"{MOVEMENTS}?kind=gift").says("Orlo ai pantaloni")
    zone = book.cast.zones["vescovato"].id
    assert browser.look(f"{MOVEMENTS}?zone={zone}").says("Orlo ai pantaloni")
    assert not browser.look(f"{MOVEMENTS}?zone={zone}").says("Community fund")
    rows = read_csv(browser.look(f"{MOVEMENTS}movements.csv"))
    assert len(rows) == 5
    for wrong in ("month=2026-13", "month=ieri", "zone=999999", "kind=x"):
        assert browser.look(f"{MOVEMENTS}?{wrong}", status=422).errors()
    client_for(book.cast.anna).look(MOVEMENTS, status=404)


def test_movements_go_on_over_pages(book: Book, client_for) -> None:
    for number in range(60):
        exchange(book, *(("anna", "bashir") if number % 2 else ("bashir", "anna")), 30, f"Scambio n. {number}.")
    browser = client_for(book.cast.maker, language="en")
    page = browser.look(MOVEMENTS)
    assert not page.says("Scambio n. 5.")
    assert browser.look(page.link("Older movements")).says("Scambio n. 5.")


def test_undoing_with_a_confirmation(book: Book, client_for) -> None:
    exchange(book, "anna", "bashir", 60, "Orlo")
    browser = client_for(book.cast.maker, language="en")
    ask = browser.look(browser.look(MOVEMENTS).link("Undo"))
    assert browser.submit(ask, "Undo it", status=422).errors()
    assert browser.submit(ask, "Undo it", reason="Era doppio").says("Undone: the hours are back")
    assert book.balance("anna") == 0
    again = browser.submit(ask, "Undo it", reason="Era doppio")
    assert again.says("Undone")
    assert book.balance("anna") == 0
    assert client_for(book.cast.bashir, language="en").look(TIME).says("Undone: Era doppio")
    for stranger in (book.cast.anna, book.cast.other_maker):
        client_for(stranger).look(f"{MOVEMENTS}1/reverse", status=404)


def test_limits_for_one_balance(book: Book, client_for) -> None:
    browser = client_for(book.cast.maker, language="en")
    address = f"{TIME}{book.cast.bashir.party.id}/limits"
    form = browser.look(address)
    assert browser.submit(form, "Set these limits", status=422, floor="-5", reason="x").errors()
    assert browser.submit(form, "Set these limits", status=422, floor="5", soft_floor="6", reason="x").errors()
    page = browser.submit(form, "Set these limits", floor="20", soft_floor="", ceiling="", reason="Una cura lunga")
    assert page.says("The limits of Bashir e famiglia are set.")
    exchange(book, "anna", "bashir", 1100, "Notti")
    client_for(book.cast.anna).look(address, status=404)
