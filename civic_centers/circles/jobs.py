"""What happens by itself in circles."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from civic_centers.circles.actions import (
    ask_next,
    erase_when_over,
    let_go_of_care,
    look_at_consent,
    remind,
    remind_to_tell,
    roll,
    who_may_not_care,
)
from civic_centers.circles.queries.due import (
    circles_to_roll,
    notes_to_erase,
    turns_of_tomorrow,
    turns_to_ask_for,
    turns_to_tell,
)
from foundation import clock
from foundation.database import Session
from foundation.jobs import Job, enqueue, enqueue_each, of_one

ROLL, ASK, REMIND, TELL = "circles.roll", "circles.ask", "circles.remind", "circles.tell"
CARE, CONSENT, ERASE = "circles.care", "circles.consent", "circles.erase"
CIRCLE, TURN, CHILD = "circle_id", "turn_id", "child_id"


def look_for_circles(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue one job for each circle, turn or child where something is due."""
    enqueue_each(session, ROLL, CIRCLE, circles_to_roll(session))
    enqueue_each(session, ASK, TURN, turns_to_ask_for(session))
    enqueue_each(session, REMIND, TURN, turns_of_tomorrow(session))
    enqueue_each(session, TELL, TURN, turns_to_tell(session))
    enqueue_each(session, ERASE, CHILD, notes_to_erase(session))


def care_changed(session: Session, community_id: int, person_id: int | None) -> None:
    """Queue the end of turns whose adult may not look after children any more (a hook)."""
    enqueue_each(session, CARE, TURN, who_may_not_care(session, community_id, person_id))


def consent_changed(session: Session, _community_id: int, dependant_id: int) -> None:
    """Queue a look at a child for whom a yes may be absent now, or there again (hooks)."""
    enqueue(session, CONSENT, {"dependant_id": dependant_id}, key=f"{dependant_id}:{clock.now().isoformat()}")


JOBS = (
    Job("circles.look", look_for_circles, timedelta(minutes=10), "Look for what is due in care circles"),
    Job(ROLL, of_one(roll, CIRCLE), words="Lay out the next turns of a care circle"),
    Job(ASK, of_one(ask_next, TURN), words="Ask the next adults to take a turn"),
    Job(REMIND, of_one(remind, TURN), words="Remind somebody of their turn with a care circle"),
    Job(TELL, of_one(remind_to_tell, TURN), words="Remind somebody to write down how long their turn was"),
    Job(CARE, of_one(let_go_of_care, TURN), words="Open a turn whose adult may not look after children now"),
    Job(
        CONSENT,
        of_one(look_at_consent, "dependant_id"),
        words="Look again at the turns of a child without a yes",
    ),
    Job(ERASE, of_one(erase_when_over, CHILD), words="Erase what was written of a child that left a care circle"),
)
