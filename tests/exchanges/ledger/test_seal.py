"""Sealing: one chain whoever makes it and whatever interrupts, complete, and to be made again by anybody."""

import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import DBAPIError

from exchanges.ledger.actions import Given, Received, sealing, settle
from exchanges.ledger.actions.sealing import add_seal, draft_seal, settled_upto
from exchanges.ledger.jobs import run_seal, seal_new
from exchanges.ledger.queries import sealed
from exchanges.ledger.queries.seals import all_seals, latest_seal, sealed_transfers
from exchanges.ledger.rules import Line, Source
from foundation.database import Database, TookTooLong
from tests.exchanges.ledger.book import Book, found


def seal(book: Book) -> list[int]:
    """Seal what is new; the numbers of the new seals."""
    return [made.number for made in seal_new(book.database, book.cast.community.id)]


def test_a_seal_closes_what_is_new(lived_in: Book) -> None:
    assert seal(lived_in) == [1]
    assert seal(lived_in) == []
    lived_in.move("chiara", "bashir", 30)
    assert seal(lived_in) == [2]
    with lived_in.database.reading() as session:
        first, second = all_seals(session, lived_in.cast.community.id)
        assert (first.transfers, first.entries, first.previous) == (8, 16, "0" * 64)
        assert (second.transfers, second.entries, second.previous) == (1, 2, first.hash)
        assert latest_seal(session, lived_in.cast.community.id) == second
        assert latest_seal(session, lived_in.cast.other_community.id) is None
        assert sealed_transfers(session, lived_in.cast.community.id) == 9
    assert found(lived_in) == []


def test_the_daily_job_seals_every_community(lived_in: Book) -> None:
    run_seal(lived_in.database, {})
    assert lived_in.ask("SELECT community_id, number FROM seal") == [(lived_in.cast.community.id, 1)]


def test_much_at_once_becomes_several_seals(lived_in: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "MOST", 3)
    monkeypatch.setattr(sealed, "AT_ONCE", 2)
    assert seal(lived_in) == [1, 2, 3]
    assert lived_in.ask("SELECT transfers FROM seal ORDER BY number") == [(3,), (3,), (2,)]
    monkeypatch.setattr(sealed, "AT_ONCE", 2000)
    assert found(lived_in) == []


def test_nothing_of_what_happens_later_touches_a_seal(lived_in: Book) -> None:
    """Promises made before a seal and kept after it, limits that change, accounts that move on."""
    book = lived_in
    seal(book)
    with book.database.writing() as session:
        chiara = book.cast.chiara
        settle(
            session,
            chiara.actor,
            Source("errand", 3),
            received=[Received(chiara.party.id, 60)],
            given=[Given(book.cast.dario.party.id, 60)],
            request_key="agreement:3",
        )
    assert found(book) == []
    assert seal(book) == [2]
    assert found(book) == []


# ---------------------------------------------------------------- many at once, and killed


def one_chain(book: Book) -> int:
    """Every transfer stands under one seal of one chain; how many seals it has."""
    assert found(book) == []
    assert book.ask("SELECT sum(transfers) FROM seal") == book.ask("SELECT count(*) FROM transfer")
    numbers = [row[0] for row in book.ask("SELECT number FROM seal ORDER BY number")]
    assert numbers == list(range(1, len(numbers) + 1))
    return len(numbers)


