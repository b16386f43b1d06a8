"""What is due by the clock, of agreements and of what is like them: ids with their versions, for the jobs.

Each question is asked of a table with the state in which its rows wait. It locks nothing; each job looks again for
itself.
"""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from community.communities.queries import open_communities
from exchanges.agreements.rules.silence import LEAST_AFTER_REMINDER, REMIND_BEFORE, reminder_due_at
from foundation import clock
from foundation.database import Session

BATCH = 500

Due = list[tuple[int, int]]


def reminders_due(session: Session, table: Any, state: str, said_at: Any, limit: int) -> Due:
    """The rows whose silent side is to be reminded now, the most pressing first; `said_at` since when it is silent."""
    now = clock.now()
    statement = (
        select(col(table.id), col(table.version), said_at, col(table.settles_at))
        .where(
            col(table.state) == state,
            col(table.settles_at) <= now + REMIND_BEFORE,
            col(table.reminded_at).is_(None),
            said_at.is_not(None),
        )
        .order_by(col(table.settles_at))
        .limit(limit)
    )
    found = session.execute(statement)
    return [(number, version) for number, version, said, settles in found if reminder_due_at(said, settles) <= now]


def silences_ended(session: Session, table: Any, state: str, limit: int) -> Due:
    """The rows on which silence has lasted: the condition of rules.silence_is_over, asked of the database."""
    now = clock.now()
    statement = (
        select(col(table.id), col(table.version))
        .where(
            col(table.state) == state,
            col(table.settles_at) <= now,
            col(table.reminded_at) <= now - LEAST_AFTER_REMINDER,
        )
        .order_by(col(table.settles_at))
        .limit(limit)
    )
    return [(number, version) for number, version in session.execute(statement)]


def meeting_tomorrow(session: Session, table: Any, state: str) -> Due:
    """The rows whose meeting is tomorrow, by the wall clock of their community."""
    found: Due = []
    for community in open_communities(session):
        tomorrow = clock.today(community.time_zone) + timedelta(days=1)
        statement = select(col(table.id), col(table.version)).where(
            col(table.community_id) == community.id,
            col(table.state) == state,
            col(table.starts_at) >= clock.start_of_day(tomorrow, community.time_zone),
            col(table.starts_at) < clock.start_of_day(tomorrow + timedelta(days=1), community.time_zone),
        )
        found += [(number, version) for number, version in session.execute(statement)]
    return found


def just_met(session: Session, table: Any, state: str) -> Due:
    """The rows whose meeting ended within the last two days: somebody should write how it went."""
    now = clock.now()
    statement = select(col(table.id), col(table.version), col(table.starts_at), col(table.minutes)).where(
        col(table.state) == state,
        col(table.starts_at) <= now,
        col(table.starts_at) > now - timedelta(days=2),
    )
    found = session.execute(statement)
    return [(number, version) for number, version, starts, minutes in found
            if starts + timedelta(minutes=minutes) <= now]  # fmt: skip
