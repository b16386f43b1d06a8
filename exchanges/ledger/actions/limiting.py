"""Other limits for a single account, dated and with a reason."""

from exchanges.ledger.actions.giving import needed_reason, party_of_community
from exchanges.ledger.actions.locking import lock_accounts
from exchanges.ledger.actions.opening import open_account
from exchanges.ledger.policies import LIMIT, must_not_be_own, must_reach
from exchanges.ledger.tables import AccountLimit
from foundation import audit
from foundation.access import Actor
from foundation.clock import now
from foundation.database import Session
from foundation.errors import N_, Invalid


def set_limits(
    session: Session,
    actor: Actor,
    party_id: int,
    *,
    floor: int | None,
    soft_floor: int | None,
    ceiling: int | None,
    reason: str,
) -> AccountLimit:
    """Give an account limits of its own, in minutes, from its next entry on; None means the community's.

    Raises Missing for a party out of reach, Refused for one's own, Invalid at the field that cannot be.
    """
    why = needed_reason(reason)
    if floor is not None and floor > 0:
        raise Invalid(N_("The lower limit is at most zero."), field="floor")
    if ceiling is not None and ceiling < 0:
        raise Invalid(N_("The upper limit is at least zero."), field="ceiling")
    if floor is not None and soft_floor is not None and soft_floor < floor:
        raise Invalid(N_("The warning comes before the limit, not after it."), field="soft_floor")
    party = party_of_community(session, actor, party_id)
    must_reach(actor, LIMIT, party)
    must_not_be_own(actor, frozenset({party_id}))
    account_id = open_account(session, party_id)
    account = lock_accounts(session, actor.community_id, [account_id])[account_id]
    limit = AccountLimit(
        account_id=account_id,
        from_sequence=account.sequence,
        floor_minutes=floor,
        soft_floor_minutes=soft_floor,
        ceiling_minutes=ceiling,
        reason=why,
        set_by_id=actor.recorder_id,
        set_at=now(),
    )
    session.add(limit)
    session.flush()
    audit.record(session, actor, "limited", "account", account_id, floor=floor, soft_floor=soft_floor, ceiling=ceiling)
    return limit
