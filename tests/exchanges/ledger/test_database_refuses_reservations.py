"""The databases themselves refuse what is no right reservation or limit of an account."""

import pytest

from tests.exchanges.ledger.book import Book
from tests.exchanges.ledger.by_hand import RESERVE, limit, refused, reserve

CLOSE = """UPDATE reservation SET closed_at = reserved_at, outcome = 'released',
  closed_sequence = (SELECT sequence FROM account WHERE account.id = account_id)"""


def test_reserved_minutes_follow_the_reservations(book: Book) -> None:
    reserve(book, "anna", 60)
    reserve(book, "anna", 30, source=2)
    assert book.state("anna").reserved == 90
    book.attack(CLOSE + " WHERE source_id = 1")
    assert book.state("anna").reserved == 30


def test_reserved_minutes_are_not_set_by_hand(book: Book) -> None:
    reserve(book, "anna", 60)
    refused(book, f"UPDATE account SET reserved = 0 WHERE id = {book.accounts['anna']}")
    refused(book, f"UPDATE account SET reserved = 90 WHERE id = {book.accounts['bashir']}")


@pytest.mark.parametrize(
    "change",
    ["minutes = 1", "account_id = account_id + 1", "source_id = 9", "available_after = 0", "reserved_at = closed_at"],
)
def test_a_reservation_is_not_changed(book: Book, change: str) -> None:
    reserve(book, "anna", 60)
    refused(book, f"UPDATE reservation SET {change}")
    refused(book, f"{CLOSE}, {change}")


def test_a_closed_reservation_is_not_opened_or_closed_again(book: Book) -> None:
    reserve(book, "anna", 60)
    book.attack(CLOSE)
    refused(book, CLOSE)
    refused(book, "UPDATE reservation SET closed_at = NULL, outcome = NULL, closed_sequence = NULL")


def test_a_reservation_that_disagrees_with_its_account(book: Book) -> None:
    account = book.accounts["anna"]
    wrong = RESERVE.format(source=1, minutes=60, account=account).replace("balance - reserved - 60", "0")
    refused(book, wrong)
    refused(book, RESERVE.format(source=1, minutes=60, account=account).replace(", sequence,", ", sequence + 1,"))
    refused(book, RESERVE.format(source=1, minutes=0, account=account))
    refused(book, RESERVE.format(source=1, minutes=-60, account=account))


def test_two_open_reservations_for_one_source(book: Book) -> None:
    reserve(book, "anna", 60)
    refused(book, RESERVE.format(source=1, minutes=30, account=book.accounts["anna"]))


def test_a_reservation_settled_by_no_entry(book: Book) -> None:
    reserve(book, "anna", 60)
    refused(book, CLOSE.replace("'released'", "'settled'") + ", settled_sequence = 1")


def test_limits_of_an_account_have_a_reason_on_record(book: Book) -> None:
    limit(book, "anna", -1200)
    assert book.state("anna").floor == -1200
    refused(book, f"UPDATE account SET floor_minutes = -9000 WHERE id = {book.accounts['anna']}")
    refused(
        book,
        f"""INSERT INTO account_limit (account_id, from_sequence, floor_minutes, reason, set_at)
          SELECT id, sequence + 1, -60, 'prova', opened_at FROM account WHERE id = {book.accounts["anna"]}""",
    )
    refused(
        book,
        f"""INSERT INTO account_limit (account_id, from_sequence, floor_minutes, reason, set_at)
          SELECT id, sequence, -60, '', opened_at FROM account WHERE id = {book.accounts["anna"]}""",
    )


@pytest.mark.parametrize("table", ["transfer", "entry", "account", "reservation", "account_limit"])
def test_replacing_a_row_is_refused_even_without_recursive_triggers(book: Book, table: str) -> None:
    if book.database.dialect == "sqlite":
        book.move("anna", "bashir", 60)
        reserve(book, "bashir", 30)
        limit(book, "bashir", -1200)
        columns = [row[0] for row in book.ask(f"SELECT name FROM pragma_table_info('{table}')")]
        names = ", ".join(column for column in columns if column != "last_sequence")
        refused(
            book,
            "PRAGMA recursive_triggers = OFF",
            "PRAGMA foreign_keys = OFF",
            f"REPLACE INTO {table} ({names}) SELECT {names} FROM {table}",
        )
