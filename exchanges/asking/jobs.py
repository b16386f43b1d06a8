"""What happens by itself about questions: a gentle word where one side waits."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from exchanges.asking.actions import remind_of_question
from exchanges.asking.queries import silent_questions
from foundation.database import Session
from foundation.jobs import Job, enqueue_each, of_one

REMIND, NAME = "asking.remind", "question_id"


def look_for_silence(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue a reminder for each question about a post in which one side has waited for some days."""
    enqueue_each(session, REMIND, NAME, [(one.question_id, one.message_id) for one in silent_questions(session)])


JOBS = (
    Job("asking.silence", look_for_silence, timedelta(hours=1), "Look where a question about a post waits"),
    Job(REMIND, of_one(remind_of_question, NAME), words="Remind somebody of a question about a post"),
)
