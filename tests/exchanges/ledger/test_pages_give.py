"""Giving hours to somebody or to the fund, on the pages."""

import pytest

from tests.client import on_sqlite
from tests.exchanges.ledger.book import Book
from tests.exchanges.ledger.pages import TIME

pytestmark = on_sqlite


def test_giving_hours_to_the_fund_and_to_somebody(book: Book, client_for) -> None:
    browser = client_for(book.cast.anna, language="en")
    page = browser.submit(browser.look(f"{TIME}give"), "Give", minutes="60", memo="Per chi ne ha bisogno")
    assert page.says("You gave 1 h to the community fund.")
    found = browser.look(f"{TIME}give?q=bashir")
    page = browser.submit(browser.look(found.link("Bashir e famiglia")), "Give", minutes="30")
    assert page.says("You gave 30 min to Bashir e famiglia.")
    assert (book.balance("fund"), book.balance("bashir"), book.balance("anna")) == (60, 30, -90)


def test_giving_the_same_form_twice(book: Book, client_for) -> None:
    browser = client_for(book.cast.anna, language="en")
    form = browser.look(f"{TIME}give")
    browser.submit(form, "Give", minutes="60")
    browser.submit(form, "Give", minutes="60")
    assert book.balance("fund") == 60


def test_giving_too_much_says_what_to_do(book: Book, client_for) -> None:
    browser = client_for(book.cast.anna, language="en")
    page = browser.submit(browser.look(f"{TIME}give"), "Give", status=422, minutes="660", memo="Tanto")
    assert "Tanto" in page.html
    assert page.says("you can give up to 10 h")


@pytest.mark.parametrize("minutes", ["", "-60", "abc", "99999999999999999999", "0", "6001", "1.5", "😀"])
def test_giving_what_makes_no_sense(book: Book, client_for, minutes: str) -> None:
    browser = client_for(book.cast.anna)
    page = browser.submit(browser.look(f"{TIME}give"), "Dona", status=422, minutes=minutes, memo="<b>Grazie</b> 😀")
    assert page.errors()
    assert "&lt;b&gt;Grazie&lt;/b&gt; 😀" in page.html
    assert book.balance("anna") == 0


def test_giving_to_whom_one_may_not(book: Book, client_for) -> None:
    browser = client_for(book.cast.anna)
    for party in (book.cast.zoe.party.id, book.cast.anna.party.id, 999999):
        browser.look(f"{TIME}give?to={party}", status=404)
