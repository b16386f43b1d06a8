"""Holding a cycle: many families at once while it is open, or alone who closes it, and what comes after that."""

from sqlalchemy import update
from sqlmodel import col, select

from civic_centers.purchasing.policies import in_sight, keeps_cycle
from civic_centers.purchasing.rules.cycles import AFTER_CLOSING, NotNow, NotYet, Shut, moved
from civic_centers.purchasing.tables import OrderCycle
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

CYCLE, ORDER_KIND = "order_cycle", "purchase_order"


def hold_open(session: Session, actor: Actor, cycle_id: int) -> OrderCycle:
    """A cycle whose door stays open until the end of the transaction: who shuts it waits for all that hold it so.

    Raises Missing, NotYet, Shut.
    """
    here = (col(OrderCycle.id) == cycle_id, col(OrderCycle.community_id) == actor.community_id)
    statement = select(OrderCycle).where(*here, in_sight(actor)).with_for_update(read=True)
    cycle = session.exec(statement.execution_options(populate_existing=True)).one_or_none()
    if cycle is None:
        raise Missing()
    if cycle.state == "planned" or (cycle.state == "open" and cycle.opens_at > clock.now()):
        raise NotYet(cycle.opens_at)
    if cycle.state != "open" or cycle.closes_at <= clock.now():
        raise Shut()
    return cycle


def hold_alone(session: Session, cycle_id: int) -> OrderCycle:
    """A cycle that nobody else changes until the end of the transaction. Raises Missing."""
    statement = select(OrderCycle).where(col(OrderCycle.id) == cycle_id).with_for_update(key_share=True)
    cycle = session.exec(statement.execution_options(populate_existing=True)).one_or_none()
    if cycle is None:
        raise Missing()
    return cycle


def hold_to_keep(session: Session, actor: Actor, cycle_id: int) -> OrderCycle:
    """The same for who keeps it. Raises Missing."""
    allowed = session.scalar(select(col(OrderCycle.id)).where(col(OrderCycle.id) == cycle_id, keeps_cycle(actor)))
    if allowed is None:
        raise Missing()
    return hold_alone(session, cycle_id)


def hold_to_change(session: Session, actor: Actor, cycle_id: int) -> OrderCycle:
    """The same once it is closed and before it is done. Raises Missing, NotNow."""
    cycle = hold_to_keep(session, actor, cycle_id)
    if cycle.state not in AFTER_CLOSING:
        raise NotNow()
    return cycle


def move(session: Session, cycle: OrderCycle, verb: str, **changes: object) -> None:
    """Move a cycle on by one conditional update. Raises NotNow where it is not there any more."""
    now = clock.now()
    to = moved(cycle.state, verb)
    statement = (
        update(OrderCycle)
        .where(col(OrderCycle.id) == cycle.id, col(OrderCycle.state) == cycle.state)
        .values(state=to, version=col(OrderCycle.version) + 1, changed_at=now, **changes)
        .execution_options(synchronize_session=False)
    )
    session.flush()
    if session.exec(statement).rowcount != 1:
        raise NotNow()
    session.refresh(cycle)
