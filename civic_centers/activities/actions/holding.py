"""Taking an activity in hand, so that two keepers never change it at once: always its center first, then itself."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from civic_centers.activities.policies import must_run
from civic_centers.activities.queries.planning import sessions_where
from civic_centers.activities.queries.single import activity_to_run
from civic_centers.activities.rules import NotNow
from civic_centers.activities.tables import Activity, ActivityRhythm, ActivitySession
from civic_centers.centers.tables import Center
from community.communities.queries import community_of
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

GOING = ("draft", "open")


def take(session: Session, actor: Actor, activity_id: int, states: Collection[str] = GOING) -> Activity:
    """An activity for who runs it, held until the end of the transaction. Raises Missing, NotNow in another state."""
    hold_center(session, activity_to_run(session, actor, activity_id).center_id)
    activity = hold_activity(session, activity_id)
    must_run(session, actor, activity_id)
    if activity.state not in states:
        raise NotNow()
    return activity


def hold_center(session: Session, center_id: int) -> Center:
    """Let nobody else change what goes on in a center until the end of the transaction."""
    statement = select(Center).where(col(Center.id) == center_id).with_for_update(key_share=True)
    return session.exec(statement.execution_options(populate_existing=True)).one()


def hold_activity(session: Session, activity_id: int) -> Activity:
    """The row, held; its center is held by the caller."""
    statement = select(Activity).where(col(Activity.id) == activity_id).with_for_update(key_share=True)
    return session.exec(statement.execution_options(populate_existing=True)).one()


def hold_sessions(session: Session, activity_id: int, *demands: ColumnElement[bool]) -> list[ActivitySession]:
    """Those dates of an activity that answer some conditions, held, in the order of their numbers."""
    return sessions_where(session, activity_id, *demands, lock=True)


def hold_session(session: Session, activity_id: int, session_id: int) -> ActivitySession:
    """One date, held. Raises Missing where it is of another activity."""
    found = hold_sessions(session, activity_id, col(ActivitySession.id) == session_id)
    if not found:
        raise Missing()
    return found[0]


def rhythm_of_activity(session: Session, activity_id: int, rhythm_id: int | None) -> ActivityRhythm:
    """A rhythm of this activity. Raises Missing."""
    rhythm = session.get(ActivityRhythm, rhythm_id, populate_existing=True) if rhythm_id is not None else None
    if rhythm is None or rhythm.activity_id != activity_id:
        raise Missing()
    return rhythm


def touch(sessions: Sequence[ActivitySession]) -> None:
    """Calendars are to show these dates anew."""
    for one in sessions:
        one.version += 1
        one.changed_at = clock.now()


def zone_of(session: Session, activity: Activity) -> str:
    """The zone on whose wall its times are meant."""
    return community_of(session, activity.community_id).time_zone
