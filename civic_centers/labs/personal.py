"""What is kept of who works in labs."""

from collections.abc import Iterable, Iterator

from sqlmodel import SQLModel, col, select

from civic_centers.labs.tables import (
    Lab,
    LabComment,
    LabEntry,
    LabGiver,
    LabGoal,
    LabMember,
    LabPhoto,
    LabReceipt,
    LabResource,
    LabTask,
)
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_naming
from foundation.personal.kinds import Row


def _members(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_naming(session, whose, LabMember, LabMember.person_id, without=("decided_by_id",))


def _tasks(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_naming(session, whose, LabTask, LabTask.owner_id, without=("created_by_id",))


def _written(session: Session, whose: Whose) -> Iterator[Row]:
    yield from rows_naming(session, whose, LabEntry, LabEntry.author_id)
    yield from rows_naming(session, whose, LabComment, LabComment.author_id)


def _pictures(session: Session, whose: Whose) -> Iterable[int]:
    mine = (col(LabEntry.community_id) == whose.community_id, col(LabEntry.author_id) == whose.person_id)
    entries = select(col(LabEntry.id)).where(*mine)
    return session.scalars(select(col(LabPhoto.file_id)).where(col(LabPhoto.entry_id).in_(entries)))


def _made(session: Session, whose: Whose) -> Iterator[Row]:
    """What they made or wrote down as who runs a lab: it is the lab's, and told by its lines."""
    made: tuple[tuple[type[SQLModel], object], ...] = (
        (Lab, Lab.created_by_id),
        (LabGoal, LabGoal.said_by_id),
        (LabTask, LabTask.created_by_id),
        (LabResource, LabResource.created_by_id),
        (LabReceipt, LabReceipt.noted_by_id),
        (LabPhoto, LabPhoto.said_by_id),
    )
    for table, person in made:
        yield from rows_naming(session, whose, table, person, without=("from_party_id",))


PERSONAL = (
    PersonalData(
        kind="lab_members",
        words=N_("In which community labs you are or were, what you do there, and what was decided"),
        purpose=N_("So that those who work together know each other, and nobody is asked again after a no"),
        basis="agreement",
        keeping=N_("As long as the lab’s page; without your name once you leave the community"),
        bound="belonging",
        rows=_members,
        tables=(LabMember,),
    ),
    PersonalData(
        kind="lab_tasks",
        words=N_("The tasks you have or had in community labs"),
        purpose=N_("So that it is clear who does what"),
        basis="agreement",
        keeping=N_("As long as the lab’s page; without your name once you leave the community"),
        bound="belonging",
        rows=_tasks,
        tables=(LabTask,),
    ),
    PersonalData(
        kind="lab_diary",
        words=N_("What you wrote in the diaries of community labs, and its photographs"),
        purpose=N_("So that who comes later reads what was done"),
        basis="agreement",
        keeping=N_("Until you take it back, or leave the community"),
        bound="wish",
        rows=_written,
        tables=(LabEntry, LabComment, LabPhoto),
        pictures=_pictures,
    ),
    PersonalData(
        kind="lab_work",
        words=N_("What you made or wrote down for community labs: goals, what was asked for and received"),
        purpose=N_("So that later it is still clear who said what"),
        basis="agreement",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_made,
        tables=(Lab, LabGoal, LabResource, LabReceipt, LabGiver),
    ),
)
