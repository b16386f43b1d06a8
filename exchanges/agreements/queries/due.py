"""What is due by the clock: ids with their versions, for the jobs. Locks nothing; each job looks again for itself."""

from sqlalchemy import exists, func, or_
from sqlmodel import col, select

from community.threads.tables import Message
from exchanges.agreements.queries.timing import BATCH, Due, just_met, meeting_tomorrow, reminders_due, silences_ended
from exchanges.agreements.rules.silence import (
    NUDGE_LEAST,
    NUDGE_UNTIL,
    PROPOSAL_OUTLIVES_ITS_DAY,
    lapses_at,
    nudge_due,
)
from exchanges.agreements.tables import Agreement, AgreementEvent
from foundation import clock
from foundation.database import Session


def to_be_reminded(session: Session, limit: int = BATCH) -> Due:
    """Agreements whose silent side is to be reminded now, the most pressing first."""
    said_at = func.coalesce(col(Agreement.delivered_at), col(Agreement.created_at))
    return reminders_due(session, Agreement, "delivered", said_at, limit)


def silence_ended(session: Session, limit: int = BATCH) -> Due:
    """Agreements on which silence has lasted."""
    return silences_ended(session, Agreement, "delivered", limit)


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


def awaiting_an_answer(session: Session, limit: int = BATCH) -> Due:
    """Proposals on which who is awaited has been silent for a while, as rules.nudge_due says; none of a series.

    Words of theirs in the conversation are an answer too, and whoever rests is left in peace.
    """
    now = clock.now()
    last_step = (
        select(func.max(col(AgreementEvent.at)))
        .where(col(AgreementEvent.agreement_id) == col(Agreement.id))
        .correlate(Agreement)
        .scalar_subquery()
    )
    spoken = exists().where(
        col(Message.thread_id) == col(Agreement.thread_id),
        col(Message.party_id) == col(Agreement.turn_id),
        col(Message.event) == "",
        col(Message.sent_at) > last_step,
    )
    statement = (
        select(Agreement, last_step)
        .where(
            col(Agreement.state) == "proposed",
            col(Agreement.series_id).is_(None),
            or_(col(Agreement.starts_at).is_(None), col(Agreement.starts_at) > now),
            last_step <= now - NUDGE_LEAST,
            last_step >= now - NUDGE_UNTIL,
            ~spoken,
        )
        .order_by(col(Agreement.id))
        .limit(limit)
    )
    return [
        (agreement.id, agreement.version)
        for agreement, last_step_at in session.execute(statement)
        if nudge_due(last_step_at, agreement.starts_at, now)
    ]


def meetings_of_tomorrow(session: Session) -> Due:
    """Accepted agreements whose meeting is tomorrow."""
    return meeting_tomorrow(session, Agreement, "accepted")


def ended_meetings(session: Session) -> Due:
    """Accepted agreements whose meeting is just over: somebody should write how it went."""
    return just_met(session, Agreement, "accepted")
