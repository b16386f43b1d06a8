"""What is due by the clock: ids with their versions, for the jobs. Locks nothing; each job looks again for itself."""

from datetime import timedelta

from sqlalchemy import func, or_
from sqlmodel import col, select

from community.communities.queries import open_communities
from exchanges.agreements.rules.silence import (
    LEAST_AFTER_REMINDER,
    PROPOSAL_OUTLIVES_ITS_DAY,
    REMIND_BEFORE,
    lapses_at,
    reminder_due_at,
)
from exchanges.agreements.tables import Agreement, AgreementEvent
from foundation import clock
from foundation.database import Session

BATCH = 500

Due = list[tuple[int, int]]


def to_be_reminded(session: Session, limit: int = BATCH) -> Due:
    """Agreements whose silent side is to be reminded now, the most pressing first."""
    now = clock.now()
    statement = (
        select(Agreement)
        .where(
            col(Agreement.state) == "delivered",
            col(Agreement.settles_at) <= now + REMIND_BEFORE,
            col(Agreement.reminded_at).is_(None),
        )
        .order_by(col(Agreement.settles_at))
        .limit(limit)
    )
    return [
        (one.id, one.version)
        for one in session.scalars(statement)
        if one.id is not None
        and one.settles_at is not None
        and reminder_due_at(one.delivered_at or one.created_at, one.settles_at) <= now
    ]


def silence_ended(session: Session, limit: int = BATCH) -> Due:
    """Agreements on which silence has lasted: the condition of rules.silence_is_over, asked of the database."""
    now = clock.now()
    statement = (
        select(col(Agreement.id), col(Agreement.version))
        .where(
            col(Agreement.state) == "delivered",
            col(Agreement.settles_at) <= now,
            col(Agreement.reminded_at) <= now - LEAST_AFTER_REMINDER,
        )
        .order_by(col(Agreement.settles_at))
        .limit(limit)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def forgotten(session: Session, limit: int = BATCH) -> Due:
    """Proposals and agreements that nobody touches any more, as rules.lapses_at says."""
    now = clock.now()
    last_step = (
        select(func.max(col(AgreementEvent.at)))
        .where(col(AgreementEvent.agreement_id) == col(Agreement.id))
        .scalar_subquery()
    )
    statement = (
        select(Agreement, last_step)
        .where(
            col(Agreement.state).in_(("proposed", "accepted")),
            or_(col(Agreement.starts_at).is_(None), col(Agreement.starts_at) <= now),
            last_step <= now - PROPOSAL_OUTLIVES_ITS_DAY,
        )
        .order_by(col(Agreement.id))
        .limit(limit)
    )
    found: Due = []
    for agreement, last_step_at in session.execute(statement):
        at = lapses_at(agreement.state, agreement.starts_at, last_step_at)
        if at is not None and at <= now:
            found.append((agreement.id, agreement.version))
    return found


def meetings_of_tomorrow(session: Session) -> Due:
    """Accepted agreements whose meeting is tomorrow, by the wall clock of their community."""
    found: Due = []
    for community in open_communities(session):
        tomorrow = clock.today(community.time_zone) + timedelta(days=1)
        begins = clock.start_of_day(tomorrow, community.time_zone)
        ends = clock.start_of_day(tomorrow + timedelta(days=1), community.time_zone)
        statement = select(col(Agreement.id), col(Agreement.version)).where(
            col(Agreement.community_id) == community.id,
            col(Agreement.state) == "accepted",
            col(Agreement.starts_at) >= begins,
            col(Agreement.starts_at) < ends,
        )
        found += [(row[0], row[1]) for row in session.execute(statement)]
    return found


def ended_meetings(session: Session) -> Due:
    """Accepted agreements whose meeting ended within the last two days: somebody should write how it went."""
    now = clock.now()
    statement = select(Agreement).where(
        col(Agreement.state) == "accepted",
        col(Agreement.starts_at) <= now,
        col(Agreement.starts_at) > now - timedelta(days=2),
    )
    return [
        (one.id, one.version)
        for one in session.scalars(statement)
        if one.id is not None and one.starts_at is not None and one.starts_at + timedelta(minutes=one.minutes) <= now
    ]
