"""What happens by itself with pledges: days that are over, and reminders."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from civic_centers.sponsors.actions import end_over, remind
from civic_centers.sponsors.queries import over, to_remind
from foundation import clock
from foundation.database import Session
from foundation.jobs import Job, enqueue_each, of_one

END, REMIND = "sponsors.end", "sponsors.remind"
PLEDGE = "pledge_id"
MOST = 500


def look(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue one job for each pledge where something is due; whether it is, by its own community's day, each looks."""
    today = clock.now().date()
    enqueue_each(session, END, PLEDGE, [(one, today) for one in over(session, today, MOST)])
    enqueue_each(session, REMIND, PLEDGE, [(one, today) for one in to_remind(session, today)])


JOBS = (
    Job("sponsors.look", look, timedelta(hours=6), "Look for pledges that are over, or awaited soon"),
    Job(END, of_one(end_over, PLEDGE), words="End a pledge whose days are over"),
    Job(REMIND, of_one(remind, PLEDGE), words="Remind who pledged something"),
)
