"""The history of a community's own words and rules."""

from collections.abc import Iterable

from sqlmodel import col, select

from community.changes.policies import HISTORY
from community.changes.tables import CommunityChange
from community.members.tables import Person
from foundation.access import Actor
from foundation.database import Session, rows_of
from foundation.errors import Missing

PAGE = 30


def history(
    session: Session, actor: Actor, *, kind: str = "", before: int | None = None, limit: int = PAGE
) -> tuple[list[tuple[CommunityChange, Person | None]], int | None]:
    """Changes with who made them, newest first, and the id to go on from when there are more. Raises Missing."""
    if not actor.may(HISTORY):
        raise Missing()
    statement = (
        select(CommunityChange, Person)
        .outerjoin(Person, col(Person.id) == col(CommunityChange.person_id))
        .where(col(CommunityChange.community_id) == actor.community_id)
        .order_by(col(CommunityChange.id).desc())
        .limit(limit + 1)
    )
    if kind:
        statement = statement.where(col(CommunityChange.kind) == kind)
    if before is not None:
        statement = statement.where(col(CommunityChange.id) < before)
    rows = [(change, person) for change, person in session.execute(statement)]
    return rows[:limit], rows[limit - 1][0].id if len(rows) > limit else None


def leads_named(session: Session, changes: Iterable[CommunityChange]) -> dict[int, str]:
    """The names, as they are now, of the safeguarding leads that changes speak of: the history itself keeps none."""
    ids = {change.object_id for change in changes if change.kind == "lead" and change.object_id is not None}
    return {person.id or 0: person.name for person in rows_of(session, Person, ids)}
