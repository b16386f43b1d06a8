"""What becomes of notices when somebody leaves a community, and when they are forgotten."""

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import col, select

from community.leaving.rules import Going
from community.members.tables import Membership
from community.notifications.tables import DigestRun, NoticeChoice, NoticeStop, NoticeWishes, Notification
from foundation.database import Session


def end_with(session: Session, going: Going) -> None:
    """What was held back for a summary is not sent to who has left."""
    session.exec(
        update(Notification).where(*_theirs(going), col(Notification.way) == "digest").values(way="app", digest_at=None)
    )


def forget(session: Session, going: Going) -> None:
    """Who has left for good was told nothing here; where they belong nowhere else, they wished nothing either."""
    session.exec(delete(Notification).where(*_theirs(going)).execution_options(synchronize_session=False))
    belongs = select(col(Membership.id)).where(
        col(Membership.person_id) == going.person_id,
        col(Membership.community_id) != going.community_id,
        col(Membership.state).in_(("applied", "approved")),
    )
    if session.scalar(belongs.limit(1)) is None:
        for table in (NoticeWishes, NoticeChoice, NoticeStop, DigestRun):
            theirs = col(table.person_id) == going.person_id
            session.exec(delete(table).where(theirs).execution_options(synchronize_session=False))


def _theirs(going: Going) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Notification.community_id) == going.community_id, col(Notification.person_id) == going.person_id
