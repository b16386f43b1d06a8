"""Locking accounts, always in one order: parties by id, then the issue account, then the fund.

Whoever locks more than one account does it here or in the statement of posting.py, which keeps the same order; so two
transactions can wait for each other, but never in a ring. The fund comes last because whether it is needed is
sometimes known only once the others are locked.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from community.communities.queries import rules_in_force
from exchanges.ledger.actions.driving import Statement, run
from exchanges.ledger.queries.accounts import AccountState, CommonLimits, state_of
from foundation.clock import now
from foundation.database import Session

RULES_AT = """(SELECT floor_minutes, soft_floor_minutes, ceiling_minutes FROM community_rules
    WHERE community_id = :community_id
    ORDER BY in_force_from > :at, CASE WHEN in_force_from <= :at THEN in_force_from END DESC,
      CASE WHEN in_force_from <= :at THEN id END DESC, in_force_from, id LIMIT 1)"""
"""The rules of a community at a moment, or its first ones before any were written, as a table of one row."""

_LOCK = """SELECT a.id, a.kind, a.party_id, a.balance, a.reserved, a.sequence,
    a.floor_minutes, a.soft_floor_minutes, a.ceiling_minutes, r.floor_minutes, r.soft_floor_minutes, r.ceiling_minutes
  FROM account a CROSS JOIN {rules} r WHERE {which} AND a.community_id = :community_id
  ORDER BY a.kind DESC, a.id"""


def _statement(which: str) -> Statement:
    words = _LOCK.format(rules=RULES_AT, which=which)
    return Statement.of(words, locking=" FOR NO KEY UPDATE OF a", ids="int[]", community_id="int", at="timestamptz")


_BY_ID = _statement("a.id IN :ids")
_BY_PARTY = _statement("a.party_id IN :ids AND a.kind = 'party'")


def lock_accounts(
    session: Session, community_id: int, account_ids: Iterable[int], at: datetime | None = None
) -> dict[int, AccountState]:
    """Lock accounts of a community until the end of the transaction, and say how they stand.

    An action that posts several transfers locks all their accounts first. On SQLite the turn to write is lock enough.
    Raises ValueError for an account of another community.
    """
    wanted = set(account_ids)
    accounts = _lock(session.connection(), _BY_ID, community_id, wanted, at)
    if len(accounts) != len(wanted):
        rules_in_force(session, community_id, at)
        raise ValueError(f"some of the accounts {sorted(wanted)} are not of community {community_id}")
    return {account.id: account for account in accounts}


def lock_households(
    session: Session, community_id: int, party_ids: Iterable[int], at: datetime
) -> dict[int, AccountState]:
    """Lock the accounts of parties, and say by party how they stand. Missing: those without one, and the fund."""
    accounts = _lock(session.connection(), _BY_PARTY, community_id, set(party_ids), at)
    return {account.party_id: account for account in accounts if account.party_id is not None}


def _lock(
    connection: Connection, statement: Statement, community_id: int, ids: set[int], at: datetime | None
) -> list[AccountState]:
    found = run(connection, statement, ids=sorted(ids), community_id=community_id, at=at or now())
    return [state_of(row[:9], CommonLimits(*row[9:])) for row in found]
