"""The seals as anybody sees and takes them, and at the foot of a statement."""

import json

import pytest
from flask import Flask

from exchanges.ledger import pages
from exchanges.ledger.actions import sealing
from exchanges.ledger.jobs import seal_new
from exchanges.ledger.queries import canonical
from tests.client import Browser, on_sqlite
from tests.exchanges.ledger.book import Book

pytestmark = on_sqlite
SEALS = "/c/cremona/time/seals"


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """Somebody who has not signed in, and reads English."""
    return Browser(app, language="en")


def last_hash(book: Book) -> str:
    return str(book.ask("SELECT hash FROM seal ORDER BY number DESC")[0][0])


def test_before_the_first_seal(book: Book, visitor, client_for) -> None:
    assert visitor.look(SEALS).says("There is no seal yet")
    assert not client_for(book.cast.anna, language="en").look("/c/cremona/time/").says("What is a seal?")


def test_a_visitor_sees_the_latest_seal(lived_in: Book, visitor) -> None:
    list(seal_new(lived_in.database))
    page = visitor.look(SEALS)
    assert page.says("Nobody rewrites the past")
    digits = last_hash(lived_in)
    assert page.says(" ".join(digits[at : at + 8] for at in range(0, 64, 8)))
    assert page.link("All seals as text").endswith("/time/seals.txt")
    assert visitor.look("/c/cremona/time/whole").link("See the seals") == SEALS


def test_all_seals_are_a_link_away(lived_in: Book, visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "MOST", 1)
    monkeypatch.setattr(pages.seals, "PAGE", 5)
    list(seal_new(lived_in.database))
    first = visitor.look(SEALS)
    older = visitor.look(first.link("Older seals"))
    hashes = [row[0][:8] for row in lived_in.ask("SELECT hash FROM seal ORDER BY number DESC")]
    assert [first.says(each) for each in hashes] == [True] * 5 + [False] * 3
    assert [older.says(each) for each in hashes[1:]] == [False] * 4 + [True] * 3


def test_the_statement_ends_with_the_seal(lived_in: Book, client_for) -> None:
    list(seal_new(lived_in.database))
    browser = client_for(lived_in.cast.anna, language="en")
    party = lived_in.cast.anna.party.id
    for address in ("/c/cremona/time/", f"/c/cremona/time/{party}/print"):
        page = browser.look(address)
        assert page.says("are closed by seal number 1 of the community")
        assert page.says(last_hash(lived_in)[:8])
    assert last_hash(lived_in)[:8] not in browser.client.get(f"/c/cremona/time/{party}/statement.csv").text


def test_the_published_chain_can_be_made_again(lived_in: Book, visitor) -> None:
    list(seal_new(lived_in.database))
    lived_in.move("anna", "chiara", 5)
    list(seal_new(lived_in.database))
    answer = visitor.client.get(f"{SEALS}.json")
    assert answer.content_type == "application/json; charset=utf-8"
    seals = json.loads(answer.data)["seals"]
    assert [each["number"] for each in seals] == [1, 2]
    for each in seals:
        assert canonical.seal_hash([each[name] for name in canonical.SEAL]) == each["hash"]
    words = visitor.client.get(f"{SEALS}.txt").text.splitlines()
    assert words[0] == "# community cremona"
    assert words[-1].split("\t")[0::3] == ["2", last_hash(lived_in)]


@pytest.mark.parametrize("query", ["before=x", "before=-1", "before=99999999999999999999"])
def test_an_address_that_makes_no_sense(lived_in: Book, visitor, query: str) -> None:
    list(seal_new(lived_in.database))
    assert visitor.client.get(f"{SEALS}?{query}").status_code in (200, 422, 400)
