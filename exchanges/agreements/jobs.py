"""What happens by itself: reminders, silence, the evening before a meeting, the day after it.

Each periodic job only looks for what is due and queues one job a row, so that one row's trouble is its own, and a
row done twice is done once.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from exchanges.agreements.actions import (
    ask_how_it_was,
    end_without_adult,
    lapse,
    nudge,
    remind,
    settle_by_silence,
    tell_of_tomorrow,
)
from exchanges.agreements.queries import ended_meetings, forgotten, meetings_of_tomorrow, silence_ended, to_be_reminded
from exchanges.agreements.queries.care import cannot_come
from exchanges.agreements.queries.due import awaiting_an_answer
from foundation.database import Session
from foundation.jobs import Job, enqueue_each, of_one

REMIND, SETTLE = "agreements.remind", "agreements.settle"
TOMORROW, HOW_WAS_IT = "agreements.tomorrow", "agreements.how_was_it"
NUDGE = "agreements.nudge"
LAPSE, END = "agreements.lapse", "agreements.end_without_adult"
EVERY = timedelta(minutes=30)
NAME = "agreement_id"


def look_for_silence(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue a reminder, or the end of the waiting, for each agreement where it is due."""
    enqueue_each(session, REMIND, NAME, to_be_reminded(session))
    enqueue_each(session, SETTLE, NAME, silence_ended(session))
    enqueue_each(session, NUDGE, NAME, awaiting_an_answer(session))


def look_for_meetings(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue a word about tomorrow's meetings, and a question about those that took place."""
    enqueue_each(session, TOMORROW, NAME, meetings_of_tomorrow(session))
    enqueue_each(session, HOW_WAS_IT, NAME, ended_meetings(session))


def look_for_the_forgotten(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue the end of what nobody touches any more."""
    enqueue_each(session, LAPSE, NAME, forgotten(session))


def care_changed(session: Session, community_id: int, person_id: int | None) -> None:
    """Queue the end of what is agreed with somebody who may not look after anybody any more."""
    enqueue_each(session, END, NAME, cannot_come(session, community_id, person_id))


JOBS = (
    Job("agreements.silence", look_for_silence, EVERY, "Look where a confirmation is still awaited"),
    Job("agreements.meetings", look_for_meetings, EVERY, "Look for tomorrow's meetings and for those just over"),
    Job(
        "agreements.forgotten",
        look_for_the_forgotten,
        timedelta(hours=6),
        "Look for agreements nobody touches any more",
    ),
    Job(END, of_one(end_without_adult, NAME), words="End an agreement whose adult may not come any more"),
    Job(LAPSE, of_one(lapse, NAME), words="End an agreement nobody touches any more"),
    Job(REMIND, of_one(remind, NAME), words="Remind somebody to confirm"),
    Job(NUDGE, of_one(nudge, NAME), words="Ask once more for an answer to a proposal"),
    Job(SETTLE, of_one(settle_by_silence, NAME), words="Settle an exchange nobody spoke against"),
    Job(TOMORROW, of_one(tell_of_tomorrow, NAME), words="Tell two people of tomorrow's meeting"),
    Job(HOW_WAS_IT, of_one(ask_how_it_was, NAME), words="Ask how a meeting went"),
)
