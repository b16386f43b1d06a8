"""The databases themselves refuse, whoever writes and however: raw SQL, no action of ours."""

import pytest
from sqlalchemy.exc import DBAPIError

from tests.exchanges.ledger.book import Book

TRANSFER = """INSERT INTO transfer (id, community_id, request_key, kind, memo, at, source_kind, exempt, entry_count)
  VALUES (:transfer, :community, :key, 'exchange', '', '2026-03-01 10:00:00.000000+00', 'test', FALSE, :count)"""
MOVE = "UPDATE account SET balance = balance + {minutes}, sequence = sequence + 1 WHERE id = {account}"
ENTRY = """INSERT INTO entry (transfer_id, position, account_id, minutes, balance_after, reserved_after, sequence)
  SELECT :transfer, {position}, id, {minutes}, balance, reserved, sequence FROM account WHERE id = {account}"""


def by_hand(book: Book, *entries: tuple[str, int], count: int | None = None) -> list[str]:
    """The statements that post a transfer by hand, as right as the entries given."""
    statements = [TRANSFER]
    for position, (name, minutes) in enumerate(entries, 1):
        account = book.accounts[name]
        statements.append(MOVE.format(minutes=minutes, account=account))
        statements.append(ENTRY.format(position=position, minutes=minutes, account=account))
    return statements


def given(book: Book, count: int = 2, transfer: int = 1000) -> dict[str, object]:
    return {"transfer": transfer, "community": book.cast.community.id, "key": f"by hand {transfer}", "count": count}


def refused(book: Book, *statements: str, **parameters: object) -> str:
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


REVERSAL = TRANSFER.replace("source_kind, exempt", "source_kind, reverses_id, exempt").replace(
    "'exchange', '', '2026-03-01 10:00:00.000000+00', 'test', FALSE",
    "'reversal', '', '2026-03-01 10:00:00.000000+00', 'test', :reverses, TRUE",
)


def reversal(book: Book, *entries: tuple[str, int]) -> list[str]:
    return [REVERSAL, *by_hand(book, *entries)[1:]]


def test_a_reversal_is_taken_once(book: Book) -> None:
    first = book.move("anna", "bashir", 60).transfer_id
    mirror = reversal(book, ("bashir", 60), ("anna", -60))
    book.attack(*mirror, **given(book), reverses=first)
    assert book.balance("anna") == 0
    refused(book, *mirror, **given(book, transfer=1001), reverses=first)


def test_a_reversal_of_a_reversal(book: Book) -> None:
    first = book.move("anna", "bashir", 60).transfer_id
    book.attack(*reversal(book, ("bashir", 60), ("anna", -60)), **given(book), reverses=first)
    again = reversal(book, ("bashir", -60), ("anna", 60))
    refused(book, *again, **given(book, transfer=1001), reverses=1000)


@pytest.mark.parametrize(
    "entries",
    [
        (("bashir", 50), ("anna", -50)),
        (("anna", -60), ("bashir", 60)),
        (("chiara", 60), ("anna", -60)),
        (("bashir", -60), ("anna", 60)),
    ],
)
def test_a_reversal_that_is_no_mirror(book: Book, entries: tuple[tuple[str, int], ...]) -> None:
    first = book.move("anna", "bashir", 60).transfer_id
    refused(book, *reversal(book, *entries), **given(book), reverses=first)


def test_an_exemption_that_is_none(book: Book) -> None:
    statements = by_hand(book, ("bashir", -60), ("anna", 60))
    statements[0] = statements[0].replace("FALSE", "TRUE")
    refused(book, *statements, **given(book))


def test_a_reversal_of_nothing(book: Book) -> None:
    statements = by_hand(book, ("bashir", -60), ("anna", 60))
    statements[0] = statements[0].replace("'exchange'", "'reversal'").replace("FALSE", "TRUE")
    refused(book, *statements, **given(book))


# ---------------------------------------------------------------- reservations and limits

RESERVE = """INSERT INTO reservation
    (account_id, source_kind, source_id, minutes, available_after, opened_sequence, reserved_at)
  SELECT id, 'test', {source}, {minutes}, balance - reserved - {minutes}, sequence, opened_at
  FROM account WHERE id = {account}"""
CLOSE = """UPDATE reservation SET closed_at = reserved_at, outcome = 'released',
  closed_sequence = (SELECT sequence FROM account WHERE account.id = account_id)"""


def reserve(book: Book, name: str, minutes: int, source: int = 1) -> None:
    book.attack(RESERVE.format(source=source, minutes=minutes, account=book.accounts[name]))


def limit(book: Book, name: str, floor: int) -> None:
    book.attack(
        f"""INSERT INTO account_limit (account_id, from_sequence, floor_minutes, reason, set_at)
          SELECT id, sequence, {floor}, 'prova', opened_at FROM account WHERE id = {book.accounts[name]}"""
    )


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
