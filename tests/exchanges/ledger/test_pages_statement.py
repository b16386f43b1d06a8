"""A statement of hours: narrowed, on a day, on paper, as a table; and who may see it."""

from datetime import timedelta

import pytest

from foundation import clock
from tests.client import on_sqlite
from tests.exchanges.ledger.book import Book
from tests.exchanges.ledger.pages import TIME, exchange, read_csv

pytestmark = on_sqlite


def test_filters_and_the_balance_on_a_day(book: Book, client_for) -> None:
    long_ago = clock.now() - timedelta(days=100)
    with clock.at(long_ago):
        exchange(book, "anna", "bashir", 60, "Vecchia spesa")
    exchange(book, "bashir", "anna", 30, "Nuovo orlo")
    browser = client_for(book.cast.bashir, language="en")
    party = book.cast.bashir.party.id
    recent = browser.look(f"{TIME}{party}?since={(clock.now() - timedelta(days=10)).date()}")
    assert recent.says("Nuovo orlo")
    assert not recent.says("Vecchia spesa")
    assert not browser.look(f"{TIME}{party}?kind=given").says("Vecchia spesa")
    assert browser.look(f"{TIME}{party}?kind=received").says("Vecchia spesa")
    on_the_wall = clock.local(long_ago, "Europe/Rome").date()
    assert browser.look(f"{TIME}{party}?on={on_the_wall}").says("the balance was −1 h")
    assert browser.look(f"{TIME}{party}?on={on_the_wall - timedelta(days=1)}").says("the balance was 0 h")


@pytest.mark.parametrize(
    "query",
    ["since=ieri", "on=2026-02-30", "since=2026-05-02&until=2026-05-01", "kind=niente", "until=0001-01-01"],
)
def test_a_filter_that_makes_no_sense(book: Book, client_for, query: str) -> None:
    page = client_for(book.cast.anna).look(f"{TIME}{book.cast.anna.party.id}?{query}", status=422)
    assert page.errors()


def test_older_movements_are_a_link_away(book: Book, client_for) -> None:
    for number in range(60):
        exchange(book, *(("anna", "bashir") if number % 2 else ("bashir", "anna")), 30, f"Scambio n. {number}.")
    browser = client_for(book.cast.anna, language="en")
    first = browser.look(TIME)
    assert first.says("Scambio n. 59.")
    assert not first.says("Scambio n. 5.")
    assert browser.look(first.link("Older movements")).says("Scambio n. 5.")


def test_who_sees_a_statement(book: Book, client_for) -> None:
    bashir = f"{TIME}{book.cast.bashir.party.id}"
    for address in (bashir, f"{bashir}/print", f"{bashir}/statement.csv"):
        client_for(book.cast.bashir).look(address)
        client_for(book.cast.maker).look(address)
        for stranger in (book.cast.anna, book.cast.chiara, book.cast.other_maker, book.cast.administrator):
            client_for(stranger).look(address, status=404)
    fund = f"{TIME}{book.cast.fund.id}"
    assert client_for(book.cast.maker, language="en").look(fund).says("The community fund holds 0 h.")
    client_for(book.cast.anna).look(fund, status=404)
    client_for(book.cast.maker).look(f"{TIME}{book.cast.zoe.party.id}", status=404)
    client_for(book.cast.maker).look(f"{TIME}999999", status=404)


def test_the_statement_on_paper(book: Book, client_for) -> None:
    exchange(book, "anna", "bashir", 90, "Orlo ai pantaloni")
    page = client_for(book.cast.bashir, language="en").look(f"{TIME}{book.cast.bashir.party.id}/print")
    assert page.says("Orlo ai pantaloni")
    assert page.says("−1 h 30")


def test_the_statement_as_csv_holds_no_formula(book: Book, client_for) -> None:
    for memo in ("=1+1", "+39 372", "-1", "@SUM(A1)", "\tx", 'Orlo; con "virgolette"'):
        exchange(book, "anna", "bashir", 10, memo)
    page = client_for(book.cast.bashir, language="en").look(f"{TIME}{book.cast.bashir.party.id}/statement.csv")
    rows = read_csv(page)
    assert rows[0][3] == "What"
    cells = [row[3] for row in rows[1:]]
    assert len(cells) == 6
    assert not [cell for cell in cells if cell[0] in "=+-@\t"]
    assert rows[1][7] == "10"
    assert "attachment" in page.response.headers["Content-Disposition"]
