"""Changing dates: one alone, it and those after it, or all to come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from civic_centers.activities.actions.holding import (
    hold_session,
    rhythm_of_activity,
    take,
    touch,
    zone_of,
)
from civic_centers.activities.actions.laying import lay_out
from civic_centers.activities.actions.rhythms import beat_of, cut, new_rhythm
from civic_centers.activities.actions.rooming import check_room, hold_room_for
from civic_centers.activities.actions.shrinking import set_places
from civic_centers.activities.queries.planning import Change, Plan, at_of, dates_of, lasting, plans_for
from civic_centers.activities.queries.single import KIND, SESSION, room_of
from civic_centers.activities.rules import A_DAY, NotNow, check_minutes, check_moment, shifted
from civic_centers.activities.tables import Activity, ActivityRhythm, ActivitySession
from civic_centers.centers.actions.running import held
from civic_centers.centers.rules import Overtaken
from civic_centers.rooms.actions import free_for_sessions, hold_rooms
from civic_centers.rooms.rules import Taken
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing
from foundation.feature import registry

Move = tuple[ActivitySession, datetime, datetime]
"""A date, and from when to when it was before."""


@dataclass(frozen=True)
class Moved:
    """How many dates were changed, which stayed because they had been changed by themselves, which have no room."""

    number: int
    left_alone: int
    without: Sequence[ActivitySession]


def change_session(
    session: Session, actor: Actor, activity_id: int, session_id: int, change: Change, *, version: int | None = None
) -> None:
    """Change one date alone: what is changed for all later leaves it as it is. `version` is what was looked at.

    Raises Missing, NotNow for what is over or called off, Invalid at the field, Overtaken, Taken, TooManyThere.
    """
    activity = take(session, actor, activity_id)
    held(session, actor, activity.center_id)
    one = hold_session(session, activity_id, session_id)
    _must_be_as_seen(one, version)
    if one.state != "planned" or one.ends_at <= clock.now():
        raise NotNow()
    before, room_before = (one.starts_at, one.ends_at), room_of(one)
    moves = before != (change.starts_at, change.ends_at)
    elsewhere = moves or change.room_id != one.room_id or (one.room_id is not None and one.booking_id is None)
    if moves:
        if one.starts_at <= clock.now():
            raise Invalid(N_("It has begun already: its time stays as it is."), field="starts")
        check_moment(change.starts_at, clock.now())
        check_minutes(_minutes(change.ends_at - change.starts_at))
    if change.places != one.places:
        set_places(session, actor, [one], change.places, change.reason)
        one.changed = True
    if elsewhere:
        _take_elsewhere(session, actor, activity, one, change)
    one.words = change.words
    touch([one])
    session.add(one)
    session.flush()
    audit.record(session, actor, "changed", SESSION, session_id)
    if moves:
        _tell_moved(session, actor, [(one, *before)])
    elif _is_elsewhere(one, room_before):
        _tell_elsewhere(session, actor, [one])


def change_dates(
    session: Session,
    actor: Actor,
    activity_id: int,
    session_id: int,
    change: Change,
    scope: str,
    *,
    version: int | None = None,
) -> Moved:
    """Give a date and those after it (`following`), or all to come (`all`), another time or room.

    In a rhythm the old one ends before them and another begins; dates changed by themselves, or called off, stay as
    they are. Where the room is not free a date has none until another is found.
    Raises Missing, NotNow, Invalid at the field, Overtaken where that date has another version than was looked at.
    """
    activity = take(session, actor, activity_id)
    center = held(session, actor, activity.center_id)
    one = hold_session(session, activity_id, session_id)
    _must_be_as_seen(one, version)
    zone = zone_of(session, activity)
    check_minutes(_minutes(change.ends_at - change.starts_at))
    check_minutes(_minutes(lasting(one, change, zone)))
    check_room(session, actor, activity, change.room_id)
    affected = dates_of(session, one, scope, lock=True)
    plans = plans_for(affected, one, change, zone)
    for plan in plans:
        check_moment(plan.starts_at, clock.now())
    rhythm = None
    if one.rhythm_id is not None:
        old = rhythm_of_activity(session, activity_id, one.rhythm_id)
        rhythm = _another(session, activity, old, affected, one, change)
    activity.room_id = change.room_id
    session.add(activity)
    moves, elsewhere, without = _move(session, actor, activity, plans, change.room_id)
    if rhythm is not None:
        without = [*without, *lay_out(session, actor, activity, rhythm, center).without]
    audit.record(session, actor, "changed_dates", KIND, activity_id, number=len(plans))
    if moves:
        _tell_moved(session, actor, moves)
    if elsewhere:
        _tell_elsewhere(session, actor, elsewhere)
    return Moved(len(plans), len(affected) - len(plans), without)


def _must_be_as_seen(one: ActivitySession, version: int | None) -> None:
    if version is not None and one.version != version:
        raise Overtaken(N_("This date was changed meanwhile, here or on another phone."))


def _another(
    session: Session,
    activity: Activity,
    old: ActivityRhythm,
    affected: Sequence[ActivitySession],
    one: ActivitySession,
    change: Change,
) -> ActivityRhythm:
    """The rhythm from here on; all affected dates belong to it, and the one before ends."""
    beat = beat_of(old)
    zone = zone_of(session, activity)
    wall = clock.local(change.starts_at, zone)
    to_day, weekday = wall.date(), one.day.isoweekday()
    weekdays = shifted(beat, one.day, to_day)
    delta = to_day - one.day
    alone = len(beat.weekdays) == 1
    days = {other.id: other.day + (delta if other.day.isoweekday() == weekday else timedelta()) for other in affected}
    last_on = beat.last_on
    if last_on is not None:
        last_on += delta if alone else max(delta, timedelta())
    first_on, from_day = min(days.values()), min(other.day for other in affected)
    new = replace(
        beat, weekdays=weekdays, at=at_of(wall), minutes=_minutes(lasting(one, change, zone)), first_on=first_on,
        last_on=None if last_on is None else max(first_on, last_on),
    )  # fmt: skip
    rhythm = new_rhythm(session, activity, new)
    laid = old.laid_out_until or from_day
    # What the shift let fall out of the window is laid out again; days that stand are known, and not doubled.
    rhythm.laid_out_until = rhythm.last_on or min(laid, laid + delta)
    for other in affected:
        other.rhythm_id, other.day = rhythm.id, days[other.id]
        session.add(other)
    session.flush()
    if from_day <= old.first_on:
        session.delete(old)
    else:
        cut(session, old, from_day - A_DAY)
    session.flush()
    return rhythm


def _move(
    session: Session, actor: Actor, activity: Activity, plans: Sequence[Plan], room_id: int | None
) -> tuple[list[Move], list[ActivitySession], list[ActivitySession]]:
    """Bring dates to their times: all rooms are let go first, so that none stands in the way of another.

    Gives those that have another time, those that have another room and nothing else, and those that have none.
    """
    rooms_before = {plan.one.id: room_of(plan.one) for plan in plans}
    rooms = {plan.one.room_id for plan in plans} | {room_id}
    hold_rooms(session, [room for room in rooms if room is not None])
    free_for_sessions(session, [plan.one.booking_id for plan in plans if plan.one.booking_id is not None])
    moves: list[Move] = []
    without: list[ActivitySession] = []
    for plan in plans:
        one = plan.one
        if (one.starts_at, one.ends_at) != (plan.starts_at, plan.ends_at):
            moves.append((one, one.starts_at, one.ends_at))
        one.starts_at, one.ends_at, one.room_id, one.booking_id = plan.starts_at, plan.ends_at, room_id, None
        one.changed = False
        if one.rhythm_id is None:
            one.day = plan.day
        touch([one])
        session.add(one)
    session.flush()
    for plan in plans:
        try:
            hold_room_for(session, actor, activity, plan.one)
        except (Taken, Missing):
            without.append(plan.one)
    moved = {one.id for one, _starts_at, _ends_at in moves}
    stayed = [plan.one for plan in plans if plan.one.id not in moved]
    return moves, [one for one in stayed if _is_elsewhere(one, rooms_before[one.id])], without


def _is_elsewhere(one: ActivitySession, room_before: int | None) -> bool:
    """Whether a date has another room, and it is settled which: one still looked for is told when found."""
    return room_of(one) == one.room_id != room_before


def _take_elsewhere(session: Session, actor: Actor, activity: Activity, one: ActivitySession, change: Change) -> None:
    """Another time or another room, for one date."""
    if change.room_id != one.room_id:
        check_room(session, actor, activity, change.room_id)
    hold_rooms(session, [room for room in (one.room_id, change.room_id) if room is not None])
    if one.booking_id is not None:
        free_for_sessions(session, [one.booking_id])
    one.starts_at, one.ends_at = change.starts_at, change.ends_at
    one.room_id, one.booking_id, one.changed = change.room_id, None, True
    session.add(one)
    session.flush()
    if one.starts_at > clock.now():
        hold_room_for(session, actor, activity, one)


def _minutes(span: timedelta) -> int:
    return round(span / timedelta(minutes=1))


def _tell_moved(session: Session, actor: Actor, moves: Sequence[Move]) -> None:
    session.flush()
    for hook in registry.hooks("sessions_moved"):
        hook(session, actor, moves)


def _tell_elsewhere(session: Session, actor: Actor, sessions: Sequence[ActivitySession]) -> None:
    session.flush()
    for hook in registry.hooks("sessions_elsewhere"):
        hook(session, actor, sorted(sessions, key=lambda one: one.starts_at))
