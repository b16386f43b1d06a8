"""What silence does: when it settles what was said, and when it ends what nobody touches. Pure, as its neighbours."""

from datetime import datetime, timedelta
from enum import StrEnum

from foundation import clock

REMIND_BEFORE = timedelta(days=2)
PROPOSAL_OUTLIVES_ITS_DAY = timedelta(days=3)
WITHOUT_A_WORD = timedelta(days=60)
LEAST_AFTER_REMINDER = timedelta(hours=12)
FRESH = timedelta(days=1)
NUDGE_AFTER, NUDGE_LEAST, NUDGE_UNTIL = timedelta(days=3), timedelta(hours=12), timedelta(days=14)


class Silence(StrEnum):
    """What silence does to what was said, and why it may do nothing (domain, Exchanges)."""

    SETTLES = "settles"
    DISPUTED = "disputed"
    CARE = "care"
    MORE = "more"
    EARLY = "early"
    UNREACHABLE = "unreachable"


def is_fresh(agreed_at: datetime | None, starts_at: datetime) -> bool:
    """Whether a meeting was agreed upon so late that a word the day before would only repeat it."""
    return agreed_at is not None and starts_at - agreed_at < FRESH


def nudge_due(last_step_at: datetime, starts_at: datetime | None, now: datetime) -> bool:
    """Whether who is awaited is asked once more, gently: after three days, or when half the time to its day is
    over, but never sooner than half a day after it was said.

    Not after two weeks, nor when the day it was for has come: then it ends by itself before long.
    """
    if starts_at is not None and starts_at <= now:
        return False
    wait = NUDGE_AFTER if starts_at is None else min(NUDGE_AFTER, (starts_at - last_step_at) / 2)
    wait = max(wait, NUDGE_LEAST)
    return last_step_at + wait <= now <= last_step_at + NUDGE_UNTIL


def silence_does(*, disputed: bool, care: bool, more_than_agreed: bool, early: bool, reachable: bool) -> Silence:
    """Whether silence settles, or the first reason why it does not.

    `more_than_agreed`: more minutes than reserved, or more euro than agreed. `early`: said to have taken place before
    the day agreed. `reachable`: the silent side has an address where a reminder arrives.
    """
    reasons = (
        (disputed, Silence.DISPUTED),
        (care, Silence.CARE),
        (more_than_agreed, Silence.MORE),
        (early, Silence.EARLY),
        (not reachable, Silence.UNREACHABLE),
    )
    return next((reason for holds, reason in reasons if holds), Silence.SETTLES)


def silence_ends(said_at: datetime, days: int, zone: str) -> datetime:
    """When silence settles: at the end of the day that comes `days` days after, on the wall clock of `zone`."""
    return clock.start_of_day(clock.local(said_at, zone).date() + timedelta(days=days + 1), zone)


def reminder_due_at(said_at: datetime, settles_at: datetime) -> datetime:
    """When the reminder goes out: two days before the end, or halfway when there is less time than four days."""
    return settles_at - min(REMIND_BEFORE, (settles_at - said_at) / 2)


def silence_is_over(settles_at: datetime | None, reminded_at: datetime | None, now: datetime) -> bool:
    """Whether silence has lasted: never without a reminder, and never sooner than twelve hours after it."""
    if settles_at is None or reminded_at is None:
        return False
    return now >= max(settles_at, reminded_at + LEAST_AFTER_REMINDER)


def lapses_at(state: str, starts_at: datetime | None, last_step_at: datetime) -> datetime | None:
    """When an agreement that nobody touches ends by itself, so that hours are not set aside for ever.

    A proposal three days after the day it was for; without a day, and whatever was agreed, sixty days after the last
    step or the meeting, whichever is later. None for states that do not lapse.
    """
    if state == "proposed" and starts_at is not None:
        return max(starts_at, last_step_at) + PROPOSAL_OUTLIVES_ITS_DAY
    if state in ("proposed", "accepted"):
        return max(starts_at or last_step_at, last_step_at) + WITHOUT_A_WORD
    return None