def test_several_seal_at_once(lived_in: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "MOST", 1)
    databases = [Database(address(lived_in)) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        made = [seal.number for seals in pool.map(lambda each: list(seal_new(each)), databases) for seal in seals]
    for each in databases:
        each.dispose()
    assert sorted(made) == list(range(1, 9))
    assert one_chain(lived_in) == 8


def test_drafted_twice_and_added_once(lived_in: Book) -> None:
    community, database = lived_in.cast.community.id, lived_in.database
    with database.writing() as session:
        upto = settled_upto(session)
    with database.reading() as session:
        first, second = draft_seal(session, community, upto), draft_seal(session, community, upto)
    assert first
    assert second
    with database.writing() as session:
        assert add_seal(session, first)
        assert not add_seal(session, second)
    assert one_chain(lived_in) == 1


def address(book: Book) -> str:
    return book.database.url.render_as_string(hide_password=False)


def _seal_one_by_one(url: str) -> None:
    sealing.MOST = 1
    database = Database(url)
    while True:
        list(seal_new(database))


def test_killed_in_the_middle(book: Book) -> None:
    """A real process, killed while it seals: what it left are whole seals, and the next run goes on from there."""
    for number in range(200):
        book.move("anna", "bashir", 5) if number % 2 else book.move("bashir", "anna", 5)
    killed = 0
    while killed < 2:
        process = multiprocessing.get_context("spawn").Process(target=_seal_one_by_one, args=(address(book),))
        before = book.ask("SELECT count(*) FROM seal")[0][0]
        process.start()
        deadline = time.monotonic() + 60
        while book.ask("SELECT count(*) FROM seal")[0][0] < before + 10:
            assert time.monotonic() < deadline
        process.kill()
        process.join()
        killed += 1
    assert found(book) == []
    assert 20 <= book.ask("SELECT count(*) FROM seal")[0][0] < 200, "it was killed in the middle"
    assert seal(book)
    one_chain(book)


def test_transfers_go_on_while_it_seals(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight people give and receive while two seal again and again: no transfer is left out."""
    monkeypatch.setattr(sealing, "MOST", 7)
    people = ("anna", "bashir", "chiara", "dario")
    databases = [Database(address(book)) for _ in range(6)]

    def live(number: int) -> None:
        mine = Book(databases[number], book.cast, book.accounts)
        for turn in range(25):
            giver, receiver = people[(number + turn) % 4], people[(number + turn + 1) % 4]
            mine.move(giver, receiver, 1)

    def keep_sealing(number: int) -> None:
        for _ in range(10):
            list(seal_new(databases[number]))

    with ThreadPoolExecutor(6) as pool:
        work = [pool.submit(live if number < 4 else keep_sealing, number) for number in range(6)]
        for each in work:
            each.result()
    for each in databases:
        each.dispose()
    seal(book)
    one_chain(book)
    assert book.ask("SELECT count(*) FROM transfer") == [(100,)]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_transfer_in_the_middle_is_waited_for(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL a lower id may be committed after a higher one: sealing does not pass it by."""
    monkeypatch.setattr(sealing, "PATIENCE", "100ms")
    late = Database(address(book))
    lines = [Line(book.accounts["chiara"], -5), Line(book.accounts["dario"], 5)]
    with late.writing() as session:
        Book(late, book.cast, book.accounts).post_in(session, lines)
        book.move("anna", "bashir", 5)
        with pytest.raises(TookTooLong):
            seal(book)
    late.dispose()
    assert seal(book) == [1]
    assert one_chain(book) == 1
    assert book.ask("SELECT count(*) FROM transfer") == [(2,)]


# ---------------------------------------------------------------- the database keeps them


AGAIN = """INSERT INTO seal SELECT community_id, {number}, version, made_at, last_transfer_id + {more}, transfers,
  entries, last_rules_id, root, rules, {previous}, root, marks FROM seal"""


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE seal SET transfers = 7",
        "DELETE FROM seal",
        AGAIN.format(number=3, more=1, previous="hash"),
        AGAIN.format(number=2, more=1, previous="root"),
        AGAIN.format(number=2, more=0, previous="hash"),
    ],
)
def test_the_database_refuses(lived_in: Book, change: str) -> None:
    seal(lived_in)
    with pytest.raises(DBAPIError):
        lived_in.attack(change)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_sqlite_does_not_replace_a_seal(lived_in: Book) -> None:
    seal(lived_in)
    with pytest.raises(DBAPIError):
        lived_in.attack("REPLACE INTO seal SELECT * FROM seal")
