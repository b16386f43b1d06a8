"""Laying dates out: single ones, and those of a rhythm as far as they are to stand, with their rooms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from civic_centers.activities.actions.cancelling import cancel_those
from civic_centers.activities.actions.holding import (
    hold_activity,
    hold_center,
    hold_sessions,
    rhythm_of_activity,
    take,
    zone_of,
)
from civic_centers.activities.actions.rhythms import beat_of, cut, new_rhythm
from civic_centers.activities.actions.rooming import check_room, hold_room_for, tell_of_rooms
from civic_centers.activities.queries.foreseeing import Span, days_to_lay
from civic_centers.activities.queries.lists import to_come
from civic_centers.activities.queries.single import KIND
from civic_centers.activities.rules import Beat, check_beat, check_reason, check_span, horizon
from civic_centers.activities.tables import Activity, ActivityRhythm, ActivitySession
from civic_centers.centers.actions.running import held
from civic_centers.centers.tables import Center
from civic_centers.rooms.actions import hold_rooms
from civic_centers.rooms.rules import Taken
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing

OUT, WITHOUT = "out", "without"
"""What becomes of dates at which the room is not free: left out, or held without it until another is found."""


@dataclass(frozen=True)
class Laid:
    """The dates that were laid out, and those of them without the room they want."""

    made: Sequence[ActivitySession]
    without: Sequence[ActivitySession]


def add_dates(
    session: Session,
    actor: Actor,
    activity_id: int,
    spans: Sequence[Span],
    room_id: int | None,
    *,
    clashing: str = WITHOUT,
) -> Laid:
    """Add one or several dates. Raises Missing, NotNow, Invalid for a time that cannot be."""
    activity = take(session, actor, activity_id)
    held(session, actor, activity.center_id)
    for span in spans:
        check_span(span.starts_at, span.ends_at, clock.now())
    _take_room(session, actor, activity, room_id)
    laid = _stand(session, actor, activity, None, spans, clashing=clashing)
    audit.record(session, actor, "added_dates", KIND, activity_id, number=len(laid.made))
    return laid


def add_rhythm(
    session: Session, actor: Actor, activity_id: int, beat: Beat, room_id: int | None, *, clashing: str = WITHOUT
) -> Laid:
    """Begin a rhythm, and lay out its dates as far as they are to stand now.

    Raises Missing, NotNow, Invalid at the field for days that cannot be, or when none of them is left.
    """
    activity = take(session, actor, activity_id)
    center = held(session, actor, activity.center_id)
    check_beat(beat, clock.today(zone_of(session, activity)))
    _take_room(session, actor, activity, room_id)
    rhythm = new_rhythm(session, activity, beat)
    laid = lay_out(session, actor, activity, rhythm, center, clashing=clashing)
    if not laid.made:
        raise Invalid(N_("No date is left: all of these days are holidays, closed or taken."), field="weekdays")
    audit.record(session, actor, "added_rhythm", KIND, activity_id, rhythm=rhythm.id, number=len(laid.made))
    return laid


def lay_out(
    session: Session,
    actor: Actor,
    activity: Activity,
    rhythm: ActivityRhythm,
    center: Center,
    *,
    clashing: str = WITHOUT,
) -> Laid:
    """The dates of a rhythm that do not stand yet; done again it changes nothing. The caller holds its activity."""
    beat = beat_of(rhythm)
    since = rhythm.laid_out_until + timedelta(days=1) if rhythm.laid_out_until is not None else None
    known = set(session.scalars(select(col(ActivitySession.day)).where(col(ActivitySession.rhythm_id) == rhythm.id)))
    spans, _skipped = days_to_lay(session, center, beat, since, known)
    laid = _stand(session, actor, activity, rhythm.id, spans, clashing=clashing)
    until = horizon(beat.first_on, beat.last_on, clock.today(zone_of(session, activity)))
    rhythm.laid_out_until = max(rhythm.laid_out_until or until, until)
    session.add(rhythm)
    session.flush()
    return laid


def roll_rhythm(session: Session, rhythm_id: int) -> bool:
    """Lay out what has come near of a rhythm without an end; its keepers hear of dates without a room.

    Whether there was anything to lay out. Doing it again changes nothing, and two at once do it once.
    """
    found = session.get(ActivityRhythm, rhythm_id)
    if found is None:
        return False
    activity_id = found.activity_id
    center = hold_center(session, session.get_one(Activity, activity_id).center_id)
    activity = hold_activity(session, activity_id)
    rhythm = rhythm_of_activity(session, activity_id, rhythm_id)
    if activity.state != "open":
        return False
    house = Actor.visitor(activity.community_id)
    laid = lay_out(session, house, activity, rhythm, center)
    if laid.without:
        tell_of_rooms(session, None, activity, center, laid.without, key=f"{rhythm_id}:{laid.without[0].day}")
    if laid.made:
        audit.record(
            session, None, "laid_out", KIND, activity_id, rhythm=rhythm_id, number=len(laid.made),
            community_id=activity.community_id,
        )  # fmt: skip
    return bool(laid.made)


def end_rhythm(
    session: Session, actor: Actor, activity_id: int, rhythm_id: int, last_on: date, *, reason: str = ""
) -> int:
    """Nothing of a rhythm comes after a day; dates that stood are called off, and how many these were is said.

    Raises Missing, NotNow, Invalid for a day that is over, or without a reason where dates are called off.
    """
    activity = take(session, actor, activity_id)
    rhythm = rhythm_of_activity(session, activity_id, rhythm_id)
    if last_on < clock.today(zone_of(session, activity)) - timedelta(days=1):
        raise Invalid(N_("This day is over: choose today or a day to come."), field="last_on")
    beyond = hold_sessions(
        session, activity_id, col(ActivitySession.rhythm_id) == rhythm_id, col(ActivitySession.day) > last_on,
        *to_come(), col(ActivitySession.starts_at) > clock.now(),
    )  # fmt: skip
    cut(session, rhythm, last_on)
    if beyond:
        cancel_those(session, actor, activity, beyond, check_reason(reason))
    audit.record(session, actor, "ended_rhythm", KIND, activity_id, rhythm=rhythm_id, number=len(beyond))
    return len(beyond)


def _stand(
    session: Session,
    actor: Actor,
    activity: Activity,
    rhythm_id: int | None,
    spans: Sequence[Span],
    *,
    clashing: str,
) -> Laid:
    """Write dates down, each with its room where that is free."""
    made: list[ActivitySession] = []
    without: list[ActivitySession] = []
    if activity.room_id is not None:
        hold_rooms(session, [activity.room_id])
    for span in spans:
        one = ActivitySession(
            community_id=activity.community_id,
            activity_id=activity.id or 0,
            rhythm_id=rhythm_id,
            day=span.day,
            center_id=activity.center_id,
            room_id=activity.room_id,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
            places=activity.places,
        )
        session.add(one)
        session.flush()
        try:
            hold_room_for(session, actor, activity, one)
        except (Taken, Missing):
            if clashing == OUT:
                session.delete(one)
                session.flush()
                continue
            without.append(one)
        made.append(one)
    return Laid(made, without)


def _take_room(session: Session, actor: Actor, activity: Activity, room_id: int | None) -> None:
    """From now on its dates are laid out in this room. Raises Invalid for a room of another center."""
    check_room(session, actor, activity, room_id)
    activity.room_id = room_id
    session.add(activity)
