"""When a cycle comes again."""

from sqlmodel import col, select

from civic_centers.purchasing.tables import OrderPause
from foundation.database import Session


def pauses_of(session: Session, rhythm_id: int) -> list[OrderPause]:
    """The pauses of a rhythm, in order of time."""
    statement = select(OrderPause).where(col(OrderPause.rhythm_id) == rhythm_id)
    return list(session.exec(statement.order_by(col(OrderPause.from_on), col(OrderPause.id))))
