"""What happens by itself in conversations: a gentle word where somebody waits."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from community.conversations.actions import remind_of_words
from community.conversations.queries import silent_talks
from foundation.database import Session
from foundation.jobs import Job, enqueue_each, of_one

REMIND, NAME = "conversations.remind", "direct_id"


def look_for_silence(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue a reminder for each direct conversation in which somebody has waited for some days."""
    enqueue_each(session, REMIND, NAME, [(one.direct_id, one.message_id) for one in silent_talks(session)])


JOBS = (
    Job("conversations.silence", look_for_silence, timedelta(hours=1), "Look where words wait for an answer"),
    Job(REMIND, of_one(remind_of_words, NAME), words="Remind somebody of words that wait"),
)
