"""What happens by itself with shifts."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from civic_centers.activities.tables import Activity
from civic_centers.volunteering.actions import (
    announce_missing,
    ask_more,
    lay_out_series,
    let_go_of_care,
    pass_over,
    remind,
    warn_uninsured,
    who_may_not_care,
)
from civic_centers.volunteering.queries.due import (
    missing_people,
    offers_over,
    series_behind,
    shifts_of_tomorrow,
    still_uncovered,
    uninsured,
)
from foundation.database import Session
from foundation.jobs import Job, enqueue_each, of_one

PASS, MISSING, MORE = "volunteering.pass_over", "volunteering.missing", "volunteering.ask_more"
REMIND, INSURE, LAY_OUT = "volunteering.remind", "volunteering.insure", "volunteering.lay_out"
CARE = "volunteering.care"
EVERY = timedelta(minutes=15)
SLOT, SIGN_UP, SERIES = "slot_id", "sign_up_id", "series_id"


def look_for_shifts(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue one job for each slot or shift where something is due."""
    enqueue_each(session, PASS, SIGN_UP, offers_over(session))
    enqueue_each(session, MISSING, SLOT, missing_people(session))
    enqueue_each(session, MORE, SLOT, still_uncovered(session))
    enqueue_each(session, REMIND, SIGN_UP, shifts_of_tomorrow(session))
    enqueue_each(session, INSURE, SIGN_UP, uninsured(session))
    enqueue_each(session, LAY_OUT, SERIES, series_behind(session))


def care_changed(session: Session, community_id: int, person_id: int | None) -> None:
    """Queue the end of shifts with children whose volunteer may not look after them any more."""
    enqueue_each(session, CARE, SIGN_UP, who_may_not_care(session, community_id, person_id))


def children_stay_alone(session: Session, activity: Activity) -> None:
    """The same where more is asked of volunteers now than when they took their shift (a hook)."""
    care_changed(session, activity.community_id, None)


JOBS = (
    Job("volunteering.look", look_for_shifts, EVERY, "Look for shifts where somebody is missing, or has to be told"),
    Job(PASS, of_one(pass_over, SIGN_UP), words="Pass a shift on that nobody said yes to in time"),
    Job(MISSING, of_one(announce_missing, SLOT), words="Tell who watches that people are missing"),
    Job(MORE, of_one(ask_more, SLOT), words="Ask the next volunteers to come instead of somebody"),
    Job(REMIND, of_one(remind, SIGN_UP), words="Remind a volunteer of tomorrow's shift"),
    Job(INSURE, of_one(warn_uninsured, SIGN_UP), words="Tell an organisation whom to insure before a shift"),
    Job(CARE, of_one(let_go_of_care, SIGN_UP), words="Pass a shift on whose volunteer may not look after children now"),
    Job(LAY_OUT, of_one(lay_out_series, SERIES), words="Make the shifts of dates that were laid out"),
)
