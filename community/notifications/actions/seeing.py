"""What somebody has seen: then it is told nowhere else."""

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import col

from community.notifications.queries import own_notification
from community.notifications.tables import Notification
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.signals import signal


def see(session: Session, actor: Actor, notification_id: int) -> Notification:
    """The person has looked at one, and so at all that was told of its matter. Raises Missing for anybody else's."""
    one = own_notification(session, actor, notification_id)
    which = col(Notification.id) == one.id
    if one.matter:
        same = (col(Notification.matter) == one.matter) & col(Notification.community_id).is_not_distinct_from(
            one.community_id
        )
        which = or_(which, same)
    _seen(session, one.person_id, which)
    return one


def see_matter(session: Session, person_id: int, community_id: int, matter: str) -> None:
    """The person has looked at a matter, or done something about it."""
    _seen(
        session,
        person_id,
        (col(Notification.matter) == matter) & (col(Notification.community_id) == community_id),
    )


def see_all(session: Session, actor: Actor, upto: int) -> None:
    """The person has seen everything of this community, up to the newest one on the page."""
    here = or_(col(Notification.community_id) == actor.community_id, col(Notification.community_id).is_(None))
    _seen(session, actor.must_be_person(), here & (col(Notification.id) <= upto))


def _seen(session: Session, person_id: int, which: ColumnElement[bool]) -> None:
    changed = session.exec(
        update(Notification)
        .where(col(Notification.person_id) == person_id, col(Notification.seen_at).is_(None), which)
        .values(seen_at=clock.now())
    )
    if changed.rowcount:
        signal(session, f"person:{person_id}")
