"""The pages of the hours, as members and makers see them."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import text

from exchanges.ledger.actions.settling import Given, Received, settle
from exchanges.ledger.rules import Line, Source
from foundation import clock
from tests.client import on_sqlite
from tests.exchanges.ledger.book import Book

pytestmark = on_sqlite
TIME = "/c/cremona/time/"
MOVEMENTS = "/c/cremona/movements/"


def exchange(book: Book, giver: str, receiver: str, minutes: int, memo: str) -> None:
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


def test_a_balance_is_a_sentence(book: Book, client_for) -> None:
    exchange(book, "anna", "bashir", 90, "Orlo ai pantaloni")
    received = client_for(book.cast.bashir, language="en").look(TIME)
    assert received.says("You have received 1 h 30 more than you gave. That is fine.")
    assert received.says("Orlo ai pantaloni")
    assert received.says("with Anna e famiglia")
    given = client_for(book.cast.anna, language="en").look(TIME)
    assert given.says("You have given 1 h 30 more than you received.")


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


def read_csv(page) -> list[list[str]]:
    assert page.html.startswith("\ufeff")
    return list(csv.reader(io.StringIO(page.html.removeprefix("\ufeff")), delimiter=";"))


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


def test_anyone_sees_that_the_whole_sums_to_zero(book: Book, visitor) -> None:
    exchange(book, "anna", "bashir", 90, "Orlo")
    page = visitor.look(f"{TIME}whole")
    assert page.says("1 h 30")
    assert page.says("0 h")


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
