"""Many at the same moment, in threads and in processes: nothing is lost or doubled, and no limit is passed."""

import multiprocessing
import time
from collections import Counter
from pathlib import Path

import pytest

from exchanges.ledger.actions import reserve
from exchanges.ledger.queries.verification import faults, hold_still
from exchanges.ledger.rules import Source
from foundation.database import Database
from tests.exchanges.ledger.book import Book
from tests.exchanges.ledger.crowd import Answers, Job, drain, together

PEOPLE = ("anna", "bashir", "chiara", "dario", "maker", "other_maker")
both_ways = pytest.mark.parametrize("how", ["threads", "processes"])


def crowd(book: Book, work: str, *, of: int = 8, how: str = "threads", **options: object) -> list[str]:
    """Everything that everybody was answered."""
    number = of if how == "threads" else 4
    answers: list[Answers] = together([job(book, work, seed, **options) for seed in range(number)], how)
    return [answer for each in answers for answer in each]


def job(book: Book, work: str, seed: int, **options: object) -> Job:
    cast = book.cast
    return Job(
        work=work,
        url=book.database.url.render_as_string(hide_password=False),
        seed=seed,
        actor=book.maker,
        accounts=tuple(book.accounts[name] for name in PEOPLE),
        parties=tuple(cast.members[name].party.id for name in PEOPLE),
        **options,
    )


def assert_in_order(book: Book) -> None:
    with book.database.reading() as session:
        hold_still(session)
        assert [str(fault) for fault in faults(session)] == []
    assert book.ask("SELECT sum(balance), min(balance - reserved) >= -600, max(balance) <= 2400 FROM account") == [
        (0, True, True)
    ]


@both_ways
def test_nobody_passes_the_floor(book: Book, how: str) -> None:
    answers = Counter(answer.split()[0] for answer in crowd(book, "drain", how=how, times=5))
    assert answers["posted"] == 10
    assert book.balance("anna") == -600
    assert_in_order(book)


@both_ways
def test_the_same_request_from_everybody(book: Book, how: str) -> None:
    answers = set(crowd(book, "repeat", how=how, times=3, key="the same"))
    assert len(answers) == 1
    assert book.balance("anna") == -60
    assert_in_order(book)


def test_undone_once(book: Book) -> None:
    transfer = book.move("anna", "bashir", 60).transfer_id
    answers = Counter(answer.split()[0] for answer in crowd(book, "undo", transfer_id=transfer))
    assert answers == {"undone": 1, "already": 7}
    assert book.balance("anna") == 0
    assert_in_order(book)


def test_an_agreement_is_settled_once(book: Book) -> None:
    with book.database.writing() as session:
        reserve(session, book.cast.anna.actor, book.cast.anna.party.id, 60, Source("agreement", 1))
    assert len(set(crowd(book, "settle_one"))) == 1
    assert (book.balance("anna"), book.state("anna").reserved) == (-60, 0)
    assert_in_order(book)


def test_reservations_stop_at_the_floor(book: Book) -> None:
    answers = Counter(crowd(book, "reserve_all", times=3))
    assert answers == {"reserved": 10, "floor": 14}
    assert book.state("anna").available == 0
    assert_in_order(book)


@both_ways
def test_a_busy_afternoon(book: Book, how: str) -> None:
    answers = crowd(book, "live", how=how, times=12)
    assert len(answers) == 12 * (8 if how == "threads" else 4)
    assert_in_order(book)


def _post_for_ever(job: Job, acknowledged: Path) -> None:
    database = Database(job.url)
    with acknowledged.open("a", buffering=1) as file:
        while True:
            file.write(" ".join(drain(database, job)) + "\n")


def test_killed_in_the_middle(book: Book, tmp_path: Path) -> None:
    """What was answered is there, what was not is whole or not there at all, and the others go on."""
    book.attack("UPDATE community_rules SET floor_minutes = -900000, ceiling_minutes = 900000")
    context = multiprocessing.get_context("spawn")
    files = [tmp_path / f"acknowledged-{seed}" for seed in range(2)]
    processes = [
        context.Process(target=_post_for_ever, args=(job(book, "drain", seed), files[seed])) for seed in range(2)
    ]
    for process in processes:
        process.start()
    deadline = time.monotonic() + 60
    while not all(file.exists() and file.read_text().count("\n") > 20 for file in files):
        assert time.monotonic() < deadline
    for process in processes:
        process.kill()
        process.join()
    book.move("anna", "bashir", 60)
    answered = {int(line.split()[1]) for file in files for line in file.read_text().splitlines() if line}
    there = {row[0] for row in book.ask("SELECT id FROM transfer")}
    assert answered <= there
    with book.database.reading() as session:
        hold_still(session)
        assert [str(fault) for fault in faults(session)] == []
