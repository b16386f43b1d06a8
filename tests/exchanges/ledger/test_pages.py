"""One's own time as a member sees it: a sentence, its figures, and what all can see of the whole."""

import pytest
from sqlalchemy import text

from exchanges.ledger.rules import Line
from tests.client import on_sqlite
from tests.exchanges.ledger.book import Book
from tests.exchanges.ledger.pages import TIME, exchange

pytestmark = on_sqlite


def test_a_balance_is_a_sentence(book: Book, client_for) -> None:
    exchange(book, "anna", "bashir", 90, "Orlo ai pantaloni")
    received = client_for(book.cast.bashir, language="en").look(TIME)
    assert received.says("You have received 1 h 30 more than you gave. That is fine.")
    assert received.says("Orlo ai pantaloni")
    assert received.says("with Anna e famiglia")
    given = client_for(book.cast.anna, language="en").look(TIME)
    assert given.says("You have given 1 h 30 more than you received.")


def test_a_newcomer_is_told_what_to_do(book: Book, client_for) -> None:
    page = client_for(book.cast.anna, language="en").look(TIME)
    assert page.says("You can receive 10 h before giving any")


def test_the_soft_floor_warns_kindly(book: Book, client_for) -> None:
    exchange(book, "anna", "bashir", 330, "Trasloco")
    page = client_for(book.cast.bashir, language="en").look(TIME)
    assert page.says("You have received 5 h 30 more than you gave.")
    assert not page.says("That is fine")
    assert page.says("To come back to balance")


@pytest.mark.parametrize(
    ("moved", "rest"),
    [
        (+240, "With gifts and other hours counted, you have 1 h to spend."),
        (+30, "With gifts and other hours counted, you have 2 h 30 to give back."),
        (+180, "With gifts and other hours counted, you are even."),
        (-60, "With gifts and other hours counted, you have 4 h to give back."),
    ],
)
def test_the_sentence_says_what_the_figures_say(book: Book, client_for, moved: int, rest: str) -> None:
    exchange(book, "anna", "bashir", 180, "Trasloco")
    book.post([Line(book.accounts["chiara"], -moved), Line(book.accounts["bashir"], moved)], kind="gift")
    browser = client_for(book.cast.bashir, language="en")
    for address in (TIME, "/c/cremona/"):
        page = browser.look(address)
        assert page.says("You have received 3 h more than you gave."), address
        assert page.says(rest), address
        figures = [" ".join(one.get_text(" ").split()) for one in page.soup.select(".r-balance dd bdi")]
        assert [figure.replace("\xa0", " ") for figure in figures] == ["0 h", "3 h"], address
    page = browser.look(TIME)
    assert page.says("In all")
    maker = client_for(book.cast.maker, language="en").look(f"{TIME}{book.cast.bashir.party.id}")
    assert maker.says("Bashir e famiglia: 3 h received more than given.")
    assert maker.says("With gifts and other hours counted: ")


def test_hours_that_only_came_as_gifts(book: Book, client_for) -> None:
    book.post([Line(book.accounts["chiara"], -60), Line(book.accounts["anna"], 60)], kind="gift")
    page = client_for(book.cast.anna, language="en").look(TIME)
    assert page.says(
        "Nothing given and nothing received yet. With gifts and other hours counted, you have 1 h to spend."
    )
    assert page.says("Ask for something you would like")


def test_other_hours_have_their_own_line(book: Book, client_for) -> None:
    book.post([Line(book.accounts["chiara"], -60), Line(book.accounts["anna"], 60)], kind="gift")
    page = client_for(book.cast.anna, language="en").look(TIME)
    assert page.says("Gifts and other hours")
    assert page.says("came in")


def test_anyone_sees_that_the_whole_sums_to_zero(book: Book, visitor) -> None:
    exchange(book, "anna", "bashir", 90, "Orlo")
    page = visitor.look(f"{TIME}whole")
    assert page.says("1 h 30")
    assert page.says("0 h")


def test_home_and_profile_speak_of_hours(book: Book, client_for) -> None:
    exchange(book, "anna", "bashir", 90, "Orlo")
    assert client_for(book.cast.bashir, language="en").look("/c/cremona/").says("You have received 1 h 30")
    assert client_for(book.cast.bashir, language="en").look("/c/cremona/me").says("My time")
    page = client_for(book.cast.bashir, language="en").look(f"/c/cremona/members/{book.cast.anna.party.id}")
    assert page.says("Give hours")
    assert not page.says("See the hours")


def test_reading_changes_nothing(book: Book, client_for) -> None:
    before = book.ask("SELECT count(*) FROM account")
    with book.database.writing() as session:
        session.execute(text("SELECT 1"))
    client_for(book.cast.zoe).look("/c/oglio-po/time/")
    assert book.ask("SELECT count(*) FROM account") == before


def test_verify_from_the_command_line(book: Book, app) -> None:
    exchange(book, "anna", "bashir", 90, "Orlo")
    done = app.test_cli_runner().invoke(args=["ledger", "verify"])
    assert done.exit_code == 0, done.output
    assert "1 transfers" in done.output
    book.disarm()
    book.attack("UPDATE entry SET minutes = minutes + 1 WHERE position = 1")
    broken = app.test_cli_runner().invoke(args=["ledger", "verify", "--community", "cremona"])
    assert broken.exit_code == 1
    assert "fault (entries)" in broken.output
    assert app.test_cli_runner().invoke(args=["ledger", "verify", "--community", "nowhere"]).exit_code == 2
