"""What one person was told, as it stands in the app."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col, select

from community.notifications.tables import NoticeChoice, Notification
from foundation.access import Actor
from foundation.database import Session, number_of
from foundation.errors import Missing

ON_A_PAGE = 20
MOST_COUNTED = 100


@dataclass(frozen=True)
class Inbox:
    """A page of it, the newest first; `older` is where the next begins, none where this is the last."""

    found: list[Notification]
    older: int | None


def inbox(session: Session, actor: Actor, before: int | None = None, limit: int = ON_A_PAGE) -> Inbox:
    """What the person was told in this community, and what belongs to none; before the one with this id."""
    statement = select(Notification).where(*_mine(actor)).order_by(col(Notification.id).desc()).limit(limit + 1)
    if before is not None:
        statement = statement.where(col(Notification.id) < before)
    found = list(session.exec(statement))
    return Inbox(found[:limit], found[limit - 1].id if len(found) > limit else None)


def own_notification(session: Session, actor: Actor, notification_id: int) -> Notification:
    """One of them. Raises Missing for anybody else's."""
    found = session.exec(select(Notification).where(*_mine(actor), col(Notification.id) == notification_id)).first()
    if found is None:
        raise Missing()
    return found


def number_unseen(actor: Actor) -> ColumnElement[int] | None:
    """How many of them were not seen yet, up to a hundred, as an expression; None for who is nobody here."""
    if actor.person_id is None or actor.is_on_behalf:
        return None
    unseen = select(col(Notification.id)).where(*_mine(actor), col(Notification.seen_at).is_(None))
    return number_of(unseen.limit(MOST_COUNTED))


def unseen_places(session: Session, actor: Actor) -> list[tuple[int, str, dict[str, Any]]]:
    """Where those lead that were not seen yet: id, endpoint and values."""
    columns = select(col(Notification.id), col(Notification.endpoint), col(Notification.place))
    statement = columns.where(*_mine(actor), col(Notification.seen_at).is_(None), col(Notification.endpoint) != "")
    rows = session.execute(statement.order_by(col(Notification.id).desc()).limit(MOST_COUNTED))
    return [(number, endpoint, place) for number, endpoint, place in rows]


def is_seen(session: Session, notification_id: int) -> bool:
    """Whether it need not be told any more. Asked at delivery.

    It was looked at meanwhile or is gone, or they have just taken themselves off all letters about such things.
    """
    no_more = exists().where(
        col(NoticeChoice.person_id) == col(Notification.person_id),
        col(NoticeChoice.topic) == col(Notification.topic),
        col(NoticeChoice.how) == "app",
    )
    statement = select(col(Notification.seen_at), no_more).where(col(Notification.id) == notification_id)
    found = session.execute(statement).one_or_none()
    return found is None or found[0] is not None or bool(found[1])


def _mine(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    here = or_(col(Notification.community_id) == actor.community_id, col(Notification.community_id).is_(None))
    return col(Notification.person_id) == actor.must_be_person(), here
