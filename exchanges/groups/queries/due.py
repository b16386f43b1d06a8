"""What is due by the clock. Locks nothing; each job looks again for itself."""

from sqlmodel import col, func, select

from exchanges.agreements.queries.timing import BATCH, Due, just_met, meeting_tomorrow, reminders_due, silences_ended
from exchanges.agreements.rules.silence import NUDGE_LEAST, NUDGE_UNTIL, WITHOUT_A_WORD, nudge_due
from exchanges.groups.tables import GroupEvent, GroupExchange, GroupPlace
from foundation import clock
from foundation.database import Session


def to_be_reminded(session: Session, limit: int = BATCH) -> Due:
    """Places whose silent side is to be reminded now, the most pressing first."""
    return reminders_due(session, GroupPlace, "told", col(GroupPlace.said_at), limit)


def silence_ended(session: Session, limit: int = BATCH) -> Due:
    """Places on which silence has lasted."""
    return silences_ended(session, GroupPlace, "told", limit)


def forgotten(session: Session, limit: int = BATCH) -> Due:
    """Groups of which nobody has told the end for sixty days."""
    statement = (
        select(col(GroupExchange.id), col(GroupExchange.version))
        .where(col(GroupExchange.state) == "planned", col(GroupExchange.starts_at) <= clock.now() - WITHOUT_A_WORD)
        .order_by(col(GroupExchange.id))
        .limit(limit)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def meetings_of_tomorrow(session: Session) -> Due:
    """Planned groups that meet tomorrow."""
    return meeting_tomorrow(session, GroupExchange, "planned")


def invitations_waiting(session: Session, limit: int = BATCH) -> Due:
    """Places to which somebody was invited, or asked anew, and has been silent for a while: as rules.nudge_due says."""
    now = clock.now()
    asked_at = (
        select(func.max(col(GroupEvent.at)))
        .where(col(GroupEvent.group_id) == col(GroupPlace.group_id), col(GroupEvent.place_id) == col(GroupPlace.id))
        .correlate(GroupPlace)
        .scalar_subquery()
    )
    statement = (
        select(GroupPlace, asked_at, col(GroupExchange.starts_at))
        .join(GroupExchange, col(GroupExchange.id) == col(GroupPlace.group_id))
        .where(
            col(GroupPlace.state) == "asked",
            col(GroupExchange.state) == "planned",
            col(GroupExchange.starts_at) > now,
            asked_at <= now - NUDGE_LEAST,
            asked_at >= now - NUDGE_UNTIL,
        )
        .order_by(col(GroupPlace.id))
        .limit(limit)
    )
    return [
        (place.id or 0, place.version)
        for place, at, starts_at in session.execute(statement)
        if nudge_due(at, starts_at, now)
    ]


def ended_meetings(session: Session) -> Due:
    """Planned groups whose meeting is just over: their host is asked how it went."""
    return just_met(session, GroupExchange, "planned")
