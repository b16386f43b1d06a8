"""What happens by itself: reminders, silence, the evening before a meeting, the day after it, and what is forgotten."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from exchanges.groups.actions import (
    ask_how_it_was,
    end_without_adult,
    lapse,
    nudge,
    remind,
    settle_by_silence,
    tell_of_tomorrow,
)
from exchanges.groups.queries.care import cannot_come
from exchanges.groups.queries.due import (
    ended_meetings,
    forgotten,
    invitations_waiting,
    meetings_of_tomorrow,
    silence_ended,
    to_be_reminded,
)
from foundation.database import Session
from foundation.jobs import Job, enqueue_each, of_one

REMIND, SETTLE, LAPSE = "groups.remind", "groups.settle", "groups.lapse"
NUDGE = "groups.nudge"
END = "groups.end_without_adult"
TOMORROW, HOW_WAS_IT = "groups.tomorrow", "groups.how_was_it"
EVERY = timedelta(minutes=30)
GROUP, PLACE = "group_id", "place_id"


def look_for_groups(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue one job for each place or group where something is due."""
    enqueue_each(session, REMIND, PLACE, to_be_reminded(session))
    enqueue_each(session, SETTLE, PLACE, silence_ended(session))
    enqueue_each(session, TOMORROW, GROUP, meetings_of_tomorrow(session))
    enqueue_each(session, HOW_WAS_IT, GROUP, ended_meetings(session))
    enqueue_each(session, LAPSE, GROUP, forgotten(session))
    enqueue_each(session, NUDGE, PLACE, invitations_waiting(session))


def care_changed(session: Session, community_id: int, person_id: int | None) -> None:
    """Queue the end of groups whose adult may not look after anybody any more."""
    enqueue_each(session, END, GROUP, cannot_come(session, community_id, person_id))


JOBS = (
    Job("groups.look", look_for_groups, EVERY, "Look for groups that meet tomorrow, have met, or wait for a word"),
    Job(NUDGE, of_one(nudge, PLACE), words="Ask once more whether somebody comes too"),
    Job(REMIND, of_one(remind, PLACE), words="Remind somebody to confirm a group exchange"),
    Job(SETTLE, of_one(settle_by_silence, PLACE), words="Confirm for somebody who spoke not against a group exchange"),
    Job(TOMORROW, of_one(tell_of_tomorrow, GROUP), words="Tell a group of tomorrow's meeting"),
    Job(HOW_WAS_IT, of_one(ask_how_it_was, GROUP), words="Ask a host how a meeting went"),
    Job(END, of_one(end_without_adult, GROUP), words="End a group whose adult may not come any more"),
    Job(LAPSE, of_one(lapse, GROUP), words="End a group nobody touches any more"),
)
