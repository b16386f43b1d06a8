"""Laying turns out as far as they are to stand, changing the rhythm from a day on."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from civic_centers.centers.rules import holidays_of
from civic_centers.circles.actions.coming import put_children_down
from civic_centers.circles.actions.steps import has_begun, hold_circle, hold_turns, kept_circle, lapse_swaps, noted
from civic_centers.circles.actions.telling import tell_families
from civic_centers.circles.notices import NEW_RHYTHM
from civic_centers.circles.queries.single import KIND, pauses_of, rhythms_of
from civic_centers.circles.rules import WINDOW, Beat, check_beat, is_paused, rhythm_of
from civic_centers.circles.tables import (
    CareCircle,
    CircleRhythm,
    CircleTurn,
)
from community.communities.queries import community_of, today_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.recurrence import occurrences, told

A_DAY = timedelta(days=1)


def beat_of(row: CircleRhythm) -> Beat:
    """A rhythm as its rules look at it."""
    hour, minute = row.at.split(":")
    return Beat(
        tuple(row.weekdays), time(int(hour), int(minute)), row.minutes, row.first_on, row.every_weeks, row.last_on
    )


def new_rhythm(session: Session, circle: CareCircle, beat: Beat) -> CircleRhythm:
    """The row of a rhythm, with nothing laid out yet."""
    row = CircleRhythm(
        community_id=circle.community_id,
        circle_id=circle.id or 0,
        weekdays=sorted(set(beat.weekdays)),
        every_weeks=beat.every_weeks,
        at=f"{beat.at:%H:%M}",
        minutes=beat.minutes,
        first_on=beat.first_on,
        last_on=beat.last_on,
    )
    session.add(row)
    session.flush()
    return row


def set_rhythm(session: Session, actor: Actor, circle_id: int, beat: Beat) -> int:
    """From a day on turns come in another rhythm: later ones of the old are called off; how many.

    Raises Missing, NotNow, Invalid at the field.
    """
    circle = kept_circle(session, actor, circle_id)
    check_beat(beat, today_of(session, circle.community_id))
    for row in rhythms_of(session, circle_id):
        if row.last_on is None or row.last_on >= beat.first_on:
            row.last_on = beat.first_on - A_DAY
            session.add(row)
    gone = call_off(session, actor, circle, "rhythm", col(CircleTurn.day) >= beat.first_on)
    row = new_rhythm(session, circle, beat)
    lay_out(session, circle)
    audit.record(session, actor, "set_rhythm", KIND, circle_id, rhythm=row.id, number=gone)
    if circle.state == "running":
        key = f"{row.id}"
        tell_families(
            session, circle, NEW_RHYTHM, key=key, but=[actor.person_id], place="circles.turns", first_on=beat.first_on
        )
    return gone


def call_off(session: Session, actor: Actor | None, circle: CareCircle, why: str, which: ColumnElement[bool]) -> int:
    """Call turns to come off; how many of them somebody had or could have had. The circle is held."""
    to_come = (
        col(CircleTurn.circle_id) == circle.id,
        col(CircleTurn.state).in_(("open", "held")) | (col(CircleTurn.off_why) == "nobody"),
        col(CircleTurn.starts_at) > clock.now(),
        which,
    )
    ids = session.scalars(select(col(CircleTurn.id)).where(*to_come).order_by(col(CircleTurn.id))).all()
    turns = [turn for turn in hold_turns(session, [one or 0 for one in ids]) if not has_begun(session, turn)]
    found = [turn for turn in turns if turn.state in ("open", "held")]
    # What had fallen out is not to be taken after all on a day without turns.
    for turn in found + [turn for turn in turns if turn.off_why == "nobody"]:
        turn.gave_up_id = turn.person_id or turn.gave_up_id
        turn.state, turn.off_why, turn.person_id, turn.family_id = "off", why, None, None
        turn.second_id = turn.second_family_id = turn.began_family_id = turn.asked_until = None
        session.add(turn)
        lapse_swaps(session, turn.id or 0)
        noted(session, actor, "called_off", turn, why=why)
    session.flush()
    return len(found)


def lay_out(session: Session, circle: CareCircle) -> int:
    """The turns of a circle that do not stand yet, as far as they are to; how many. Done again it changes nothing.

    The caller holds the circle. Days of pauses and holidays are left out.
    """
    if circle.state != "running":
        return 0
    zone = community_of(session, circle.community_id).time_zone
    today = clock.today(zone)
    last = today + WINDOW
    paused = [(one.first_on, one.last_on) for one in pauses_of(session, circle.id or 0) if one.family_id is None]
    free = holidays_of("", None, range(today.year, last.year + 1))
    made: list[CircleTurn] = []
    for row in rhythms_of(session, circle.id or 0):
        rhythm = rhythm_of(beat_of(row), zone)
        if rhythm is None:
            continue
        known = set(session.scalars(select(col(CircleTurn.day)).where(col(CircleTurn.rhythm_id) == row.id)))
        ends = clock.start_of_day(last + A_DAY, zone)
        for one in occurrences(rhythm, clock.now(), ends):
            if one.day in known or one.day in free or is_paused(one.day, paused) or one.starts_at <= clock.now():
                continue
            made.append(_turn(circle, row, one.day, one.starts_at, zone))
        row.laid_out_until = last
        session.add(row)
    session.add_all(made)
    session.flush()
    put_children_down(session, circle, made)
    return len(made)


def _turn(circle: CareCircle, row: CircleRhythm, day: date, starts_at: datetime, zone: str) -> CircleTurn:
    """A turn ends when the clock on the wall says so: on the night when clocks change it is an hour more or less."""
    lasts = timedelta(minutes=row.minutes)
    ends_at = told(datetime.combine(day, beat_of(row).at) + lasts, zone).moment
    return CircleTurn(
        community_id=circle.community_id,
        circle_id=circle.id or 0,
        rhythm_id=row.id or 0,
        day=day,
        starts_at=starts_at,
        ends_at=ends_at if ends_at > starts_at else starts_at + lasts,
    )


def roll(session: Session, circle_id: int) -> int:
    """Lay out what has come near (a job); how many turns."""
    circle = hold_circle(session, circle_id)
    made = lay_out(session, circle)
    if made:
        audit.record(session, None, "laid_out", KIND, circle_id, number=made, community_id=circle.community_id)
    return made
