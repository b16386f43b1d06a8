"""What happens by itself in housing help: questions that nobody answers, and asking how it goes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlmodel import col, or_, select

from care.housing.actions import ask_how, expire
from care.housing.tables import HousingCase, HousingQuestion
from foundation import clock
from foundation.database import Session
from foundation.jobs import Job, enqueue_each, of_one

EXPIRE, FOLLOW = "housing.expire", "housing.follow"
QUESTION, CASE = "question_id", "case_id"
EVERY = timedelta(minutes=30)


def look(session: Session, _payload: Mapping[str, Any]) -> None:
    """Queue one job for each question that waited too long, and each person whom to ask how it goes."""
    now = clock.now()
    late = (col(HousingQuestion.answer) == "", col(HousingQuestion.expires_at) <= now)
    enqueue_each(
        session, EXPIRE, QUESTION, [(one or 0, "") for one in session.scalars(select(HousingQuestion.id).where(*late))]
    )
    due = select(HousingCase).where(
        col(HousingCase.follow_on) <= now.date() + timedelta(days=1),
        col(HousingCase.person_id).is_not(None),
        or_(col(HousingCase.asked_on).is_(None), col(HousingCase.asked_on) < col(HousingCase.follow_on)),
    )
    # The day may have begun where the community is: the action looks at its own clock, and the hour makes another run.
    hour = now.strftime("%Y%m%d%H")
    enqueue_each(session, FOLLOW, CASE, [(one.id or 0, f"{one.follow_on}:{hour}") for one in session.exec(due)])


JOBS = (
    Job(
        "housing.look", look, EVERY, "Look for questions about a home that waited too long, and whom to ask how it goes"
    ),
    Job(EXPIRE, of_one(expire, QUESTION), words="End an introduction to which nobody said yes in time"),
    Job(FOLLOW, of_one(ask_how, CASE), words="Ask somebody who was helped with a home how it goes"),
)
