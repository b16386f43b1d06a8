"""What is left in labs of somebody of whom nothing is kept: the work stays, without the name."""

from sqlalchemy import update
from sqlmodel import SQLModel, col, select

from civic_centers.labs.actions.diary import forget_photos
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
from community.leaving.actions.names import names_out
from community.leaving.rules import Going
from foundation import clock
from foundation.database import Session

NO_WORDS = "…"
_NAMED: tuple[tuple[type[SQLModel], object, tuple[str, ...]], ...] = (
    (Lab, Lab.community_id, ("name", "need", "words", "outcome")),
    (LabGoal, LabGoal.community_id, ("words", "evidence")),
    (LabTask, LabTask.community_id, ("words",)),
    (LabEntry, LabEntry.community_id, ("words",)),
    (LabComment, LabComment.community_id, ("words",)),
    (LabPhoto, LabPhoto.community_id, ("words",)),
    (LabResource, LabResource.community_id, ("words", "unit")),
    (LabMember, LabMember.community_id, ("part", "words", "reason")),
)
"""Each with its column of the community, and its words that may say somebody's name."""


def forget_in_labs(session: Session, going: Going) -> None:
    """The row of who left says nobody's name; what they wrote in diaries goes, and names go out of the rest."""
    here, person_id = going.community_id, going.person_id
    rows = update(LabMember).where(col(LabMember.community_id) == here).execution_options(synchronize_session=False)
    gone = {"person_id": None, "party_id": None, "part": "", "part_hidden_at": None, "words": "", "reason": "",
            "named": False, "is_keeper": False}  # fmt: skip
    session.exec(rows.where(col(LabMember.person_id) == person_id).values(**gone))
    # Who was there for an organisation that closes is in the lab as before, for themselves.
    session.exec(rows.where(col(LabMember.party_id).in_(going.closing)).values(party_id=None, named=False))
    wrote = (col(LabEntry.community_id) == here, col(LabEntry.author_id) == person_id)
    forget_photos(session, [one for one in session.scalars(select(col(LabEntry.id)).where(*wrote)) if one is not None])
    for table in (LabEntry, LabComment):
        theirs = (col(table.community_id) == here, col(table.author_id) == person_id)
        blank = {"words": NO_WORDS, "withdrawn_at": clock.now(), "author_id": None, "party_id": None}
        session.exec(update(table).where(*theirs).values(**blank).execution_options(synchronize_session=False))
        of_closing = (col(table.community_id) == here, col(table.party_id).in_(going.closing))
        session.exec(
            update(table).where(*of_closing).values(party_id=None).execution_options(synchronize_session=False)
        )
    owned = (col(LabTask.community_id) == here, col(LabTask.owner_id) == person_id)
    session.exec(update(LabTask).where(*owned).values(owner_id=None).execution_options(synchronize_session=False))
    session.expire_all()
    for named, community_id, columns in _NAMED:
        names_out(session, going, named, columns, col(community_id) == here)
    receipts = select(col(LabReceipt.id)).where(col(LabReceipt.community_id) == here)
    names_out(session, going, LabGiver, ("words",), col(LabGiver.receipt_id).in_(receipts))
