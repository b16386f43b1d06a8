"""What waits for whom: requests and proposals for who runs labs, invitations and overdue tasks for everybody."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from civic_centers.labs.policies import TAKE_PART, is_member, of_zones, run_by
from civic_centers.labs.tables import Lab, LabMember, LabTask
from community.members.tables import Person
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, number_of

MOST = 50
REMINDED_FOR = timedelta(days=7)
"""Who has a task is told within so many days of the one it was due on; later nobody is surprised by an old one."""


def _requests(actor: Actor, *columns: Any) -> Any:
    asked = (col(LabMember.state) == "asked", col(Lab.state) == "open", run_by(actor))
    return (
        select(*columns)
        .select_from(LabMember)
        .join(Lab, col(Lab.id) == col(LabMember.lab_id))
        .where(col(LabMember.community_id) == actor.community_id, *asked)
    )


def _proposals(actor: Actor, *columns: Any) -> Any:
    """Drafts that somebody else proposed, in the zones of a maker."""
    return select(*columns).where(
        of_zones(actor), col(Lab.state) == "draft", col(Lab.created_by_id).is_distinct_from(actor.person_id)
    )


def lines_for_who_runs(session: Session, actor: Actor) -> list[tuple[Lab, LabMember | None, Person | None]]:
    """Who asks to come into a lab that the actor runs, and labs proposed in the zones of a maker: in one question."""
    asks = (col(LabMember.lab_id) == col(Lab.id)) & (col(LabMember.state) == "asked") & (col(Lab.state) == "open")
    proposed = of_zones(actor) & (col(Lab.state) == "draft") & col(Lab.created_by_id).is_distinct_from(actor.person_id)
    statement = (
        select(Lab, LabMember, Person)
        .outerjoin(LabMember, asks)
        .outerjoin(Person, col(Person.id) == col(LabMember.person_id))
        .where(run_by(actor), col(LabMember.id).is_not(None) | proposed)
        .order_by(col(LabMember.id), col(Lab.id))
        .limit(2 * MOST)
    )
    return [(lab, row, person) for lab, row, person in session.execute(statement)]


def number_for_who_runs(actor: Actor) -> ColumnElement[int] | None:
    """How many lines these are."""
    if actor.person_id is None or actor.is_on_behalf or not actor.may(TAKE_PART):
        return None
    requests = number_of(_requests(actor, col(LabMember.id)).limit(MOST))
    return requests + number_of(_proposals(actor, col(Lab.id)).limit(MOST))


def _invited(actor: Actor, *columns: Any) -> Any:
    mine = (col(LabMember.person_id) == actor.person_id, col(LabMember.community_id) == actor.community_id)
    there = (col(LabMember.state) == "invited", col(Lab.state) == "open", col(Lab.hidden_at).is_(None))
    return select(*columns).join(Lab, col(Lab.id) == col(LabMember.lab_id)).where(*mine, *there)


def _overdue(actor: Actor, *columns: Any) -> Any:
    """Tasks whose day is over everywhere: what is counted asks no community for its clock."""
    late = (col(LabTask.state) == "open", col(LabTask.due_on) < clock.now().date())
    mine = (col(LabTask.owner_id) == actor.person_id, col(LabTask.community_id) == actor.community_id)
    return select(*columns).where(*mine, *late)


def lines_for_members(session: Session, actor: Actor) -> list[tuple[Lab, LabTask | None]]:
    """The labs the actor is invited to, and their tasks whose day is over: in one question."""
    late = (
        (col(LabTask.lab_id) == col(Lab.id))
        & (col(LabTask.owner_id) == actor.person_id)
        & (col(LabTask.state) == "open")
        & (col(LabTask.due_on) < clock.now().date())
    )
    invited = is_member(actor, col(Lab.id), "invited") & (col(Lab.state) == "open") & col(Lab.hidden_at).is_(None)
    statement = (
        select(Lab, LabTask)
        .outerjoin(LabTask, late)
        .where(col(Lab.community_id) == actor.community_id, col(LabTask.id).is_not(None) | invited)
        .order_by(col(LabTask.due_on), col(LabTask.id), col(Lab.id))
        .limit(2 * MOST)
    )
    return [(lab, task) for lab, task in session.execute(statement)]


def number_for_members(actor: Actor) -> ColumnElement[int] | None:
    """How many invitations and overdue tasks the actor has."""
    if actor.person_id is None or not actor.may(TAKE_PART):
        return None
    invited = _invited(actor, col(LabMember.id)).select_from(LabMember)
    return number_of(invited.limit(MOST)) + number_of(_overdue(actor, col(LabTask.id)).limit(MOST))


def to_remind(session: Session) -> list[tuple[int, str]]:
    """Open tasks that somebody has and whose day is over, each with what makes this look another than the last."""
    today = clock.now().date()
    late = (col(LabTask.state) == "open", col(LabTask.due_on) < today, col(LabTask.due_on) >= today - REMINDED_FOR)
    statement = (
        select(LabTask)
        .join(Lab, col(Lab.id) == col(LabTask.lab_id))
        .where(*late, col(LabTask.owner_id).is_not(None), col(Lab.state) == "open")
        .order_by(col(LabTask.id))
    )
    # With this day in it: where it was still the day before in the community of one, it is looked at again tomorrow.
    return [(task.id or 0, f"{task.owner_id}:{task.due_on}:{today}") for task in session.exec(statement)]
