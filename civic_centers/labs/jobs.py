"""What happens by itself in labs: who has a task whose day is over is told, once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from civic_centers.labs.actions import remind_of_task
from civic_centers.labs.queries.waiting import to_remind
from foundation.database import Session
from foundation.jobs import Job, enqueue_each, of_one

REMIND, TASK = "labs.remind", "task_id"


def look(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue one job for each task whose day is over; whether it is in its community, and was told, that one looks."""
    enqueue_each(session, REMIND, TASK, to_remind(session))


JOBS = (
    Job("labs.look", look, timedelta(hours=6), "Look for tasks of labs whose day is over"),
    Job(REMIND, of_one(remind_of_task, TASK), words="Tell who has a task of a lab that its day is over"),
)
