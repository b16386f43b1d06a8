"""What happens by itself: rhythms go on, keepers hear of dates with few people, what was at a closed center is over.

The periodic job only looks for what is due and queues one job each, so that one's trouble is its own, and what is done
twice is done once.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from civic_centers.activities.actions import end_of_closed, roll_rhythm, warn_of_few
from civic_centers.activities.queries.due import few_are_coming, of_closed_centers, rhythms_to_roll
from foundation import clock
from foundation.database import Session
from foundation.jobs import Job, enqueue_each, of_one

ROLL, FEW, OVER = "activities.roll", "activities.few", "activities.over"
EVERY = timedelta(hours=1)


def look_for_activities(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue one job for each rhythm, date and activity that is due."""
    today = clock.now().date().isoformat()
    enqueue_each(session, ROLL, "rhythm_id", ((number, today) for number in rhythms_to_roll(session)))
    enqueue_each(session, FEW, "session_id", ((number, "few") for number in few_are_coming(session)))
    enqueue_each(session, OVER, "activity_id", ((number, today) for number in of_closed_centers(session)))


JOBS = (
    Job("activities.look", look_for_activities, EVERY, "Look for activities that go on by themselves"),
    Job(ROLL, of_one(roll_rhythm, "rhythm_id"), words="Lay out the next dates of an activity"),
    Job(FEW, of_one(warn_of_few, "session_id"), words="Tell keepers of a date with few people"),
    Job(OVER, of_one(end_of_closed, "activity_id"), words="End an activity of a closed center"),
)
