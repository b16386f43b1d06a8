"""What is inside of a lab: its people, goals, tasks, meetings, and what stands on its public page."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func
from sqlmodel import col, select

from civic_centers.activities.queries.lists import to_come
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.labs.policies import may_run
from civic_centers.labs.queries.single import lab_visible_to, must_be_inside
from civic_centers.labs.tables import Lab, LabGoal, LabMeeting, LabMember, LabPhoto, LabTask
from community.members.tables import Membership, Person
from community.parties.policies import acting
from community.parties.tables import Party, PartyMember
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

FEW_DATES = 5


@dataclass(frozen=True)
class People:
    """A row of a lab with the person and the party they are there for."""

    row: LabMember
    person: Person | None
    party: Party | None

    @property
    def name(self) -> str:
        """What they are called in the lab."""
        return self.person.name if self.person is not None else ""

    @property
    def organisation(self) -> str:
        """The organisation they are there for, if it is one."""
        return self.party.name if self.party is not None and self.party.kind == "organisation" else ""


def _acts() -> ColumnElement[bool]:
    """The condition that somebody in a lab still acts for the party they are there for."""
    acts = (
        col(PartyMember.party_id) == col(LabMember.party_id),
        col(PartyMember.person_id) == col(LabMember.person_id),
    )
    return exists().where(*acts, *acting()).correlate(LabMember)


def members_of(session: Session, lab_id: int, *states: str) -> list[People]:
    """The people of a lab in these states, keepers first, then who came first."""
    statement = (
        select(LabMember, Person, Party)
        .outerjoin(Person, col(Person.id) == col(LabMember.person_id))
        .outerjoin(Party, (col(Party.id) == col(LabMember.party_id)) & _acts())
        .where(col(LabMember.lab_id) == lab_id, col(LabMember.state).in_(states), col(LabMember.person_id).is_not(None))
        .order_by(col(LabMember.is_keeper).desc(), col(LabMember.since), col(LabMember.id))
    )
    return [People(row, person, party) for row, person, party in session.execute(statement)]


def part_visible_to(session: Session, actor: Actor, member_id: int) -> tuple[Lab, LabMember, str]:
    """Somebody's part in a lab and what is read of it: for its people; for who runs it also of who asks, all of it.

    What was taken out of sight is read by who runs the lab alone. Raises Missing.
    """
    row = session.get(LabMember, member_id, populate_existing=True)
    if row is None or row.person_id is None:
        raise Missing()
    lab = lab_visible_to(session, actor, row.lab_id)
    must_be_inside(session, actor, lab)
    runs = may_run(session, actor, lab)
    if not runs and (row.state != "in" or row.part_hidden_at is not None):
        raise Missing()
    return lab, row, " · ".join(said for said in (row.part, row.words if runs else "") if said)


def people_of_lab(session: Session, lab_id: int, *states: str) -> list[int]:
    """The numbers of the people of a lab in these states."""
    there = (col(LabMember.lab_id) == lab_id, col(LabMember.state).in_(states), col(LabMember.person_id).is_not(None))
    return [one for one in session.scalars(select(col(LabMember.person_id)).where(*there)) if one is not None]


def keepers_of(session: Session, lab_id: int) -> list[int]:
    """The numbers of the people who run a lab from inside."""
    there = (col(LabMember.lab_id) == lab_id, col(LabMember.is_keeper), col(LabMember.person_id).is_not(None))
    return [one for one in session.scalars(select(col(LabMember.person_id)).where(*there)) if one is not None]


def number_of_parts(session: Session, lab_id: int) -> tuple[int, int]:
    """How many people are in a lab, and of how many organisations."""
    there = (col(LabMember.lab_id) == lab_id, col(LabMember.state) == "in")
    people = select(func.count()).select_from(LabMember).where(*there).scalar_subquery()
    bodies = (
        select(func.count(func.distinct(col(Party.id))))
        .join(LabMember, col(LabMember.party_id) == col(Party.id))
        .where(*there, col(Party.kind) == "organisation", _acts())
        .scalar_subquery()
    )
    row = session.execute(select(people, bodies)).one()
    return row[0] or 0, row[1] or 0


def organisations_named(session: Session, lab_id: int) -> list[str]:
    """The organisations that agreed to stand on the public page, while their representative acts for them."""
    statement = (
        select(col(Party.name))
        .join(LabMember, col(LabMember.party_id) == col(Party.id))
        .where(
            col(LabMember.lab_id) == lab_id,
            col(LabMember.state) == "in",
            col(LabMember.named),
            col(Party.kind) == "organisation",
            col(Party.closed_at).is_(None),
            _acts(),
        )
        .distinct()
        .order_by(col(Party.name))
    )
    return list(session.scalars(statement))


def goals_of(session: Session, lab_id: int, *states: str) -> list[LabGoal]:
    """The goals of a lab, those that are due first; of these states, or all."""
    demands = [col(LabGoal.lab_id) == lab_id, *([col(LabGoal.state).in_(states)] if states else [])]
    order = (col(LabGoal.due_on).is_(None), col(LabGoal.due_on), col(LabGoal.id))
    return list(session.exec(select(LabGoal).where(*demands).order_by(*order)))


def goal_of(session: Session, lab_id: int, goal_id: int) -> LabGoal:
    """One goal of a lab. Raises Missing."""
    goal = session.get(LabGoal, goal_id, populate_existing=True)
    if goal is None or goal.lab_id != lab_id:
        raise Missing()
    return goal


def tasks_of(session: Session, lab_id: int, *states: str, limit: int = 60) -> list[tuple[LabTask, str]]:
    """The tasks of a lab with the given name of who has each, those that are due first."""
    statement = (
        select(LabTask, col(Person.given_name))
        .outerjoin(Person, col(Person.id) == col(LabTask.owner_id))
        .where(col(LabTask.lab_id) == lab_id, col(LabTask.state).in_(states))
        .order_by(col(LabTask.due_on).is_(None), col(LabTask.due_on), col(LabTask.id))
        .limit(limit)
    )
    return [(task, name or "") for task, name in session.execute(statement)]


def done_lately(session: Session, lab_id: int, limit: int = 10) -> list[tuple[LabTask, str]]:
    """What was done last, with the given name of who did it."""
    statement = (
        select(LabTask, col(Person.given_name))
        .outerjoin(Person, col(Person.id) == col(LabTask.owner_id))
        .where(col(LabTask.lab_id) == lab_id, col(LabTask.state) == "done")
        .order_by(col(LabTask.done_at).desc(), col(LabTask.id).desc())
        .limit(limit)
    )
    return [(task, name or "") for task, name in session.execute(statement)]


def task_of(session: Session, lab_id: int, task_id: int) -> LabTask:
    """One task of a lab. Raises Missing."""
    task = session.get(LabTask, task_id, populate_existing=True)
    if task is None or task.lab_id != lab_id:
        raise Missing()
    return task


def photo_of(session: Session, file_id: int | None) -> LabPhoto | None:
    """A photograph of a lab by its file."""
    return session.get(LabPhoto, file_id) if file_id is not None else None


def next_dates(session: Session, lab_id: int, limit: int = FEW_DATES) -> list[tuple[ActivitySession, Activity]]:
    """The next meetings of a lab that everybody may know of."""
    statement = (
        select(ActivitySession, Activity)
        .join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .join(LabMeeting, col(LabMeeting.activity_id) == col(Activity.id))
        .where(col(LabMeeting.lab_id) == lab_id, col(Activity.state) == "open", *to_come())
        .order_by(col(ActivitySession.starts_at), col(ActivitySession.id))
        .limit(limit)
    )
    return [(one, activity) for one, activity in session.execute(statement)]


def meetings_of(session: Session, lab_id: int) -> list[Activity]:
    """The activities that are meetings of a lab, drafts too: for who runs it."""
    statement = (
        select(Activity)
        .join(LabMeeting, col(LabMeeting.activity_id) == col(Activity.id))
        .where(col(LabMeeting.lab_id) == lab_id)
        .order_by(col(Activity.id).desc())
        .limit(20)
    )
    return list(session.exec(statement))


def meeting_numbers(session: Session, lab_ids: Collection[int]) -> set[int]:
    """The numbers of the activities that are meetings of some labs; no question for none."""
    if not lab_ids:
        return set()
    return set(session.scalars(select(col(LabMeeting.activity_id)).where(col(LabMeeting.lab_id).in_(lab_ids))))


def lab_of_activity(session: Session, activity_id: int) -> Lab | None:
    """The lab whose meeting an activity is."""
    meeting = select(col(LabMeeting.lab_id)).where(col(LabMeeting.activity_id) == activity_id)
    return session.exec(select(Lab).where(col(Lab.id).in_(meeting))).one_or_none()


def people_to_invite(session: Session, lab: Lab) -> list[Person]:
    """The members of the community who are not in a lab, nor asked to it, by name."""
    there = select(col(LabMember.person_id)).where(
        col(LabMember.lab_id) == lab.id,
        col(LabMember.state).in_(("in", "invited", "asked")),
        col(LabMember.person_id).is_not(None),
    )
    statement = (
        select(Person)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            col(Membership.community_id) == lab.community_id,
            col(Membership.state) == "approved",
            col(Person.id).not_in(there),
        )
        .order_by(col(Person.given_name), col(Person.family_name), col(Person.id))
    )
    return list(session.exec(statement))
