"""Who was told something, so that they hear too what became of it."""

from collections.abc import Collection

from sqlmodel import col, select

from community.notifications.rules import Notice
from community.notifications.tables import CallToMake, Notification
from foundation.database import Session


def those_told(session: Session, notice: Notice, person_ids: Collection[int], start: str) -> list[int]:
    """Who of some people was told a notice whose key begins so, in the app or by voice; in the order they came in."""
    told: set[int] = set()
    for table in (Notification, CallToMake):
        told.update(
            session.scalars(
                select(col(table.person_id)).where(
                    col(table.person_id).in_(list(person_ids)),
                    col(table.notice) == notice.name,
                    col(table.key).contains(f":{start}", autoescape=True),
                )
            )
        )
    return [one for one in person_ids if one in told]
