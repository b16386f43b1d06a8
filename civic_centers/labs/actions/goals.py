"""Goals: what a lab wants to reach, until when, and by what one sees that it did."""

from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from civic_centers.centers.rules import Overtaken
from civic_centers.labs.actions.diary import keep_photo, let_photos_go
from civic_centers.labs.actions.holding import held
from civic_centers.labs.queries.inside import goal_of
from civic_centers.labs.rules import KIND, MOST_GOALS, Answer, check_due, check_words
from civic_centers.labs.tables import Lab, LabGoal
from community.communities.queries import today_of
from community.moderation.policies import must_be_free
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Refused
from foundation.files import StoredImage


def add_goal(session: Session, actor: Actor, lab_id: int, words: str, due_on: date | None) -> LabGoal:
    """Set a goal. Raises Missing, NotNow, Limited, Invalid at the field, Refused beyond forty that are open."""
    lab = _held_to_write(session, actor, lab_id, "draft", "open")
    there = (col(LabGoal.lab_id) == lab_id, col(LabGoal.state) == "open")
    if (session.scalar(select(func.count()).select_from(LabGoal).where(*there)) or 0) >= MOST_GOALS:
        raise Refused(N_("There are %(most)s goals already."), advice=N_("Drop one first."), most=MOST_GOALS)
    check_due(due_on, today_of(session, lab.community_id))
    goal = LabGoal(community_id=lab.community_id, lab_id=lab_id, words=check_words(words), due_on=due_on)
    session.add(goal)
    session.flush()
    audit.record(session, actor, "set_goal", KIND, lab_id, goal=goal.id)
    return goal


def change_goal(
    session: Session, actor: Actor, lab_id: int, goal_id: int, words: str, due_on: date | None, *, version: int
) -> None:
    """Say a goal in other words, or another day; one that was reached or dropped is open again.

    Raises Missing, NotNow, Limited, Stale, Invalid.
    """
    lab = _held_to_write(session, actor, lab_id, "draft", "open")
    goal = _as_seen(session, lab_id, goal_id, version)
    check_due(due_on, today_of(session, lab.community_id))
    goal.words, goal.due_on, goal.state = check_words(words), due_on, "open"
    goal.version += 1
    session.add(goal)
    audit.record(session, actor, "changed_goal", KIND, lab_id, goal=goal_id)


def end_goal(
    session: Session,
    actor: Actor,
    lab_id: int,
    goal_id: int,
    state: str,
    evidence: str,
    *,
    version: int,
    photo: StoredImage | None = None,
    answer: Answer | None = None,
) -> None:
    """Say that a goal is reached, by what one sees it, or that it is dropped, and why. A photograph may stand with it.

    Raises Missing, NotNow, Limited, Stale, Invalid without words, or for a child without a release.
    """
    lab = _held_to_write(session, actor, lab_id, "open")
    goal = _as_seen(session, lab_id, goal_id, version)
    if state not in ("reached", "dropped"):
        raise Invalid(N_("Say whether it is reached or dropped."), field="state")
    goal.evidence = check_words(evidence, field="evidence")
    if photo is not None and answer is not None:
        before, goal.photo_id = goal.photo_id, keep_photo(session, actor, lab, photo, answer, entry_id=None)
        if before is not None:
            session.add(goal)
            session.flush()
            let_photos_go(session, [before])
    goal.state, goal.said_by_id, goal.said_at = state, actor.recorder_id, clock.now()
    goal.version += 1
    session.add(goal)
    audit.record(session, actor, "reached_goal" if state == "reached" else "dropped_goal", KIND, lab_id, goal=goal_id)


def _held_to_write(session: Session, actor: Actor, lab_id: int, *states: str) -> Lab:
    lab = held(session, actor, lab_id, *states)
    must_be_free(session, actor, "posting")
    return lab


def _as_seen(session: Session, lab_id: int, goal_id: int, version: int) -> LabGoal:
    goal = goal_of(session, lab_id, goal_id)
    if goal.version != version:
        raise Overtaken(N_("This goal was changed meanwhile, here or on another phone."))
    return goal
