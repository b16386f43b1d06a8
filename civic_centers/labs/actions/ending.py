"""How a lab ends, with what came of it, and how a maker opens it again."""

from sqlalchemy import func, update
from sqlmodel import col, select

from civic_centers.centers.rules import Overtaken
from civic_centers.labs.actions.holding import held, hold_meetings, locked, put_in_index, tell
from civic_centers.labs.notices import ENDED, REOPENED
from civic_centers.labs.policies import must_open
from civic_centers.labs.queries.inside import meeting_numbers, people_of_lab
from civic_centers.labs.queries.single import lab_visible_to
from civic_centers.labs.rules import KIND, Outcome, check_outcome, must_be
from civic_centers.labs.tables import LabMember, LabTask
from community.moderation.policies import must_be_free
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_
from foundation.feature import registry


def number_open_tasks(session: Session, lab_id: int) -> int:
    """How many tasks close with a lab."""
    there = (col(LabTask.lab_id) == lab_id, col(LabTask.state) == "open")
    return session.scalar(select(func.count()).select_from(LabTask).where(*there)) or 0


def end_lab(session: Session, actor: Actor, lab_id: int, outcome: Outcome, *, version: int) -> None:
    """End a lab and say what came of it: its people and who was asked are told, its open tasks close, its page stays.

    Announces `lab_ends(session, actor, lab)`. Raises Missing, NotNow, Limited, Stale, Invalid at the field.
    """
    lab_visible_to(session, actor, lab_id)
    hold_meetings(session, *meeting_numbers(session, (lab_id,)))
    lab = held(session, actor, lab_id)
    must_be_free(session, actor, "posting")
    if lab.version != version:
        raise Overtaken(N_("This page was changed meanwhile, here or on another phone."))
    check_outcome(outcome)
    people = people_of_lab(session, lab_id, "in", "asked", "invited")
    lab.outcome, lab.families, lab.people = outcome.words.strip(), outcome.families, outcome.people
    lab.state, lab.ended_at = "ended", clock.now()
    lab.version += 1
    session.add(lab)
    open_tasks = (col(LabTask.lab_id) == lab_id, col(LabTask.state) == "open")
    session.exec(
        update(LabTask)
        .where(*open_tasks)
        .values(state="closed", version=LabTask.version + 1)
        .execution_options(synchronize_session=False)
    )
    waiting = (col(LabMember.lab_id) == lab_id, col(LabMember.state).in_(("asked", "invited")))
    session.exec(
        update(LabMember)
        .where(*waiting)
        .values(state="left", since=clock.now())
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    lab = locked(session, lab_id)
    audit.record(session, actor, "ended", KIND, lab_id)
    put_in_index(session, lab)
    for hook in registry.hooks("lab_ends"):
        hook(session, actor, lab)
    tell(session, lab, people, ENDED, but=actor, key=f"ended:{lab.version}")


def reopen_lab(session: Session, actor: Actor, lab_id: int) -> None:
    """A maker opens again what had ended; its people are told. Twice changes nothing.

    Raises Missing, NotNow for what was never open.
    """
    lab = lab_visible_to(session, actor, lab_id)
    must_open(actor, lab)
    lab = locked(session, lab_id)
    if lab.state == "open":
        return
    must_be(lab.state if lab.opened_at is not None else "draft", "ended")
    lab.state, lab.ended_at = "open", None
    lab.version += 1
    session.add(lab)
    audit.record(session, actor, "reopened", KIND, lab_id)
    put_in_index(session, lab)
    tell(session, lab, people_of_lab(session, lab_id, "in"), REOPENED, but=actor, key=f"reopened:{lab.version}")
