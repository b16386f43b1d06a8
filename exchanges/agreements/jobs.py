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
    remind,
    settle_by_silence,
    tell_of_tomorrow,
)
from exchanges.agreements.queries import ended_meetings, forgotten, meetings_of_tomorrow, silence_ended, to_be_reminded
from exchanges.agreements.queries.care import cannot_come
from foundation.database import Session
from foundation.jobs import Job, enqueue

REMIND, SETTLE = "agreements.remind", "agreements.settle"
TOMORROW, HOW_WAS_IT = "agreements.tomorrow", "agreements.how_was_it"
LAPSE, END = "agreements.lapse", "agreements.end_without_adult"
EVERY = timedelta(minutes=30)


def look_for_silence(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue a reminder, or the end of the waiting, for each agreement where it is due."""
    for agreement_id, version in to_be_reminded(session):
        enqueue(session, REMIND, {"agreement_id": agreement_id}, key=f"{agreement_id}:{version}")
    for agreement_id, version in silence_ended(session):
        enqueue(session, SETTLE, {"agreement_id": agreement_id}, key=f"{agreement_id}:{version}")


def look_for_meetings(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue a word about tomorrow's meetings, and a question about those that took place."""
    for agreement_id, version in meetings_of_tomorrow(session):
        enqueue(session, TOMORROW, {"agreement_id": agreement_id}, key=f"{agreement_id}:{version}")
    for agreement_id, version in ended_meetings(session):
        enqueue(session, HOW_WAS_IT, {"agreement_id": agreement_id}, key=f"{agreement_id}:{version}")


def look_for_the_forgotten(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue the end of what nobody touches any more."""
    for agreement_id, version in forgotten(session):
        enqueue(session, LAPSE, {"agreement_id": agreement_id}, key=f"{agreement_id}:{version}")


def care_changed(session: Session, community_id: int, person_id: int | None) -> None:
    """Queue the end of what is agreed with somebody who may not look after anybody any more."""
    for agreement_id, version in cannot_come(session, community_id, person_id):
        enqueue(session, END, {"agreement_id": agreement_id}, key=f"{agreement_id}:{version}")


def run_end(session: Session, payload: Mapping[str, Any]) -> None:
    """End one agreement whose adult may not come any more."""
    end_without_adult(session, payload["agreement_id"])


def run_lapse(session: Session, payload: Mapping[str, Any]) -> None:
    """End one agreement that nobody touches any more."""
    lapse(session, payload["agreement_id"])


def run_remind(session: Session, payload: Mapping[str, Any]) -> None:
    """Remind one silent side."""
    remind(session, payload["agreement_id"])


def run_settle(session: Session, payload: Mapping[str, Any]) -> None:
    """Settle one agreement on which silence has lasted."""
    settle_by_silence(session, payload["agreement_id"])


def run_tomorrow(session: Session, payload: Mapping[str, Any]) -> None:
    """Tell both sides of one meeting of tomorrow."""
    tell_of_tomorrow(session, payload["agreement_id"])


def run_how_was_it(session: Session, payload: Mapping[str, Any]) -> None:
    """Ask one giver how it went."""
    ask_how_it_was(session, payload["agreement_id"])


JOBS = (
    Job("agreements.silence", look_for_silence, EVERY, "Look where a confirmation is still awaited"),
    Job("agreements.meetings", look_for_meetings, EVERY, "Look for tomorrow's meetings and for those just over"),
    Job(
        "agreements.forgotten",
        look_for_the_forgotten,
        timedelta(hours=6),
        "Look for agreements nobody touches any more",
    ),
    Job(END, run_end, words="End an agreement whose adult may not come any more"),
    Job(LAPSE, run_lapse, words="End an agreement nobody touches any more"),
    Job(REMIND, run_remind, words="Remind somebody to confirm"),
    Job(SETTLE, run_settle, words="Settle an exchange nobody spoke against"),
    Job(TOMORROW, run_tomorrow, words="Tell two people of tomorrow's meeting"),
    Job(HOW_WAS_IT, run_how_was_it, words="Ask how a meeting went"),
)
