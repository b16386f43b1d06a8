"""The hours of an agreement in the ledger: promised from the yes on, given back, moved when it settles."""

from community.threads.actions import tell
from exchanges.agreements.actions.steps import KIND, kept
from exchanges.agreements.actions.telling import confidential_post
from exchanges.agreements.rules import reserved_minutes
from exchanges.agreements.rules.events import TO_FUND
from exchanges.agreements.tables import Agreement
from exchanges.ledger.actions.reserving import release, reserve
from exchanges.ledger.actions.settling import Given, Received, settle
from exchanges.ledger.rules import Source
from foundation.access import Actor
from foundation.database import Session


def hold(session: Session, actor: Actor, agreement: Agreement) -> None:
    """Make the ledger hold back what the agreement's state demands: more, other, or nothing.

    Raises BelowFloor when who receives cannot take on so much.
    """
    wanted = held_by(agreement)
    if agreement.way == "recorded" or not wanted:
        release(session, actor, source_of(agreement))
    if wanted:
        reserve(session, actor, agreement.receiver_id, wanted, source_of(agreement))


def move_hours(
    session: Session,
    actor: Actor,
    agreement: Agreement,
    minutes: int,
    *,
    agreed: bool = False,
    promised: Source | None = None,
) -> None:
    """Move `minutes` from who received to who gave, and close the reservation; nothing moves for a gift.

    `agreed` is the receiver's yes to more than was reserved, `promised` what the minutes were reserved for, where that
    is not the agreement. What would pass the giver's ceiling goes to the
    community fund, and the thread says so. An agreement moves its hours once, whatever is asked twice. Raises
    MoreThanReserved and BelowFloor.
    """
    if minutes == 0:
        release(session, actor, source_of(agreement))
        return
    settled = settle(
        session,
        actor,
        source_of(agreement),
        received=[Received(agreement.receiver_id, minutes, agreed=agreed)],
        given=[Given(agreement.giver_id, minutes)],
        request_key=f"{KIND}:{agreement.id}",
        # All makers read the movements, and they stay for good: what a confidential need was is not among them.
        memo="" if confidential_post(session, agreement) else agreement.title,
        for_party_id=agreement.giver_id,
        promised=promised,
    )
    if settled.to_fund:
        tell(session, None, agreement.thread_id, TO_FUND, {"over_minutes": settled.to_fund})


def held_by(agreement: Agreement) -> int:
    """The minutes that must be reserved for an agreement as it stands."""
    return reserved_minutes(
        way=agreement.way,
        state=agreement.state,
        gift=agreement.gift,
        minutes=agreement.minutes,
        said_by_receiver=agreement.delivered_by_id == agreement.receiver_id,
    )


def source_of(agreement: Agreement) -> Source:
    """What the ledger writes beside a transfer or reservation of this agreement."""
    return Source(KIND, kept(agreement.id))
