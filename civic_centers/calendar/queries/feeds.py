"""What feeds are made of, and by what they are known: so that who has one already costs one small question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlmodel import col

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.calendar.queries.lines import for_age
from civic_centers.calendar.rules import MOST_IN_FEED
from civic_centers.centers.tables import Center
from community.members.queries import actor_for
from foundation import tokens
from foundation.access import Actor
from foundation.database import Session

PURPOSE = "calendar feed"
MOST_NEW = 30
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Scope:
    """Which part of the calendar a public feed gives, and the moments it reaches between."""

    community_id: int
    since: datetime
    until: datetime
    center_id: int | None = None
    age: str = ""


@dataclass(frozen=True)
class State:
    """By what a public feed is known: it changes whenever anything in it does."""

    counted: tuple[object, ...]
    changed_at: datetime


@dataclass(frozen=True)
class Dated:
    """One date of an activity in a feed."""

    session_id: int
    activity_id: int
    title: str
    about: str
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    reason: str
    words: str
    version: int
    changed_at: datetime
    center_name: str
    address: str
    helped_by: str = ""
    """Names, one a line."""


def state_of(session: Session, scope: Scope) -> State:
    """Enrolments, which feeds do not tell, change nothing here; a title, an address or a room of time does."""
    within = _within(
        select(
            col(ActivitySession.id).label("id"),
            col(ActivitySession.version).label("version"),
            col(ActivitySession.changed_at).label("changed_at"),
            col(ActivitySession.activity_id).label("activity_id"),
            col(ActivitySession.center_id).label("center_id"),
        ),
        scope,
    ).subquery()
    changed = func.max(
        case((within.c.changed_at > col(Activity.changed_at), within.c.changed_at), else_=col(Activity.changed_at))
    )
    row = session.execute(
        select(
            func.count(),
            func.max(within.c.id),
            func.sum(within.c.version),
            func.sum(col(Activity.version)),
            func.sum(case((col(Activity.state) == "cancelled", 1), else_=0)),
            func.sum(col(Center.version)),
            changed,
            func.max(col(Center.changed_at)),
        )
        .select_from(within)
        .join(Activity, col(Activity.id) == within.c.activity_id)
        .join(Center, col(Center.id) == within.c.center_id)
    ).one()
    moments = [moment for moment in row[6:] if moment is not None]
    return State((scope, *row), max(moments, default=NEVER))


def feed_of(session: Session, scope: Scope) -> list[Dated]:
    """What a public feed tells, in the order in which it takes place."""
    statement = select(
        col(ActivitySession.id),
        col(ActivitySession.activity_id),
        col(Activity.title),
        col(Activity.words),
        col(ActivitySession.starts_at),
        col(ActivitySession.ends_at),
        col(ActivitySession.state) == "cancelled",
        func.coalesce(func.nullif(col(ActivitySession.reason), ""), col(Activity.reason)),
        col(ActivitySession.words),
        col(ActivitySession.version) + col(Activity.version) + col(Center.version) - 2,
        case(
            (col(ActivitySession.changed_at) > col(Activity.changed_at), col(ActivitySession.changed_at)),
            else_=col(Activity.changed_at),
        ),
        col(Center.name),
        col(Center.address),
        col(Activity.helped_by),
    ).join(Center, col(Center.id) == col(ActivitySession.center_id))
    return [Dated(*row) for row in session.execute(_within(statement, scope))]


def _within(statement: Any, scope: Scope) -> Any:
    """The dates of a scope, the soonest first and not without end."""
    begins = col(ActivitySession.starts_at)
    found = (
        statement.join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .where(
            col(ActivitySession.community_id) == scope.community_id,
            begins >= scope.since,
            begins < scope.until,
            col(Activity.published_at).is_not(None),
        )
        .order_by(begins, col(ActivitySession.id))
        .limit(MOST_IN_FEED)
    )
    if scope.center_id is not None:
        found = found.where(col(ActivitySession.center_id) == scope.center_id)
    return found.where(for_age(scope.age)) if scope.age else found


def newest_activities(session: Session, actor: Actor) -> Sequence[tuple[Activity, Center]]:
    """What was published last and is open, the newest first."""
    statement = (
        select(Activity, Center)
        .join(Center, col(Center.id) == col(Activity.center_id))
        .where(
            col(Activity.community_id) == actor.community_id,
            col(Activity.state) == "open",
            col(Activity.published_at).is_not(None),
        )
        .order_by(col(Activity.published_at).desc(), col(Activity.id).desc())
        .limit(MOST_NEW)
    )
    return [(activity, center) for activity, center in session.execute(statement)]


def newest_state(found: Sequence[tuple[Activity, Center]]) -> State:
    """By what these are known."""
    known = tuple((activity.id, activity.version, activity.changed_at, center.name) for activity, center in found)
    return State(known, max([activity.changed_at for activity, _center in found], default=NEVER))


def dated(one: ActivitySession, activity: Activity, center: Center) -> Dated:
    """A date that was found already, as feeds tell it."""
    return Dated(
        session_id=one.id or 0,
        activity_id=one.activity_id,
        title=activity.title,
        about=activity.words,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        cancelled=one.state == "cancelled",
        reason=one.reason or activity.reason,
        words=one.words,
        version=one.version + activity.version + center.version - 2,
        changed_at=max(one.changed_at, activity.changed_at),
        center_name=center.name,
        address=center.address,
        helped_by=activity.helped_by,
    )


def person_behind(session: Session, community_id: int, secret: str) -> Actor | None:
    """Whose calendar a secret opens, while they are a member; None for any other secret."""
    token = tokens.look(session, PURPOSE, secret)
    if token is None or token.community_id != community_id or token.person_id is None:
        return None
    actor = actor_for(session, token.person_id, community_id)
    return actor if actor.is_member else None


def has_feed(session: Session, actor: Actor) -> bool:
    """Whether the actor has a secret address that still leads somewhere."""
    found = tokens.standing(session, PURPOSE, person_id=actor.must_be_person())
    return any(token.community_id == actor.community_id for token in found)
