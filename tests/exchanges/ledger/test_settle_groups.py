"""A lesson for many: one balanced transfer, each attendee's reservation closed, the rest to the fund."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from community.parties.tables import Party
from exchanges.ledger.actions import Given, Received, Settled, open_accounts, reserve, settle
from exchanges.ledger.rules import BelowFloor, MoreThanReserved, Source, split
from foundation.database import Database
from tests.exchanges.ledger.book import Book, found

MANY = 40


@pytest.fixture
def attendees(book: Book) -> list[int]:
    """Forty households with an account each."""
    cast = book.cast
    with book.database.writing() as session:
        parties = [
            Party(
                community_id=cast.community.id,
                kind="household",
                name=f"Famiglia {number}",
                zone_id=cast.anna.party.zone_id,
            )
            for number in range(MANY)
        ]
        session.add_all(parties)
        session.flush()
        ids = [party.id or 0 for party in parties]
        open_accounts(session, ids)
    return ids


def lesson(
    book: Book,
    received: dict[int, int],
    given: dict[int, int],
    *,
    number: int = 1,
    reserved: int = 0,
    agreed: bool = False,
    database: Database | None = None,
) -> Settled:
    """Promise so many minutes of each attendee, and settle."""
    source = Source("lesson", number)
    actor = book.cast.anna.actor
    if reserved:
        with (database or book.database).writing() as session:
            for party in sorted(received):
                reserve(session, actor, party, reserved, source)
    with (database or book.database).writing() as session:
        return settle(
            session,
            actor,
            source,
            received=[Received(party, minutes, agreed) for party, minutes in received.items()],
            given=[Given(party, minutes) for party, minutes in given.items()],
            request_key=f"lesson:{number}",
        )


def balances(book: Book, parties: list[int]) -> list[int]:
    rows = dict(book.ask("SELECT party_id, balance FROM account WHERE party_id IS NOT NULL"))
    return [rows[party] for party in parties]


def entries(book: Book, transfer_id: int) -> int:
    return int(book.ask("SELECT entry_count FROM transfer WHERE id = :id", id=transfer_id)[0][0])


def test_the_usual_way(book: Book, attendees: list[int]) -> None:
    """Each of forty receives an hour, the teacher earns one, thirty-nine go to the fund."""
    teacher = book.cast.anna.party.id
    settled = lesson(book, dict.fromkeys(attendees, 60), {teacher: 60}, reserved=60)
    assert settled.to_fund == 39 * 60
    assert entries(book, settled.transfer_id) == MANY + 2
    assert balances(book, attendees) == [-60] * MANY
    assert (book.balance("anna"), book.balance("fund")) == (60, 39 * 60)
    assert book.ask("SELECT count(*), min(outcome), max(outcome) FROM reservation") == [(MANY, "settled", "settled")]
    assert book.ask("SELECT sum(reserved) FROM account") == [(0,)]
    again = lesson(book, dict.fromkeys(attendees, 60), {teacher: 60})
    assert (again.transfer_id, again.to_fund, again.repeated) == (settled.transfer_id, 39 * 60, True)
    assert found(book) == []


def test_equal_shares(book: Book, attendees: list[int]) -> None:
    """Together they receive just the hour that the teacher gives."""
    shares = dict(zip(attendees, split(60, [1] * MANY), strict=True))
    settled = lesson(book, shares, {book.cast.anna.party.id: 60}, reserved=2)
    assert settled.to_fund == 0
    assert sorted(balances(book, attendees)) == [-2] * 20 + [-1] * 20
    assert (book.balance("anna"), book.balance("fund")) == (60, 0)
    assert found(book) == []


def test_weighted_shares_and_two_teachers(book: Book, attendees: list[int]) -> None:
    three = attendees[:3]
    shares = dict(zip(three, split(120, [1, 2, 3]), strict=True))
    lesson(book, shares, {book.cast.anna.party.id: 80, book.cast.bashir.party.id: 40}, reserved=60)
    assert balances(book, three) == [-20, -40, -60]
    assert (book.balance("anna"), book.balance("bashir"), book.balance("fund")) == (80, 40, 0)


def test_who_stayed_away_receives_nothing(book: Book, attendees: list[int]) -> None:
    came = dict.fromkeys(attendees[:30], 60) | dict.fromkeys(attendees[30:], 0)
    settled = lesson(book, came, {book.cast.anna.party.id: 60}, reserved=60)
    assert entries(book, settled.transfer_id) == 32
    outcomes = book.ask("SELECT outcome, count(*) FROM reservation GROUP BY outcome ORDER BY outcome")
    assert outcomes == [("released", 10), ("settled", 30)]
    assert book.ask("SELECT sum(reserved) FROM account") == [(0,)]
    assert found(book) == []


def test_what_passes_a_teachers_ceiling_goes_to_the_fund(book: Book, attendees: list[int]) -> None:
    for name in ("chiara", "dario", "maker", "other_maker"):
        book.move("anna", name, 595)
    given = {book.cast.anna.party.id: 60, book.cast.bashir.party.id: 60}
    settled = lesson(book, dict.fromkeys(attendees, 60), given, reserved=60)
    assert (book.balance("anna"), book.balance("bashir")) == (2400, 60)
    assert settled.to_fund == book.balance("fund") == MANY * 60 - 20 - 60


def test_one_who_says_no_to_more_stops_all(book: Book, attendees: list[int]) -> None:
    received = dict.fromkeys(attendees, 60) | {attendees[7]: 61}
    with pytest.raises(MoreThanReserved):
        lesson(book, received, {book.cast.anna.party.id: 60}, reserved=60)
    assert balances(book, attendees) == [0] * MANY
    assert book.ask("SELECT sum(reserved) FROM account") == [(MANY * 60,)]


def test_one_who_cannot_take_more_stops_all(book: Book, attendees: list[int]) -> None:
    received = dict.fromkeys(attendees, 60) | {attendees[7]: 601}
    with pytest.raises(BelowFloor):
        lesson(book, received, {book.cast.anna.party.id: 60}, reserved=60, agreed=True)
    assert balances(book, attendees) == [0] * MANY
    assert book.ask("SELECT count(*) FROM reservation WHERE closed_at IS NOT NULL") == [(0,)]


def test_lessons_with_the_same_people_at_once(book: Book, attendees: list[int]) -> None:
    """Six lessons for the same forty, named in other orders, each settled by two at the same moment."""
    teachers = [book.cast.members[name].party.id for name in ("anna", "bashir", "chiara")]
    for number in range(6):
        with book.database.writing() as session:
            for party in attendees:
                reserve(session, book.cast.anna.actor, party, 60, Source("lesson", number))
    databases = [Database(book.database.url.render_as_string(hide_password=False)) for _ in range(6)]
    barrier = threading.Barrier(6)

    def settle_some(worker: int) -> list[int]:
        barrier.wait()
        done = []
        for turn in range(2):
            number = (2 * worker + turn) % 6
            order = attendees if worker % 2 else attendees[::-1]
            given = {teachers[number % 3]: 60}
            received = dict.fromkeys(order, 60)
            done.append(lesson(book, received, given, number=number, database=databases[worker]).transfer_id)
        return done

    with ThreadPoolExecutor(6) as pool:
        answers = [answer for each in pool.map(settle_some, range(6)) for answer in each]
    for each in databases:
        each.dispose()
    assert len(set(answers)) == 6
    assert balances(book, attendees) == [-360] * MANY
    assert book.balance("fund") == 6 * 39 * 60
    assert found(book) == []


@pytest.mark.parametrize(
    ("minutes", "weights", "shares"),
    [
        (60, [1, 1, 1], [20, 20, 20]),
        (60, [1] * 7, [9, 9, 9, 9, 8, 8, 8]),
        (100, [1, 2], [33, 67]),
        (10, [0, 1, 3], [0, 3, 7]),
        (2, [1, 1, 1], [1, 1, 0]),
        (0, [1, 2], [0, 0]),
        (5, [9], [5]),
    ],
)
def test_splitting_minutes(minutes: int, weights: list[int], shares: list[int]) -> None:
    assert split(minutes, weights) == shares
    assert sum(shares) == minutes


@pytest.mark.parametrize(("minutes", "weights"), [(60, []), (60, [0, 0]), (-1, [1]), (60, [2, -1])])
def test_minutes_that_cannot_be_split(minutes: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="split"):
        split(minutes, weights)
