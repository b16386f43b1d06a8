"""Whose summary is due, and what waits for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func
from sqlalchemy import select as columns
from sqlmodel import col, select

from community.communities.tables import Community
from community.members.tables import Membership, Person
from community.notifications.queries.reaching import roles_columns, wishes_in
from community.notifications.rules import due_slot, usual_wishes
from community.notifications.tables import DigestRun, NoticeWishes, Notification
from foundation import clock
from foundation.database import Session

MOST_HELD = 100


@dataclass(frozen=True)
class Due:
    """Who is to be written to, and which day's summary it is."""

    person_id: int
    day: date
    zone: str


def due_people(session: Session) -> list[Due]:
    """Everybody with e-mail whose summary is due now and was not seen to yet today.

    The clock is that of the community they joined first; where they belong to several they get one summary.
    """
    now = clock.now()
    joined = (
        select(col(Membership.person_id), func.min(col(Membership.community_id)).label("community_id"))
        .join(Community, col(Community.id) == col(Membership.community_id))
        .where(col(Membership.state) == "approved", col(Community.closed_at).is_(None))
        .group_by(col(Membership.person_id))
        .subquery()
    )
    held = exists().where(
        col(Notification.person_id) == col(Person.id),
        col(Notification.way) == "digest",
        col(Notification.digest_at) <= now,
    )
    roles = roles_columns(col(Person.id))
    statement = (
        columns(col(Person.id), col(Community.time_zone), NoticeWishes, held, *roles.values())
        .join(joined, joined.c.person_id == col(Person.id))
        .join(Community, col(Community.id) == joined.c.community_id)
        .outerjoin(NoticeWishes, col(NoticeWishes.person_id) == col(Person.id))
        .where(col(Person.email).is_not(None))
        .order_by(col(Person.id))
    )
    found = []
    for person_id, zone, row, waits, *holds in session.execute(statement):
        theirs = {role for role, one in zip(roles, holds, strict=True) if one}
        wishes = wishes_in(row) if row is not None else usual_wishes(theirs)
        day = due_slot(now, zone, wishes, held=bool(waits)) if wishes.by_mail else None
        if day is not None:
            found.append(Due(person_id, day, zone))
    return _not_yet(session, found)


def last_run(session: Session, person_id: int) -> datetime | None:
    """When somebody's last summary was seen to."""
    found: datetime | None = session.scalar(
        select(func.max(col(DigestRun.at))).where(col(DigestRun.person_id) == person_id)
    )
    return found


def held_of(session: Session, person_id: int) -> list[Notification]:
    """What waits for somebody's summary, the oldest first. A weekly one takes along what was put off to a day."""
    statement = (
        select(Notification)
        .where(col(Notification.person_id) == person_id, col(Notification.way) == "digest")
        .order_by(col(Notification.id))
        .limit(MOST_HELD)
    )
    return list(session.exec(statement))


def still_to_say(session: Session, ids: Sequence[int]) -> list[Notification]:
    """Those of these that nobody has seen meanwhile, the oldest first."""
    statement = select(Notification).where(col(Notification.id).in_(ids), col(Notification.seen_at).is_(None))
    return list(session.exec(statement.order_by(col(Notification.id))))


def homes_of(session: Session, person_id: int) -> list[Community]:
    """The open communities somebody belongs to, the one they joined first before."""
    statement = (
        select(Community)
        .join(Membership, col(Membership.community_id) == col(Community.id))
        .where(
            col(Membership.person_id) == person_id,
            col(Membership.state) == "approved",
            col(Community.closed_at).is_(None),
        )
        .order_by(col(Community.id))
    )
    return list(session.exec(statement))


def _not_yet(session: Session, found: list[Due]) -> list[Due]:
    days = {one.day for one in found}
    runs = session.execute(select(col(DigestRun.person_id), col(DigestRun.day)).where(col(DigestRun.day).in_(days)))
    done = {(person_id, day) for person_id, day in runs} if days else set()
    return [one for one in found if (one.person_id, one.day) not in done]
