"""What is paid out for a cycle, to its supplier and for its costs, and closing its accounts."""

from sqlmodel import col, select

from civic_centers.reckoning.actions.writing import Movement, hold, key_of, write
from civic_centers.reckoning.policies import must_keep
from civic_centers.reckoning.queries.balances import balance_of
from civic_centers.reckoning.rules import (
    CYCLE,
    GROUP,
    LONGEST_WORDS,
    Place,
    checked_cents,
    checked_way,
    checked_words,
)
from civic_centers.reckoning.tables import PurseEntry
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Refused, Stale

OF_CYCLE = "purse_cycle"


def pay_out(
    session: Session, actor: Actor, cycle_id: int, what: str, cents: int, way: str, words: str = "", *, key: str = ""
) -> PurseEntry:
    """Write down what was paid to the supplier (`what` is supplier: the invoice in `words`), or for costs (cost).

    The accounts of the cycle are open again. Raises Missing for who does not keep the cycle, Invalid.
    """
    must_keep(session, actor, cycle_id)
    if what not in ("supplier", "cost"):
        raise Invalid(N_("Say for what it was."), field="what")
    checked_cents(cents)
    checked_way(way)
    said = checked_words(words, needed=False, longest=LONGEST_WORDS)
    cycle, till = Place(CYCLE, cycle_id), Place(way)
    purses = hold(session, actor.community_id, (cycle, till))
    out = Movement(what, cycle, till, cents, key_of(actor, what, key), cycle_id=cycle_id, words=said)
    entry = write(session, actor, actor.community_id, purses, out)
    purses[cycle].closed_at = None
    session.add(purses[cycle])
    audit.record(session, actor, "paid_out", OF_CYCLE, cycle_id, cents=cents, what=what)
    return entry


def close_accounts(session: Session, actor: Actor, cycle_id: int, left_over: int) -> None:
    """Close the accounts of a cycle: what is left over goes to the group, what is missing is the group's to bear.

    `left_over` is the difference that was read. Raises Missing, Stale where it is another by now, Refused before the
    supplier was paid.
    """
    must_keep(session, actor, cycle_id)
    cycle, group = Place(CYCLE, cycle_id), Place(GROUP)
    purses = hold(session, actor.community_id, (cycle, group))
    if purses[cycle].closed_at is not None:
        raise Stale(N_("Somebody has closed the accounts already."))
    balance = balance_of(session, purses[cycle])
    if balance != left_over:
        raise Stale(N_("The sums have changed meanwhile. Look at the difference once more."))
    if balance > 0 and not _paid_supplier(session, cycle_id):
        raise Refused(
            N_("The supplier has not been paid yet."), advice=N_("Write that down first: what is left over comes then.")
        )
    if balance:
        source, target = (cycle, group) if balance > 0 else (group, cycle)
        key = f"rounding:{cycle_id}:{_number_of(session, cycle_id)}"
        left = Movement("rounding", source, target, abs(balance), key, cycle_id=cycle_id)
        write(session, actor, actor.community_id, purses, left)
    purses[cycle].closed_at = clock.now()
    session.add(purses[cycle])
    audit.record(session, actor, "closed_accounts", OF_CYCLE, cycle_id, left_over=balance)


def _paid_supplier(session: Session, cycle_id: int) -> bool:
    paid = select(col(PurseEntry.id)).where(col(PurseEntry.cycle_id) == cycle_id, col(PurseEntry.kind) == "supplier")
    undone = select(col(PurseEntry.reverses_id)).where(col(PurseEntry.reverses_id).is_not(None))
    return session.scalars(paid.where(col(PurseEntry.id).not_in(undone)).limit(1)).first() is not None


def _number_of(session: Session, cycle_id: int) -> int:
    """The last movement of the cycle: the key by which its accounts are closed once as they stand."""
    last = select(col(PurseEntry.id)).where(col(PurseEntry.cycle_id) == cycle_id)
    return session.scalars(last.order_by(col(PurseEntry.id).desc()).limit(1)).first() or 0
