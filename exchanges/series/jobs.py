"""What happens by itself: meetings come near, hours come, people leave, nobody answers.

The periodic job only looks for what is due and queues one job a series, so that one's trouble is its own, and a series
done twice is done once.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from exchanges.agreements.queries.care import series_to_look_at
from exchanges.series.actions import lapse, roll
from exchanges.series.actions.nudging import nudge
from exchanges.series.queries.due import awaiting_an_answer, pressing, to_lay_out, unanswered
from foundation import clock
from foundation.database import Session
from foundation.jobs import Job, enqueue_each, of_one

ROLL, LAPSE, NUDGE = "series.roll", "series.lapse", "series.nudge"
EVERY = timedelta(minutes=30)
NAME = "series_id"


def look_for_series(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue one job for each series that has to be brought up to today."""
    moment = f"{clock.now():%Y-%m-%dT%H:%M}"
    near = sorted({*to_lay_out(session), *pressing(session)})
    enqueue_each(session, ROLL, NAME, ((series_id, moment) for series_id in near))
    enqueue_each(session, LAPSE, NAME, ((series_id, moment[:10]) for series_id in unanswered(session)))
    enqueue_each(session, NUDGE, NAME, awaiting_an_answer(session))


def care_changed(session: Session, community_id: int, person_id: int | None) -> None:
    """Queue a look at the series whose adult may not come any more: their meetings wait, and both sides are told."""
    moment = f"care:{clock.now().isoformat()}"
    changed = series_to_look_at(session, community_id, person_id)
    enqueue_each(session, ROLL, NAME, ((series_id, moment) for series_id in changed))


JOBS = (
    Job("series.look", look_for_series, EVERY, "Look for weekly meetings that come near"),
    Job(ROLL, of_one(roll, NAME), words="Lay out the next meetings of a series"),
    Job(NUDGE, of_one(nudge, NAME), words="Ask once more for an answer to a weekly proposal"),
    Job(LAPSE, of_one(lapse, NAME), words="End a weekly proposal that nobody answers"),
)
