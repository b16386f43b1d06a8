"""Redeeming a voucher at the shop: once, however many telephones read it at the same moment."""

from sqlalchemy import update
from sqlmodel import col

from civic_centers.vouchers.actions.telling import tell_holders
from civic_centers.vouchers.notices import REDEEMED, UNDONE
from civic_centers.vouchers.queries import KIND, behind
from civic_centers.vouchers.queries.held import Held, of_own_shop, state_of
from civic_centers.vouchers.rules import UNDO_FOR, NotGood, RedeemedBefore
from civic_centers.vouchers.tables import Voucher
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Refused, Stale
from foundation.once import first_time


class TooLate(Refused):
    """The minutes in which a slip can be undone are over."""

    def __init__(self) -> None:
        super().__init__(
            N_("It can be undone for ten minutes only."),
            advice=N_("Tell a maker: they can give another voucher."),
        )


class UndoneSince(Stale):
    """The press is an old one: what it redeemed has been undone, or is not good any more."""

    def __init__(self) -> None:
        super().__init__(
            N_("This was undone in the meantime: nothing is redeemed now."),
            advice=N_("Read the code again, and redeem it anew."),
        )


def redeem(session: Session, actor: Actor, code: str, *, request_key: str = "") -> Held:
    """Redeem the voucher behind a code, for the shop the actor acts for. The same `request_key` redeems once.

    Raises NotGood, RedeemedBefore for whoever comes second, UndoneSince where the press comes again after an undo.
    """
    if not first_time(session, request_key, actor.person_id, content=code):
        before = of_own_shop(session, actor, code)
        if before.voucher.state != "redeemed":
            raise UndoneSince()
        return before
    held = behind(session, actor, code)
    now = clock.now()
    redeemed = session.exec(
        update(Voucher)
        .where(col(Voucher.id) == held.voucher.id, col(Voucher.state) == "given", col(Voucher.ends_at) > now)
        .values(state="redeemed", ended_at=now, ended_by_id=actor.recorder_id)
        .execution_options(synchronize_session=False)
    )
    session.refresh(held.voucher)
    if not redeemed.rowcount:
        if held.voucher.state == "redeemed":
            raise RedeemedBefore(held.voucher.ended_at or now)
        raise NotGood(state_of(held.voucher))
    audit.record(session, actor, "redeemed", KIND, held.voucher.id)
    tell_holders(session, held.voucher, REDEEMED, key=f"{now.timestamp():.0f}")
    return held


def undo(session: Session, actor: Actor, code: str) -> None:
    """Take a slip of the thumb back, within ten minutes; who holds it is told that it is good again.

    Raises NotGood for others, TooLate.
    """
    held = of_own_shop(session, actor, code)
    now = clock.now()
    undone = session.exec(
        update(Voucher)
        .where(
            col(Voucher.id) == held.voucher.id,
            col(Voucher.state) == "redeemed",
            col(Voucher.ended_at) >= now - UNDO_FOR,
            col(Voucher.ends_at) > now,
        )
        .values(state="given", ended_at=None, ended_by_id=None)
        .execution_options(synchronize_session=False)
    )
    if not undone.rowcount:
        raise TooLate()
    session.refresh(held.voucher)
    audit.record(session, actor, "undid", KIND, held.voucher.id)
    tell_holders(session, held.voucher, UNDONE, key=f"undone:{now.timestamp():.0f}")
