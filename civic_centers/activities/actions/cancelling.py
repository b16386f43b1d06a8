"""Calling dates off, with a reason, and taking that back. Features that hold something there tell its people."""

from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from civic_centers.activities.actions.holding import (
    hold_session,
    hold_sessions,
    rhythm_of_activity,
    take,
    touch,
)
from civic_centers.activities.actions.indexing import put_in_index
from civic_centers.activities.actions.rhythms import cut
from civic_centers.activities.actions.rooming import hold_room_for
from civic_centers.activities.queries.lists import to_come
from civic_centers.activities.queries.single import KIND, SESSION
from civic_centers.activities.rules import A_DAY, ACTIVITY_MOVES, SESSION_MOVES, NotNow, check_reason, moved
from civic_centers.activities.tables import Activity, ActivityRhythm, ActivitySession
from civic_centers.centers.actions.running import held
from civic_centers.rooms.actions import free_for_sessions, hold_rooms
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused
from foundation.feature import registry


class Begun(Refused):
    """A date that has begun is not called off: who came was there."""

    def __init__(self) -> None:
        super().__init__(
            N_("This date has begun already: it cannot be called off any more."),
            advice=N_("Write down how it went, and call off those after it if need be."),
        )


def cancel_session(
    session: Session, actor: Actor, activity_id: int, session_id: int, *, reason: str, scope: str = "one"
) -> int:
    """Call a date off, or (`following`) it and all after it, and say how many these were; twice changes nothing.

    Those after it are those of its rhythm, which then ends; for a date of its own, the other dates of their own.
    Raises Missing, NotNow, Begun, Invalid without a reason.
    """
    activity = take(session, actor, activity_id)
    one = hold_session(session, activity_id, session_id)
    said = check_reason(reason)
    if one.state == "cancelled" and scope == "one":
        return 0
    if one.starts_at <= clock.now():
        raise Begun()
    sessions = [one]
    if scope != "one":
        sessions = hold_sessions(
            session, activity_id, col(ActivitySession.starts_at) >= one.starts_at, *to_come(), _of_rhythm(one)
        )
        if one.rhythm_id is not None:
            cut(session, rhythm_of_activity(session, activity_id, one.rhythm_id), one.day - A_DAY)
    cancel_those(session, actor, activity, sessions, said)
    return len(sessions)


def cancel_activity(session: Session, actor: Actor, activity_id: int, *, reason: str) -> int:
    """Call an activity off with all its dates that have not begun, and say how many these were.

    A draft is thrown away: nobody ever sees it. Raises Missing, NotNow, Invalid without a reason.
    """
    activity = take(session, actor, activity_id)
    return call_off(session, actor, activity, check_reason(reason) if activity.is_public else reason.strip())


def call_off(session: Session, actor: Actor, activity: Activity, reason: str) -> int:
    """The same of one that is held already."""
    activity_id = activity.id or 0
    sessions = hold_sessions(session, activity_id, *to_come(), col(ActivitySession.starts_at) > clock.now())
    for rhythm in session.exec(select(ActivityRhythm).where(col(ActivityRhythm.activity_id) == activity_id)).all():
        cut(session, rhythm, clock.now().date())
    activity.state, activity.reason = moved(ACTIVITY_MOVES, activity.state, "cancel"), reason
    activity.version += 1
    session.add(activity)
    cancel_those(session, actor, activity, sessions, reason)
    audit.record(session, actor, "cancelled", KIND, activity_id, number=len(sessions))
    put_in_index(session, activity)
    for hook in registry.hooks("activity_called_off"):
        hook(session, actor, activity, reason)
    return len(sessions)


def cancel_those(
    session: Session, actor: Actor, activity: Activity, sessions: Sequence[ActivitySession], reason: str
) -> None:
    """Call off dates that are held already: their rooms are free, and `sessions_cancelled` tells who was to come."""
    if not sessions:
        return
    free_for_sessions(session, [one.booking_id for one in sessions if one.booking_id is not None])
    for one in sessions:
        one.state = moved(SESSION_MOVES, one.state, "cancel")
        one.reason, one.cancelled_at, one.booking_id = reason, clock.now(), None
        session.add(one)
    touch(sessions)
    session.flush()
    for one in sessions:
        audit.record(session, actor, "cancelled", SESSION, one.id)
    for hook in registry.hooks("sessions_cancelled"):
        hook(session, actor, sessions, reason)


def restore_session(session: Session, actor: Actor, activity_id: int, session_id: int) -> None:
    """A date that was called off takes place after all, in its room; twice changes nothing.

    Features hear of it by `sessions_restored`, and enrol again who was enrolled. Raises Missing, NotNow for
    what is over or of an activity that is, Taken where its room has something else meanwhile.
    """
    activity = take(session, actor, activity_id)
    held(session, actor, activity.center_id)
    one = hold_session(session, activity_id, session_id)
    if one.state == "planned":
        return
    if one.starts_at <= clock.now():
        raise NotNow()
    one.state = moved(SESSION_MOVES, one.state, "restore")
    touch([one])
    if one.room_id is not None:
        hold_rooms(session, [one.room_id])
    session.add(one)
    session.flush()
    with suppress(Missing):  # its room is out of use since then: it takes place, and its keepers look for another
        hold_room_for(session, actor, activity, one)
    audit.record(session, actor, "restored", SESSION, session_id)
    for hook in registry.hooks("sessions_restored"):
        hook(session, actor, [one])
    one.reason, one.cancelled_at = "", None  # only now: by it the others know what was called off with it
    session.add(one)
    session.flush()


def _of_rhythm(one: ActivitySession) -> ColumnElement[bool]:
    rhythm_id = col(ActivitySession.rhythm_id)
    return rhythm_id.is_(None) if one.rhythm_id is None else rhythm_id == one.rhythm_id
