"""Taking places at a session and giving them back: one conditional update, so that there is never one too many."""

from functools import cache

from sqlalchemy import BindParameter, Update, bindparam, or_

from civic_centers.activities.tables import ActivitySession
from foundation.database import Session, table_of


def take_places(session: Session, session_id: int, count: int = 1) -> bool:
    """Take `count` places or none; whether they are taken. False too for a session that is cancelled."""
    return _move(session, _taking(), session_id, count) == 1


def give_back_places(session: Session, session_id: int, count: int = 1) -> None:
    """Let places go again."""
    _move(session, _giving_back(), session_id, count)


def _move(session: Session, statement: Update, session_id: int, count: int) -> int:
    session.flush()
    moved: int = session.connection().execute(statement, {"which": session_id, "count": count}).rowcount
    loaded = session.identity_map.get(session.identity_key(ActivitySession, session_id))
    if loaded is not None:
        session.expire(loaded, ["taken"])
    return moved


@cache
def _taking() -> Update:
    """Made once, and past the mapper: five hundred may say it in the same second, one after the other."""
    rows = table_of(ActivitySession)
    count: BindParameter[int] = bindparam("count")
    free = or_(rows.c.places.is_(None), rows.c.taken + count <= rows.c.places)
    return (
        rows.update()
        .where(rows.c.id == bindparam("which"), rows.c.state == "planned", free)
        .values(taken=rows.c.taken + count)
    )


@cache
def _giving_back() -> Update:
    rows = table_of(ActivitySession)
    return rows.update().where(rows.c.id == bindparam("which")).values(taken=rows.c.taken - bindparam("count"))
