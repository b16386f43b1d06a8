"""What an order comes to is written once; when it changes, the difference is."""

from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from civic_centers.purchasing.tables import OrderCycle
from civic_centers.reckoning.actions.charging import charge
from civic_centers.reckoning.rules import Charge
from foundation.errors import DomainError
from tests.civic_centers.reckoning.books import Books, all_at_once

COLUMNS = "community_id, at, request_key, digest, kind, from_purse_id, to_purse_id, cents"
SAME = "community_id, at, 'x', '', kind"
BACK = "community_id, at, 'x', '', 'reversal', from_purse_id, to_purse_id"


def test_a_monthly_order_to_the_cent(books: Books) -> None:
    cycle = books.cycle({"anna": 2347, "bashir": 1999, "chiara": 5})
    assert [books.balance(name) for name in ("anna", "bashir", "chiara")] == [-2347, -1999, -5]
    assert books.of("cycle") == 2347 + 1999 + 5
    assert [one.kind for one in books.entries()] == ["order"] * 3
    assert books.open("anna") == {cycle: 2347}
    assert books.total() == 0


def test_told_twice_changes_nothing(books: Books) -> None:
    cycle = books.cycle({"anna": 2347})
    books.settle(cycle)
    books.settle(cycle)
    assert [one.cents for one in books.entries()] == [2347]


def test_weighing_writes_the_difference(books: Books) -> None:
    cycle = books.cycle({"anna": 2347, "bashir": 1000})
    books.change(cycle, "anna", 2301)
    books.change(cycle, "anna", 2400)
    assert [(one.kind, one.cents) for one in books.entries()] == [
        ("order", 2347), ("order", 1000), ("correction", 46), ("correction", 99),
    ]  # fmt: skip
    assert books.balance("anna") == -2400
    assert books.of("cycle") == 3400


def test_the_supplier_cancels(books: Books) -> None:
    cycle = books.cycle({"anna": 2347, "bashir": 1000})
    books.pay(cycle, "anna", 2347)
    books.cancel(cycle)
    assert books.balance("anna") == 2347, "what was paid is in their favour"
    assert books.balance("bashir") == 0
    assert books.of("cycle") == 0


def test_many_told_at_once_write_it_once(books: Books) -> None:
    cycle = books.cycle({"anna": 2347, "bashir": 1000})
    with books.database.writing() as session:
        session.execute(text("UPDATE purchase_order SET goods_cents = goods_cents + 10"))

    def settle() -> None:
        books.settle(cycle)

    all_at_once([settle] * 4)
    assert [one.cents for one in books.entries("correction")] == [10, 10]
    assert books.total() == 0


def test_other_sums_told_at_once_come_one_after_the_other(books: Books) -> None:
    cycle_id = books.cycle({"anna": 2347})
    order_id, family = books.orders[cycle_id, "anna"], books.cast.anna.party.id
    faults: list[DomainError] = []

    def say(cents: int) -> None:
        try:
            with books.database.writing() as session:
                charge(session, None, session.get_one(OrderCycle, cycle_id), [Charge(order_id, family, cents)])
        except DomainError as error:
            faults.append(error)

    sums = (2000, 2100, 2200, 2300)
    all_at_once([partial(say, cents) for cents in sums])
    assert faults == []
    assert len(books.entries("correction")) == len(sums)
    assert (-books.balance("anna") in sums, books.total()) == (True, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE purse_entry SET cents = 1",
        "DELETE FROM purse_entry",
        f"INSERT INTO purse_entry ({COLUMNS}) SELECT {SAME}, from_purse_id, from_purse_id, 5 FROM purse_entry",
        f"INSERT INTO purse_entry ({COLUMNS}) SELECT {SAME}, from_purse_id, to_purse_id, 0 FROM purse_entry",
        f"INSERT INTO purse_entry ({COLUMNS}, reverses_id) SELECT {BACK}, cents, id FROM purse_entry",
    ],
)
def test_the_database_itself_refuses(books: Books, statement: str) -> None:
    books.cycle({"anna": 2347})
    with pytest.raises(DBAPIError), books.database.writing() as session:
        session.execute(text(statement))
    assert [one.cents for one in books.entries()] == [2347]
