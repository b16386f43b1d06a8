"""When a cycle comes again."""

from sqlmodel import col, select

from civic_centers.purchasing.tables import OrderCycle, OrderPause, OrderRhythm
from foundation.database import Session


def pauses_of(session: Session, rhythm_id: int) -> list[OrderPause]:
    """The pauses of a rhythm, in order of time."""
    statement = select(OrderPause).where(col(OrderPause.rhythm_id) == rhythm_id)
    return list(session.exec(statement.order_by(col(OrderPause.from_on), col(OrderPause.id))))


def rhythm_of(session: Session, cycle: OrderCycle) -> OrderRhythm | None:
    """The rhythm by which a cycle comes again, as long as it does."""
    rhythm = session.get(OrderRhythm, cycle.rhythm_id) if cycle.rhythm_id is not None else None
    return rhythm if rhythm is not None and rhythm.ended_at is None else None
