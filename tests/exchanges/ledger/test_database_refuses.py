"""The databases themselves refuse what is no right transfer, whoever writes and however: raw SQL, no action of ours."""

import pytest

from tests.exchanges.ledger.book import Book
from tests.exchanges.ledger.by_hand import ENTRY, MOVE, TRANSFER, by_hand, given, limit, refused, reserve


def test_a_right_transfer_written_by_hand_is_taken(book: Book) -> None:
    book.attack(*by_hand(book, ("bashir", -60), ("anna", 60)), **given(book))
    assert (book.balance("anna"), book.balance("bashir")) == (60, -60)


def test_several_entries_written_by_hand_are_taken(book: Book) -> None:
    entries = (("bashir", -60), ("chiara", -60), ("anna", 60), ("fund", 60))
    book.attack(*by_hand(book, *entries), **given(book, 4))
    assert book.balance("fund") == 60


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET minutes = 61 WHERE position = 1",
        "UPDATE entry SET minutes = minutes",
        "UPDATE entry SET account_id = account_id + 1",
        "DELETE FROM entry",
        "UPDATE transfer SET memo = 'altro'",
        "UPDATE transfer SET at = '2020-01-01 00:00:00.000000+00'",
        "UPDATE transfer SET recorded_by_id = NULL",
        "DELETE FROM transfer",
        "DELETE FROM account",
        "DELETE FROM reservation",
        "DELETE FROM account_limit",
        "UPDATE account_limit SET reason = 'altro'",
    ],
)
def test_nothing_is_changed_or_removed(book: Book, statement: str) -> None:
    book.move("anna", "bashir", 60)
    reserve(book, "bashir", 30)
    limit(book, "bashir", -1200)
    assert "append-only" in (said := refused(book, statement)) or "never" in said


@pytest.mark.parametrize("table", ["transfer", "entry", "account", "reservation", "account_limit"])
def test_nothing_is_truncated(book: Book, table: str) -> None:
    if book.database.dialect == "postgresql":
        book.move("anna", "bashir", 60)
        refused(book, f"TRUNCATE {table} CASCADE")


def test_an_unbalanced_transfer(book: Book) -> None:
    said = refused(book, *by_hand(book, ("bashir", -60), ("anna", 61)), **given(book))
    assert "sums to zero" in said


def test_an_incomplete_transfer(book: Book) -> None:
    refused(book, *by_hand(book, ("bashir", -60)), **given(book))


def test_a_transfer_without_entries(book: Book) -> None:
    refused(book, TRANSFER, **given(book))


def test_a_transfer_of_one_entry(book: Book) -> None:
    refused(book, *by_hand(book, ("bashir", -60)), **given(book, 1))


def test_an_entry_more_than_the_transfer_says(book: Book) -> None:
    refused(book, *by_hand(book, ("bashir", -60), ("anna", 60), ("chiara", 5)), **given(book, 2))


def test_an_entry_added_later(book: Book) -> None:
    posted = book.move("anna", "bashir", 60)
    statements = by_hand(book, ("chiara", 5))[1:]
    statements[1] = ENTRY.format(position=3, minutes=5, account=book.accounts["chiara"])
    refused(book, *statements, transfer=posted.transfer_id)


def test_zero_minutes(book: Book) -> None:
    refused(book, *by_hand(book, ("bashir", 0), ("anna", 0)), **given(book))


@pytest.mark.parametrize("minutes", ["1.5", "'molti'", "NULL"])
def test_minutes_that_are_no_whole_number(book: Book, minutes: str) -> None:
    account = book.accounts["anna"]
    entry = f"""INSERT INTO entry
        (transfer_id, position, account_id, minutes, balance_after, reserved_after, sequence)
      SELECT 1000, 1, id, {minutes}, {minutes}, 0, 1 FROM account WHERE id = {account}"""
    refused(book, TRANSFER, MOVE.format(minutes=minutes, account=account), entry, **given(book))


def test_a_balance_of_half_a_minute(book: Book) -> None:
    if book.database.dialect == "sqlite":
        refused(book, f"UPDATE account SET balance = 0.5, sequence = 1 WHERE id = {book.accounts['anna']}")


