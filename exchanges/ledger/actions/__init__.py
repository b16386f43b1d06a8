"""What can be done in the ledger. None of it commits, and nothing is ever changed: a mistake is reversed.

An action that raises leaves its transaction to be rolled back, or to the savepoint it was called in.
"""

from exchanges.ledger.actions.dividing import divide_hours
from exchanges.ledger.actions.giving import (
    give_hours,
    grant_from_fund,
    leave_hours,
    opening_balance,
    welcome_hours,
)
from exchanges.ledger.actions.limiting import set_limits
from exchanges.ledger.actions.locking import lock_accounts
from exchanges.ledger.actions.opening import fund_account, issue_account, open_account, open_account_of, open_accounts
from exchanges.ledger.actions.posting import post_transfer
from exchanges.ledger.actions.reserving import release, reserve
from exchanges.ledger.actions.reversing import reverse, transfer_to_reverse
from exchanges.ledger.actions.settling import Given, Received, Settled, settle

__all__ = [
    "Given",
    "Received",
    "Settled",
    "divide_hours",
    "fund_account",
    "give_hours",
    "grant_from_fund",
    "issue_account",
    "leave_hours",
    "lock_accounts",
    "open_account",
    "open_account_of",
    "open_accounts",
    "opening_balance",
    "post_transfer",
    "release",
    "reserve",
    "reverse",
    "set_limits",
    "settle",
    "transfer_to_reverse",
    "welcome_hours",
]
