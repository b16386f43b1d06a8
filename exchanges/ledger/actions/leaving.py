"""The hours of who has left, once nothing of theirs waits for an answer any more."""

from community.leaving.rules import Going
from exchanges.ledger.actions.giving import leave_hours
from exchanges.ledger.actions.locking import lock_accounts
from exchanges.ledger.actions.opening import open_account
from exchanges.ledger.queries.accounts import account_of
from foundation.access import Actor, Grant
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import registry


def hours_left_behind(session: Session, going: Going, to_party_id: int | None) -> bool:
    """Bring the account of what closed to zero; whether no hour is left in it, nor may still come.

    Hours go to the party that was named, where it is still there, else to the community fund; what is still owed is the
    fund's to bear. False while an exchange of theirs waits for its yes, its silence, or a maker.
    """
    for party_id in going.closing:
        account_id = open_account(session, party_id)
        account = lock_accounts(session, going.community_id, [account_id])[account_id]
        if account.reserved or any(hook(session, party_id) for hook in registry.hooks("party_awaited")):
            return False
        receiver = to_party_id if account.balance > 0 else None
        nobody = Actor(community_id=going.community_id, party_id=party_id, grants=(Grant("member"),))
        key = f"left:{party_id}:{account.sequence}"
        try:
            leave_hours(session, nobody, party_id, to_party_id=receiver, request_key=key)
        except Missing:
            leave_hours(session, nobody, party_id, request_key=key)
    return True


def hours_to_leave(session: Session, going: Going) -> int:
    """How many minutes those have who would close; what others owe is not taken off."""
    balances = [account_of(session, party_id).balance for party_id in going.closing]
    return sum(balance for balance in balances if balance > 0)
