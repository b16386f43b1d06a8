"""What is due by the clock. Locks nothing; each job looks again for itself."""

from datetime import timedelta

from sqlmodel import col, select

from community.communities.queries import open_communities
from exchanges.agreements.rules.silence import LEAST_AFTER_REMINDER, REMIND_BEFORE, WITHOUT_A_WORD, reminder_due_at
from exchanges.groups.tables import GroupExchange, GroupPlace
from foundation import clock
from foundation.database import Session

BATCH = 500

Due = list[tuple[int, int]]
"""Ids with their versions."""


def to_be_reminded(session: Session, limit: int = BATCH) -> Due:
    """Places whose silent side is to be reminded now, the most pressing first."""
    now = clock.now()
    statement = (
        select(GroupPlace)
        .where(
            col(GroupPlace.state) == "told",
            col(GroupPlace.settles_at) <= now + REMIND_BEFORE,
            col(GroupPlace.reminded_at).is_(None),
        )
        .order_by(col(GroupPlace.settles_at))
        .limit(limit)
    )
    return [
        (one.id, one.version)
        for one in session.scalars(statement)
        if one.id and one.settles_at and one.said_at and reminder_due_at(one.said_at, one.settles_at) <= now
    ]


def silence_ended(session: Session, limit: int = BATCH) -> Due:
    """Places on which silence has lasted."""
    now = clock.now()
    statement = (
        select(col(GroupPlace.id), col(GroupPlace.version))
        .where(
            col(GroupPlace.state) == "told",
            col(GroupPlace.settles_at) <= now,
            col(GroupPlace.reminded_at) <= now - LEAST_AFTER_REMINDER,
        )
        .order_by(col(GroupPlace.settles_at))
        .limit(limit)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


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
    """Planned groups that meet tomorrow, by the wall clock of their community."""
    found: Due = []
    for community in open_communities(session):
        tomorrow = clock.today(community.time_zone) + timedelta(days=1)
        statement = select(col(GroupExchange.id), col(GroupExchange.version)).where(
            col(GroupExchange.community_id) == community.id,
            col(GroupExchange.state) == "planned",
            col(GroupExchange.starts_at) >= clock.start_of_day(tomorrow, community.time_zone),
            col(GroupExchange.starts_at) < clock.start_of_day(tomorrow + timedelta(days=1), community.time_zone),
        )
        found += [(row[0], row[1]) for row in session.execute(statement)]
    return found


def ended_meetings(session: Session) -> Due:
    """Planned groups whose meeting ended within the last two days: their host is asked how it went."""
    now = clock.now()
    statement = select(GroupExchange).where(
        col(GroupExchange.state) == "planned",
        col(GroupExchange.starts_at) <= now,
        col(GroupExchange.starts_at) > now - timedelta(days=2),
    )
    return [
        (one.id, one.version)
        for one in session.scalars(statement)
        if one.id and one.starts_at and one.starts_at + timedelta(minutes=one.minutes) <= now
    ]
