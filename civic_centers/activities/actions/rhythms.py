"""Rhythms as rows: begun, read, ended."""

from datetime import date, time

from civic_centers.activities.rules import Beat
from civic_centers.activities.tables import Activity, ActivityRhythm
from foundation.database import Session


def new_rhythm(session: Session, activity: Activity, beat: Beat) -> ActivityRhythm:
    """The row of a rhythm, with nothing laid out yet."""
    rhythm = ActivityRhythm(
        activity_id=activity.id or 0,
        weekdays=sorted(set(beat.weekdays)),
        every_weeks=beat.every_weeks,
        at=f"{beat.at:%H:%M}",
        minutes=beat.minutes,
        first_on=beat.first_on,
        last_on=beat.last_on,
        skip_holidays=beat.skip_holidays,
    )
    session.add(rhythm)
    session.flush()
    return rhythm


def beat_of(rhythm: ActivityRhythm) -> Beat:
    """A rhythm as its rules look at it."""
    hour, minute = rhythm.at.split(":")
    return Beat(
        tuple(rhythm.weekdays),
        time(int(hour), int(minute)),
        rhythm.minutes,
        rhythm.first_on,
        rhythm.last_on,
        rhythm.every_weeks,
        rhythm.skip_holidays,
    )


def cut(session: Session, rhythm: ActivityRhythm, last_on: date) -> None:
    """Nothing is laid out after a day, nor again what was called off."""
    if rhythm.last_on is None or rhythm.last_on > last_on:
        rhythm.last_on = max(rhythm.first_on, last_on)
    rhythm.laid_out_until = max(rhythm.laid_out_until or rhythm.last_on, rhythm.last_on)
    session.add(rhythm)
