"""When the last one has answered, one balanced transfer moves the hours of all."""

from community.threads.actions import tell
from exchanges.agreements.actions.telling import confidential_post
from exchanges.agreements.rules.events import TO_FUND
from exchanges.groups.actions.steps import KIND, Held
from exchanges.groups.actions.telling import tell_host, tell_place
from exchanges.groups.notices import COMPLETE, NOBODY, NOBODY_LEFT, SETTLED, SETTLED_HOURS
from exchanges.groups.rules import AWAITED, Side, settled_shares
from exchanges.groups.tables import GroupPlace
from exchanges.ledger.actions.locking import lock_accounts
from exchanges.ledger.actions.opening import open_accounts
from exchanges.ledger.actions.settling import Given, Received, settle
from foundation.database import Session


def answer_with(held: Held, place: GroupPlace, minutes: int) -> None:
    """Set aside what a place has said yes to. Raises BelowFloor, and then nothing was answered.

    Who answers last holds the accounts of all before their own: nobody waits for another in a ring.
    """
    others = [one for one in held.places if one.state in AWAITED and one is not place]
    if not others:
        ids = [held.group.host_id, *(one.party_id for one in held.places if one.state == "confirmed"), place.party_id]
        accounts = open_accounts(held.session, sorted(set(ids)))
        lock_accounts(held.session, held.group.community_id, accounts.values())
    held.set_aside(place, minutes)


def settle_if_answered(held: Held) -> None:
    """Move the hours of a group of which no answer is awaited any more; nothing happens before.

    `held` acts by itself: whoever answered last has no other part in it. A group moves its hours once.
    """
    group = held.group
    if group.state != "held" or any(one.state in AWAITED for one in held.places):
        return
    confirmed = [one for one in held.places if one.state == "confirmed"]
    if not confirmed:
        held.move("void", Side.CLOCK, NOBODY_LEFT)
        tell_host(held, NOBODY, "void")
        return
    found = settled_shares([one.said_minutes or 0 for one in confirmed], group.host_minutes)
    if sum(found.each):
        to_fund = _move(held, confirmed, found.host)
        held.move("settle", Side.CLOCK, SETTLED_HOURS, minutes=sum(found.each))
        if to_fund:
            tell(held.session, None, group.thread_id, TO_FUND, {"over_minutes": to_fund})
    else:
        held.move("settle", Side.CLOCK, SETTLED, minutes=0)
    tell_host(held, COMPLETE, "settled")
    for place in confirmed:
        tell_place(held, place, COMPLETE, quietly=True)


def _move(held: Held, confirmed: list[GroupPlace], host_minutes: int) -> int:
    """One transfer for all; the minutes of it that went to the fund."""
    session: Session = held.session
    group = held.group
    settled = settle(
        session,
        held.actor,
        held.source,
        # Each has said yes to what is told here, and it was set aside with that yes.
        received=[Received(one.party_id, one.said_minutes or 0, agreed=True) for one in confirmed],
        given=[Given(group.host_id, host_minutes)],
        request_key=f"{KIND}:{group.id}",
        # All makers read the movements, and they stay for good: what a confidential need was is not among them.
        memo="" if confidential_post(session, group) else group.title,
        for_party_id=group.host_id,
    )
    for place in confirmed:
        place.reserved = 0
    return settled.to_fund
