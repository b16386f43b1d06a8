"""Who has been met and vouched for."""

from datetime import date, datetime

from sqlalchemy import func, or_
from sqlmodel import col, select

from community.communities.queries import community_of
from community.safeguarding.tables import IdentityCheck, Reference
from foundation import clock
from foundation.database import Session

REFERENCES_NEEDED = 2


def is_verified_for_care(session: Session, community_id: int, person_id: int, at: datetime) -> bool:
    """Whether a person may look after children and frail people at a moment (domain, Children 1).

    A maker has seen an identity document that is still good then, and spoken with two people who vouch. What was
    withdrawn since counts for nothing, at any moment.
    """
    day = clock.local(at, community_of(session, community_id).time_zone).date()
    return _identity_seen(session, community_id, person_id, day) and (
        _references(session, community_id, person_id, day) >= REFERENCES_NEEDED
    )


def _identity_seen(session: Session, community_id: int, person_id: int, day: date) -> bool:
    statement = select(col(IdentityCheck.id)).where(
        col(IdentityCheck.community_id) == community_id,
        col(IdentityCheck.person_id) == person_id,
        col(IdentityCheck.seen_on) <= day,
        col(IdentityCheck.withdrawn_at).is_(None),
        or_(col(IdentityCheck.expires_on).is_(None), col(IdentityCheck.expires_on) >= day),
    )
    return session.scalar(statement.limit(1)) is not None


def _references(session: Session, community_id: int, person_id: int, day: date) -> int:
    statement = select(func.count(func.distinct(col(Reference.given_by)))).where(
        col(Reference.community_id) == community_id,
        col(Reference.person_id) == person_id,
        col(Reference.given_on) <= day,
        col(Reference.withdrawn_at).is_(None),
    )
    return session.scalar(statement) or 0
