"""The hours of a household that divides in two, or of two that become one."""

from exchanges.ledger.actions.locking import lock_accounts
from exchanges.ledger.actions.opening import open_account
from exchanges.ledger.actions.posting import post_transfer
from exchanges.ledger.rules import Line, Source
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Refused

CHANGE = "household_change"


def divide_hours(
    session: Session, actor: Actor, from_id: int, to_id: int, minutes: int | None, *, change_id: int, memo: str
) -> int:
    """Move a part of a balance to another household, and say how many minutes moved; None moves all of it.

    `minutes` has the sign of the balance: below zero it is a part of what is owed. No limit holds it, as nobody
    receives or gives anything. The caller has authorised it. Raises Refused when the balance is less by now.
    """
    accounts = (open_account(session, from_id), open_account(session, to_id))
    balance = lock_accounts(session, actor.community_id, accounts)[accounts[0]].balance
    moving = balance if minutes is None else minutes
    if moving == 0:
        return 0
    if abs(moving) > abs(balance) or (moving > 0) != (balance > 0):
        raise Refused(
            N_("The balance has changed meanwhile, and what you agreed upon no longer fits in it."),
            advice=N_("Propose it again as the balance stands now."),
        )
    post_transfer(
        session,
        actor,
        (Line(accounts[0], -moving), Line(accounts[1], moving)),
        request_key=f"{CHANGE}:{change_id}",
        kind="leaving",
        source=Source(CHANGE, change_id),
        memo=memo,
        for_party_id=from_id,
    )
    return moving
