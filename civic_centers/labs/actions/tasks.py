"""Tasks: written down by anybody in the lab, taken by who can, given back, done."""

from datetime import date

from sqlalchemy import func, update
from sqlmodel import col, select

from civic_centers.centers.rules import Overtaken
from civic_centers.labs.actions.holding import held_inside, locked, row_of, tell
from civic_centers.labs.notices import TASK_LATE, TASK_YOURS
from civic_centers.labs.policies import may_run
from civic_centers.labs.queries.inside import task_of
from civic_centers.labs.queries.single import must_be_member
from civic_centers.labs.rules import KIND, MOST_TASKS, NotNow, check_due, check_words
from civic_centers.labs.tables import Lab, LabTask
from community.communities.queries import today_of
from community.moderation.policies import must_be_free
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused


def add_task(
    session: Session, actor: Actor, lab_id: int, words: str, due_on: date | None, owner_id: int | None
) -> LabTask:
    """Write a task down, with or without somebody who has it. Only who runs the lab gives it to another.

    Raises Missing, NotNow, Limited, Invalid at the field, Refused beyond two hundred that are open.
    """
    lab = held_inside(session, actor, lab_id)
    must_be_free(session, actor, "messages")
    there = (col(LabTask.lab_id) == lab_id, col(LabTask.state) == "open")
    if (session.scalar(select(func.count()).select_from(LabTask).where(*there)) or 0) >= MOST_TASKS:
        raise Refused(N_("There are %(most)s open tasks already: finish some first."), most=MOST_TASKS)
    check_due(due_on, today_of(session, lab.community_id))
    task = LabTask(
        community_id=lab.community_id,
        lab_id=lab_id,
        words=check_words(words),
        due_on=due_on,
        owner_id=_checked_owner(session, actor, lab, owner_id),
        created_by_id=actor.recorder_id,
    )
    session.add(task)
    session.flush()
    audit.record(session, actor, "added_task", KIND, lab_id, task=task.id)
    _tell_owner(session, actor, lab, task)
    return task


def change_task(
    session: Session,
    actor: Actor,
    lab_id: int,
    task_id: int,
    words: str,
    due_on: date | None,
    owner_id: int | None,
    *,
    version: int,
) -> None:
    """Change a task, as who runs the lab or wrote it. Raises Missing, NotNow, Limited, Stale, Invalid at the field."""
    lab = held_inside(session, actor, lab_id)
    must_be_free(session, actor, "messages")
    task = task_of(session, lab_id, task_id)
    if task.created_by_id != actor.person_id and not may_run(session, actor, lab):
        raise Missing()
    if task.version != version:
        raise Overtaken(N_("This task was changed meanwhile, here or on another phone."))
    _must_be_open(task)
    check_due(due_on, today_of(session, lab.community_id))
    before = task.owner_id
    task.words, task.due_on = check_words(words), due_on
    if owner_id != before:
        task.owner_id = _checked_owner(session, actor, lab, owner_id)
    task.version += 1
    session.add(task)
    session.flush()
    audit.record(session, actor, "changed_task", KIND, lab_id, task=task_id)
    if task.owner_id != before:
        _tell_owner(session, actor, lab, task)


def take_task(session: Session, actor: Actor, lab_id: int, task_id: int) -> None:
    """Take a task that nobody has: of two at the same moment one gets it. Raises Missing, NotNow, Refused."""
    lab = held_inside(session, actor, lab_id)
    must_be_member(session, actor, lab)
    if task_of(session, lab_id, task_id).owner_id == actor.person_id:
        return
    free = (col(LabTask.id) == task_id, col(LabTask.owner_id).is_(None), col(LabTask.state) == "open")
    if not session.exec(
        update(LabTask)
        .where(*free)
        .values(owner_id=actor.must_be_person(), version=LabTask.version + 1)
        .execution_options(synchronize_session=False)
    ).rowcount:
        raise NotNow()
    session.expire_all()
    audit.record(session, actor, "took_task", KIND, lab_id, task=task_id)


def give_task_back(session: Session, actor: Actor, lab_id: int, task_id: int) -> None:
    """Let somebody else have it; twice changes nothing. Raises Missing for a task of another."""
    lab = held_inside(session, actor, lab_id)
    must_be_member(session, actor, lab)
    task = task_of(session, lab_id, task_id)
    if task.owner_id is None:
        return
    if task.owner_id != actor.person_id:
        raise Missing()
    _must_be_open(task)
    task.owner_id = None
    task.version += 1
    session.add(task)
    audit.record(session, actor, "gave_task_back", KIND, lab_id, task=task_id)


def end_task(session: Session, actor: Actor, lab_id: int, task_id: int, *, done: bool) -> None:
    """Say that a task is done, as who has it or runs the lab; or, as who runs it, that it is needed no more.

    Twice changes nothing. A task that nobody has is done by who says so. Raises Missing, NotNow.
    """
    lab = held_inside(session, actor, lab_id)
    task = task_of(session, lab_id, task_id)
    runs = may_run(session, actor, lab)
    if not runs and (not done or task.owner_id not in (None, actor.person_id)):
        raise Missing()
    if task.state == ("done" if done else "closed"):
        return
    _must_be_open(task)
    task.state = "done" if done else "closed"
    task.done_at = clock.now() if done else None
    if done and task.owner_id is None and row_of(session, lab_id, actor.must_be_person()) is not None:
        task.owner_id = actor.person_id
    task.version += 1
    session.add(task)
    audit.record(session, actor, "did_task" if done else "closed_task", KIND, lab_id, task=task_id)


def remind_of_task(session: Session, task_id: int) -> None:
    """Tell who has a task that its day is over: once for that day. Nothing where it is done or given back."""
    found = session.get(LabTask, task_id)
    if found is None:
        return
    lab = locked(session, found.lab_id)
    task = task_of(session, found.lab_id, task_id)
    over = task.due_on is not None and task.due_on < today_of(session, lab.community_id)
    if lab.state != "open" or task.state != "open" or task.owner_id is None or not over:
        return
    key = f"late:{task.id}:{task.owner_id}:{task.due_on}"
    tell(session, lab, [task.owner_id], TASK_LATE, key=key, params={"task": task.words, "due_on": task.due_on})


def _must_be_open(task: LabTask) -> None:
    if task.state != "open":
        raise NotNow()


def _checked_owner(session: Session, actor: Actor, lab: Lab, owner_id: int | None) -> int | None:
    """Who is to have a task: oneself, or anybody in the lab where the actor runs it."""
    if owner_id is None:
        return None
    row = row_of(session, lab.id or 0, owner_id)
    if row is None or row.state != "in" or (owner_id != actor.person_id and not may_run(session, actor, lab)):
        raise Invalid(N_("Choose somebody who is in the lab."), field="owner_id")
    return owner_id


def _tell_owner(session: Session, actor: Actor, lab: Lab, task: LabTask) -> None:
    if task.owner_id is not None:
        key = f"task:{task.id}:{task.version}"
        tell(session, lab, [task.owner_id], TASK_YOURS, but=actor, key=key, params={"task": task.words})
