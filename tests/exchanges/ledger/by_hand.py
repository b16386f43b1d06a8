"""Writing into the ledger by hand, as nobody should: statements, and what the database says to them."""

import pytest
from sqlalchemy.exc import DBAPIError

from tests.exchanges.ledger.book import Book

TRANSFER = """INSERT INTO transfer (id, community_id, request_key, kind, memo, at, source_kind, exempt, entry_count)
  VALUES (:transfer, :community, :key, 'exchange', '', '2026-03-01 10:00:00.000000+00', 'test', FALSE, :count)"""
MOVE = "UPDATE account SET balance = balance + {minutes}, sequence = sequence + 1 WHERE id = {account}"
ENTRY = """INSERT INTO entry (transfer_id, position, account_id, minutes, balance_after, reserved_after, sequence)
  SELECT :transfer, {position}, id, {minutes}, balance, reserved, sequence FROM account WHERE id = {account}"""
RESERVE = """INSERT INTO reservation
    (account_id, source_kind, source_id, minutes, available_after, opened_sequence, reserved_at)
  SELECT id, 'test', {source}, {minutes}, balance - reserved - {minutes}, sequence, opened_at
  FROM account WHERE id = {account}"""


def by_hand(book: Book, *entries: tuple[str, int], count: int | None = None) -> list[str]:
    """The statements that post a transfer by hand, as right as the entries given."""
    statements = [TRANSFER]
    for position, (name, minutes) in enumerate(entries, 1):
        account = book.accounts[name]
        statements.append(MOVE.format(minutes=minutes, account=account))
        statements.append(ENTRY.format(position=position, minutes=minutes, account=account))
    return statements


def given(book: Book, count: int = 2, transfer: int = 1000) -> dict[str, object]:
    """What the statements of a transfer ask for."""
    return {"transfer": transfer, "community": book.cast.community.id, "key": f"by hand {transfer}", "count": count}


def refused(book: Book, *statements: str, **parameters: object) -> str:
    """What the database says when it refuses; nothing has changed then."""
    before = figures(book)
    with pytest.raises(DBAPIError) as refusal:
        book.attack(*statements, **parameters)
    assert figures(book) == before
    return str(refusal.value.orig)


def figures(book: Book) -> list[object]:
    return [
        book.ask("SELECT * FROM account ORDER BY id"),
        book.ask("SELECT * FROM transfer ORDER BY id"),
        book.ask("SELECT * FROM entry ORDER BY transfer_id, position"),
        book.ask("SELECT * FROM reservation ORDER BY id"),
        book.ask("SELECT * FROM account_limit ORDER BY id"),
    ]


def reserve(book: Book, name: str, minutes: int, source: int = 1) -> None:
    book.attack(RESERVE.format(source=source, minutes=minutes, account=book.accounts[name]))


def limit(book: Book, name: str, floor: int) -> None:
    book.attack(
        f"""INSERT INTO account_limit (account_id, from_sequence, floor_minutes, reason, set_at)
          SELECT id, sequence, {floor}, 'prova', opened_at FROM account WHERE id = {book.accounts[name]}"""
    )
