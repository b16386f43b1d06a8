"""What happens by itself: reminders, silence, the evening before a meeting, the day after it, and what is forgotten."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from exchanges.groups.actions import (
    ask_how_it_was,
    end_without_adult,
    lapse,
    remind,
    settle_by_silence,
    tell_of_tomorrow,
)
from exchanges.groups.queries.care import cannot_come
from exchanges.groups.queries.due import ended_meetings, forgotten, meetings_of_tomorrow, silence_ended, to_be_reminded
from foundation.database import Session
from foundation.jobs import Job, enqueue

REMIND, SETTLE, LAPSE = "groups.remind", "groups.settle", "groups.lapse"
END = "groups.end_without_adult"
TOMORROW, HOW_WAS_IT = "groups.tomorrow", "groups.how_was_it"
EVERY = timedelta(minutes=30)


def look_for_groups(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue one job for each place or group where something is due."""
    for kind, due in ((REMIND, to_be_reminded(session)), (SETTLE, silence_ended(session))):
        for place_id, version in due:
            enqueue(session, kind, {"place_id": place_id}, key=f"{place_id}:{version}")
    of_groups = (
        (TOMORROW, meetings_of_tomorrow(session)),
        (HOW_WAS_IT, ended_meetings(session)),
        (LAPSE, forgotten(session)),
    )
    for kind, due in of_groups:
        for group_id, version in due:
            enqueue(session, kind, {"group_id": group_id}, key=f"{group_id}:{version}")


def care_changed(session: Session, community_id: int, person_id: int | None) -> None:
    """Queue the end of groups whose adult may not look after anybody any more."""
    for group_id, version in cannot_come(session, community_id, person_id):
        enqueue(session, END, {"group_id": group_id}, key=f"{group_id}:{version}")


def run_end(session: Session, payload: Mapping[str, Any]) -> None:
    """End one group whose adult may not come any more."""
    end_without_adult(session, payload["group_id"])


def run_remind(session: Session, payload: Mapping[str, Any]) -> None:
    """Remind one who has not answered."""
    remind(session, payload["place_id"])


def run_settle(session: Session, payload: Mapping[str, Any]) -> None:
    """Confirm one place on which silence has lasted."""
    settle_by_silence(session, payload["place_id"])


def run_tomorrow(session: Session, payload: Mapping[str, Any]) -> None:
    """Tell the people of one group that they meet tomorrow."""
    tell_of_tomorrow(session, payload["group_id"])


def run_how_was_it(session: Session, payload: Mapping[str, Any]) -> None:
    """Ask one host how it went."""
    ask_how_it_was(session, payload["group_id"])


def run_lapse(session: Session, payload: Mapping[str, Any]) -> None:
    """End one group that nobody touches any more."""
    lapse(session, payload["group_id"])


JOBS = (
    Job("groups.look", look_for_groups, EVERY, "Look for groups that meet tomorrow, have met, or wait for a word"),
    Job(REMIND, run_remind, words="Remind somebody to confirm a group exchange"),
    Job(SETTLE, run_settle, words="Confirm for somebody who spoke not against a group exchange"),
    Job(TOMORROW, run_tomorrow, words="Tell a group of tomorrow's meeting"),
    Job(HOW_WAS_IT, run_how_was_it, words="Ask a host how a meeting went"),
    Job(END, run_end, words="End a group whose adult may not come any more"),
    Job(LAPSE, run_lapse, words="End a group nobody touches any more"),
)
