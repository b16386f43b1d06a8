"""Locking accounts, always in one order: parties by id, then the issue account, then the fund.

Whoever locks more than one account does it here or in the statement of posting.py, which keeps the same order; so two
transactions can wait for each other, but never in a ring. The fund comes last because whether it is needed is
sometimes known only once the others are locked.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col

from community.communities.queries import rules_in_force
from exchanges.ledger.queries.accounts import ACCOUNT_FIGURES, AccountState, state_of
from exchanges.ledger.tables import Account
from foundation.database import Session


def lock_accounts(
    session: Session, community_id: int, account_ids: Iterable[int], at: datetime | None = None
) -> dict[int, AccountState]:
    """Lock accounts of a community until the end of the transaction, and say how they stand.

    An action that posts several transfers locks all their accounts first. On SQLite the turn to write is lock enough.
    Raises ValueError for an account of another community.
    """
    wanted = set(account_ids)
    statement = (
        ACCOUNT_FIGURES.where(col(Account.id).in_(sorted(wanted)), col(Account.community_id) == community_id)
        .order_by(col(Account.kind).desc(), col(Account.id))
        .with_for_update(key_share=True)
    )
    rows = session.execute(statement).all()
    if len(rows) != len(wanted):
        raise ValueError(f"some of the accounts {sorted(wanted)} are not of community {community_id}")
    rules = rules_in_force(session, community_id, at)
    return {row[0]: state_of(row, rules) for row in rows}
