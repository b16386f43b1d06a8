"""What families owe for a cycle: written when its sums are settled, and their difference whenever they change."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import case, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from civic_centers.purchasing.tables import OrderCycle
from civic_centers.reckoning.actions.writing import Movement, hold, write
from civic_centers.reckoning.rules import CHARGES, CYCLE, PARTY, Charge, Place
from civic_centers.reckoning.tables import Purse, PurseEntry
from foundation import audit
from foundation.access import Actor
from foundation.database import Session


@dataclass(frozen=True)
class _Known:
    """What stands written of an order so far."""

    party_id: int
    cents: int
    times: int


def charge(session: Session, actor: Actor | None, cycle: OrderCycle, charges: Iterable[Charge]) -> int:
    """Bring what stands written of these orders to what they come to now; says how many movements that took.

    Called again with the same sums it writes nothing, however many do so at once: the purse of the cycle is held. Where
    something is written, the accounts of the cycle are open again.
    """
    here, cycle_id = cycle.community_id, cycle.id or 0
    purse = Place(CYCLE, cycle_id)
    hold(session, here, [purse])
    known = _known(session, cycle_id)
    wanted = sorted(charges, key=lambda one: one.order_id)
    moves = [move for one in wanted if (move := _difference(one, known.get(one.order_id), purse)) is not None]
    if moves:
        purses = hold(session, here, {place for one in moves for place in (one.source, one.target)})
        for one in moves:
            write(session, actor, here, purses, one)
        purses[purse].closed_at = None
        session.add(purses[purse])
        whose = {"community_id": here} if actor is None else {}
        audit.record(session, actor, "charged", "purse_cycle", cycle_id, moves=len(moves), **whose)
    return len(moves)


def _difference(now: Charge, before: _Known | None, purse: Place) -> Movement | None:
    """What is missing to what an order comes to now; None where nothing is, or nobody owes it any more."""
    party_id = now.party_id or (before.party_id if before else None)
    difference = now.cents - (before.cents if before else 0)
    if party_id is None or not difference:
        return None
    theirs = Place(PARTY, party_id)
    return Movement(
        kind="correction" if before else "order",
        source=theirs if difference > 0 else purse,
        target=purse if difference > 0 else theirs,
        cents=abs(difference),
        key=f"order:{now.order_id}:{before.times + 1 if before else 1}",
        cycle_id=purse.of,
        order_id=now.order_id,
    )


def _known(session: Session, cycle_id: int) -> dict[int, _Known]:
    """What stands written of each order of a cycle, and with whom it stood last."""
    source, target = aliased(Purse), aliased(Purse)
    charged = col(source.kind) == PARTY
    statement = (
        select(
            col(PurseEntry.order_id),
            func.sum(case((charged, col(PurseEntry.cents)), else_=-col(PurseEntry.cents))),
            func.count(),
            func.max(func.coalesce(col(source.party_id), col(target.party_id))),
        )
        .join(source, col(source.id) == col(PurseEntry.from_purse_id))
        .join(target, col(target.id) == col(PurseEntry.to_purse_id))
        .where(col(PurseEntry.cycle_id) == cycle_id, col(PurseEntry.kind).in_(CHARGES))
        .group_by(col(PurseEntry.order_id))
    )
    return {
        order_id: _Known(party_id, int(cents), times)
        for order_id, cents, times, party_id in session.execute(statement)
        if order_id is not None
    }
