"""Taking places at a session and giving them back: one conditional update, so that there is never one too many."""

from sqlalchemy import or_, update
from sqlmodel import col

from civic_centers.activities.tables import ActivitySession
from foundation.database import Session


def take_places(session: Session, session_id: int, count: int = 1) -> bool:
    """Take `count` places or none; whether they are taken. False too for a session that is cancelled."""
    table = ActivitySession
    free = or_(col(table.places).is_(None), col(table.taken) + count <= col(table.places))
    conditional = (
        update(table)
        .where(col(table.id) == session_id, col(table.state) == "planned", free)
        .values(taken=col(table.taken) + count)
    )
    return bool(session.exec(conditional.execution_options(synchronize_session="fetch")).rowcount)


def give_back_places(session: Session, session_id: int, count: int = 1) -> None:
    """Let places go again."""
    table = ActivitySession
    conditional = update(table).where(col(table.id) == session_id).values(taken=col(table.taken) - count)
    session.exec(conditional.execution_options(synchronize_session="fetch"))
