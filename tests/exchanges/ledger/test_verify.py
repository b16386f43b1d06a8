"""Verification finds what somebody changed behind the ledger's back, with every trigger and constraint dropped."""

from datetime import timedelta

import pytest

from community.communities.tables import CommunityRules
from exchanges.ledger.queries.verification import figures
from foundation import clock
from tests.exchanges.ledger.book import Book, found


def test_a_ledger_in_order(lived_in: Book) -> None:
    assert found(lived_in) == []
    with lived_in.database.reading() as session:
        seen = figures(session)
        assert (seen.transfers, seen.entries, seen.reservations) == (8, 16, 3)
        assert figures(session, lived_in.cast.other_community.id).transfers == 0


def test_an_empty_ledger(book: Book) -> None:
    assert found(book) == []


INSERT_TRANSFER = """INSERT INTO transfer
    (id, community_id, request_key, kind, memo, at, source_kind, exempt, entry_count, reverses_id)
  SELECT 1000, community_id, 'forged', kind, memo, at, source_kind, exempt, 2, reverses_id FROM transfer"""
INSERT_ENTRY = """INSERT INTO entry
    (transfer_id, position, account_id, minutes, balance_after, reserved_after, sequence)"""

FORGERIES = {
    "entries: sum": "UPDATE entry SET minutes = minutes + 1 WHERE transfer_id = 1 AND position = 2",
    "chain: both sides": "UPDATE entry SET minutes = minutes * 2 WHERE transfer_id = 1",
    "chain: balance after": "UPDATE entry SET balance_after = balance_after + 5 WHERE transfer_id = 2 AND position = 1",
    "chain: gap": "UPDATE entry SET sequence = sequence + 10 WHERE transfer_id = 1 AND position = 1",
    "balances: balance": "UPDATE account SET balance = balance + 60 WHERE id = {anna}",
    "whole: balance": "UPDATE account SET balance = balance + 60 WHERE id = {anna}",
    "balances: sequence": "UPDATE account SET sequence = sequence + 1 WHERE id = {chiara}",
    "entries: removed entry": "DELETE FROM entry WHERE transfer_id = 1 AND position = 1",
    "balances: removed transfer": "DELETE FROM entry WHERE transfer_id = 1; DELETE FROM transfer WHERE id = 1",
    "belonging: header gone": "DELETE FROM transfer WHERE id = 1",
    "entries: added transfer": INSERT_TRANSFER + " WHERE id = 1",
    "belonging: moved account": "UPDATE account SET community_id = {elsewhere} WHERE id = {anna}",
    "belonging: account gone": "DELETE FROM account WHERE id = {anna}",
    "orphans: no party": "UPDATE account SET party_id = NULL WHERE id = {anna}",
    "orphans: other kind": "UPDATE account SET kind = 'fund' WHERE id = {zoe}",
    "one each: second fund": "DROP INDEX uq_account_one_fund; UPDATE account SET kind = 'fund' WHERE id = {anna}",
    "reversals: no mirror": "UPDATE entry SET minutes = -minutes WHERE transfer_id = 7",
    "reversals: of nothing": "UPDATE transfer SET reverses_id = 999 WHERE kind = 'reversal'",
    "kinds: exempt": "UPDATE transfer SET exempt = TRUE WHERE id = 1",
    "kinds: reversal hidden": "UPDATE transfer SET reverses_id = NULL WHERE kind = 'reversal'",
    "reserved: less": "UPDATE account SET reserved = 0 WHERE id = {chiara}",
    "reserved at the time: entry": "UPDATE entry SET reserved_after = 7 WHERE transfer_id = 1 AND position = 1",
    "reserved at the time: reservation": "UPDATE reservation SET minutes = 61 WHERE source_id = 3",
    "reservations: settled by nothing": "UPDATE reservation SET settled_sequence = 99 WHERE source_id = 1",
    "reservations: reopened": "UPDATE reservation SET closed_at = NULL WHERE source_id = 2",
    "limits on record: set by hand": "UPDATE account SET floor_minutes = -6000 WHERE id = {anna}",
    "limits on record: history gone": "DELETE FROM account_limit",
    "floor: limit changed later": "UPDATE account_limit SET floor_minutes = -600; "
    "UPDATE account SET floor_minutes = -600 WHERE id = {bashir}",
    "floor: rules of the time": "UPDATE community_rules SET floor_minutes = -30, soft_floor_minutes = 0",
    "ceiling: rules of the time": "UPDATE community_rules SET ceiling_minutes = 60",
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_is_named(lived_in: Book, forgery: str) -> None:
    places = {**lived_in.accounts, "elsewhere": lived_in.cast.other_community.id}
    lived_in.disarm()
    lived_in.attack(*FORGERIES[forgery].format(**places).split("; "))
    check = forgery.partition(":")[0]
    assert any(line.startswith(f"{check}: ") for line in found(lived_in)), found(lived_in)


def test_a_request_key_used_twice_is_named(lived_in: Book) -> None:
    lived_in.disarm()
    if lived_in.database.dialect == "postgresql":  # SQLite cannot drop the constraint
        lived_in.attack("UPDATE transfer SET request_key = 'the same'")
        assert any(line.startswith("request keys: ") for line in found(lived_in))


def test_zero_minutes_are_named(lived_in: Book) -> None:
    lived_in.disarm()
    lived_in.attack("UPDATE entry SET minutes = 0 WHERE transfer_id = 1")
    assert any(line.startswith("minutes: ") for line in found(lived_in))


def test_a_forgery_elsewhere_does_not_trouble_one_community(lived_in: Book) -> None:
    lived_in.disarm()
    lived_in.attack(f"UPDATE account SET balance = 60 WHERE id = {lived_in.accounts['zoe']}")
    assert found(lived_in)
    assert found(lived_in, lived_in.cast.community.id) == []
    assert found(lived_in, lived_in.cast.other_community.id)


def test_limits_are_those_of_the_time(book: Book) -> None:
    """Stricter rules later make no fault of what was right before."""
    book.move("anna", "bashir", 600)
    with book.database.writing() as session:
        session.add(
            CommunityRules(
                community_id=book.cast.community.id,
                floor_minutes=-60,
                soft_floor_minutes=0,
                ceiling_minutes=60,
                in_force_from=clock.now() + timedelta(minutes=2),
            )
        )
    with clock.at(clock.now() + timedelta(hours=1)):
        book.move("bashir", "anna", 30)
    assert found(book) == []
    book.disarm()
    zone = "" if book.database.dialect == "sqlite" else "+00"
    book.attack(f"UPDATE transfer SET at = '2100-01-01 00:00:00.000000{zone}' WHERE id = 1")
    assert {line.partition(":")[0] for line in found(book)} == {"floor", "ceiling", "dates"}
