"""How many shares the quota paid: by quarters that are over, of five families at least, and never whose."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some
from sqlmodel import select

from civic_centers.reckoning import actions
from civic_centers.reckoning.queries.quota import shares_paid
from civic_centers.reckoning.rules import Moved, Shares, shares_of
from civic_centers.reckoning.tables import Purse
from foundation import clock
from tests.civic_centers.reckoning.books import Books

FAMILIES = ("anna", "bashir", "chiara", "bakery", "administrator")
IN_APRIL = datetime(2027, 4, 1, 8, 0, tzinfo=UTC)
WINTER = (date(2027, 1, 1), date(2027, 3, 31))


def told(books: Books, when: datetime = IN_APRIL, community_id: int | None = None) -> list[tuple[date, date, int]]:
    with clock.at(when), books.database.reading() as session:
        found = shares_paid(session, community_id or books.cast.community.id)
    return [(one.first, one.last, one.number) for one in found]


def paid_for(books: Books, *names: str) -> list[int]:
    """The quota pays a share for each of them: the entries."""
    books.cycle(dict.fromkeys(FAMILIES, 2000))
    books.give(9000)
    return [books.grant(name, 500).id for name in names]


def test_five_families_are_told_once_the_quarter_is_over(books: Books) -> None:
    paid_for(books, *FAMILIES, "anna", "anna")
    assert told(books, datetime(2027, 3, 31, 20, 0, tzinfo=UTC)) == []
    assert told(books) == [(*WINTER, 5)], "seven shares, rounded down to fives"


def test_four_families_are_not_however_many_shares(books: Books) -> None:
    paid_for(books, *FAMILIES[:4], *FAMILIES[:4])
    assert told(books) == []


def test_what_was_taken_back_is_none(books: Books) -> None:
    entries = paid_for(books, *FAMILIES)
    books.do(actions.reverse, books.cast.maker, entries[0], "Era di un’altra")
    assert told(books) == []


def test_a_household_that_went_over_to_another_is_the_same_family(books: Books) -> None:
    paid_for(books, *FAMILIES)
    with books.database.writing() as session:
        purse = session.exec(select(Purse).where(Purse.party_id == books.cast.anna.party.id)).one()
        purse.heir_party_id = books.cast.bashir.party.id
    assert told(books) == []


def test_gifts_and_payments_are_no_shares_and_another_community_has_none(books: Books) -> None:
    cycle = books.cycle(dict.fromkeys(FAMILIES, 2000))
    for name in FAMILIES:
        books.pay(cycle, name, 2000, gift=100)
    assert told(books) == []
    paid_for(books, *FAMILIES)
    assert told(books) == [(*WINTER, 5)]
    assert books.cast.other_community is not None
    assert told(books, community_id=books.cast.other_community.id) == []


def test_too_few_are_told_with_the_next() -> None:
    moves = [Moved(date(2026, 2, 1), 0, family) for family in (1, 2, 3, 4, 4, 4)]
    moves += [Moved(date(2026, 8, 1), 0, family) for family in (4, 5)]
    moves += [Moved(date(2026, 11, 1), 0, family) for family in range(9)]
    assert shares_of(moves, date(2026, 7, 1)) == []
    summer = Shares(date(2026, 1, 1), date(2026, 9, 30), 5)
    assert shares_of(moves, date(2026, 12, 31)) == [summer]
    assert shares_of(moves, date(2027, 1, 1)) == [summer, Shares(date(2026, 10, 1), date(2026, 12, 31), 5)]


@settings(max_examples=60, deadline=None)
@given(some.lists(some.integers(0, 729 * 9 + 8), max_size=40))
def test_no_period_is_of_few_and_none_goes_on(moved: list[int]) -> None:
    """Each number is a day of two years and one of nine families."""
    moves = [Moved(date(2025, 1, 1) + timedelta(days=one // 9), 0, one % 9) for one in moved]
    for said in shares_of(moves, date(2026, 11, 30)):
        inside = [one.whose for one in moves if said.first <= one.on <= said.last]
        assert len(set(inside)) >= 5
        assert said.number % 5 == 0
        assert said.number <= len(inside) < said.number + 5
        assert said.last < date(2026, 11, 30)