def test_a_balance_after_that_disagrees(book: Book) -> None:
    statements = by_hand(book, ("bashir", -60), ("anna", 60))
    statements[4] = statements[4].replace("balance, reserved", "balance + 1, reserved")
    assert "agree with its account" in refused(book, *statements, **given(book))


def test_an_account_moved_by_more_than_its_entry(book: Book) -> None:
    statements = by_hand(book, ("bashir", -60), ("anna", 60))
    statements[3] = MOVE.format(minutes=600, account=book.accounts["anna"])
    assert "follow the one before" in refused(book, *statements, **given(book))


def test_a_reserved_after_that_disagrees(book: Book) -> None:
    statements = by_hand(book, ("bashir", -60), ("anna", 60))
    statements[2] = statements[2].replace("balance, reserved", "balance, reserved + 5")
    refused(book, *statements, **given(book))


def test_a_gap_in_the_sequence(book: Book) -> None:
    statements = by_hand(book, ("bashir", -60), ("anna", 60))
    statements[1] = statements[1].replace("sequence + 1", "sequence + 2")
    refused(book, *statements, **given(book))


def test_the_same_sequence_twice(book: Book) -> None:
    book.move("anna", "bashir", 60)
    statements = by_hand(book, ("bashir", -60), ("anna", 60))
    statements[2] = statements[2].replace("reserved, sequence FROM", "reserved, sequence - 1 FROM")
    refused(book, *statements, **given(book))


def test_an_account_that_moves_without_an_entry(book: Book) -> None:
    book.move("anna", "bashir", 60)
    account = book.accounts["anna"]
    refused(book, f"UPDATE account SET balance = balance + 600 WHERE id = {account}")
    refused(book, f"UPDATE account SET balance = balance + 600, sequence = sequence + 1 WHERE id = {account}")
    refused(book, f"UPDATE account SET sequence = sequence + 1 WHERE id = {account}")
    refused(book, f"UPDATE account SET sequence = sequence - 1 WHERE id = {account}")


def test_an_account_that_changes_hands(book: Book) -> None:
    refused(book, f"UPDATE account SET party_id = NULL, kind = 'issue' WHERE id = {book.accounts['anna']}")
    refused(book, f"UPDATE account SET community_id = :other WHERE id = {book.accounts['anna']}", other=2)


def test_an_account_that_starts_with_hours(book: Book) -> None:
    party = book.cast.anna.party.id
    columns = "community_id, kind, party_id, balance, reserved, sequence, opened_at"
    for values in ("600, 0, 0", "0, 60, 0", "0, 0, 1"):
        refused(
            book,
            f"INSERT INTO account ({columns}) "
            f"SELECT community_id, 'party', id, {values}, opened_at FROM party WHERE id = {party}",
        )


def test_a_second_fund_or_issue_account(book: Book) -> None:
    columns = "community_id, kind, balance, reserved, sequence, opened_at"
    refused(
        book,
        f"INSERT INTO account ({columns}) SELECT community_id, 'issue', 0, 0, 0, opened_at FROM account "
        "WHERE kind = 'issue'",
    )


def test_an_account_of_another_community(book: Book) -> None:
    said = refused(book, *by_hand(book, ("zoe", -60), ("anna", 60)), **given(book))
    assert "one community" in said


def test_an_account_or_a_transfer_that_is_not_there(book: Book) -> None:
    entry = """INSERT INTO entry (transfer_id, position, account_id, minutes, balance_after, reserved_after, sequence)
      VALUES (:transfer, 1, 999999, 60, 60, 0, 1)"""
    refused(book, TRANSFER, entry, **given(book))
    statements = by_hand(book, ("bashir", -60), ("anna", 60))[1:]
    refused(book, *statements, transfer=999999)


def test_the_same_request_key_twice(book: Book) -> None:
    book.move("anna", "bashir", 60, key="by hand 1000")
    refused(book, *by_hand(book, ("bashir", -60), ("anna", 60)), **given(book))
