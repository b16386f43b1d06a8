"""What is kept because people asked for their data, and in the record of what was done."""

from collections.abc import Iterator

from sqlmodel import col, or_

from community.parties.personal import PERSONAL as OF_PARTIES
from community.privacy.tables import Controller, Ground, KeptFor, PaperCopy, PersonalExport
from community.threads.personal import PERSONAL as OF_THREADS
from foundation.audit.tables import AuditEntry
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _exports(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(PersonalExport.community_id) == whose.community_id, col(PersonalExport.person_id) == whose.person_id)
    return rows_of(session, PersonalExport, *mine, without=("file_name",))


def _papers(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(PaperCopy.community_id) == whose.community_id, col(PaperCopy.person_id) == whose.person_id)
    return rows_of(session, PaperCopy, *mine, without=("recorded_by_id",))


def _record(session: Session, whose: Whose) -> Iterator[Row]:
    """What the person did, and what was done with their account. Not what others did about them: makers' work."""
    own = or_(
        col(AuditEntry.actor_person_id) == whose.person_id,
        (col(AuditEntry.kind) == "person") & (col(AuditEntry.object_id) == whose.person_id),
    )
    here = or_(col(AuditEntry.community_id) == whose.community_id, col(AuditEntry.community_id).is_(None))
    return rows_of(session, AuditEntry, own, here, without=("detail", "recorded_by_person_id"))


PERSONAL = (
    *OF_PARTIES,
    *OF_THREADS,
    PersonalData(
        kind="record",
        words=N_("What you did here: who, for whom, what and when, without the words of it"),
        purpose=N_("So that it can be cleared up who did what"),
        basis="interest",
        keeping=N_("As long as the community keeps its records: nothing in it is ever changed"),
        bound="records",
        rows=_record,
        tables=(AuditEntry,),
    ),
    PersonalData(
        kind="exports",
        words=N_("When you asked for this file"),
        purpose=N_("So that you can fetch it"),
        basis="law",
        keeping=N_("The file for a week, that you asked for it as long as you belong to the community"),
        bound="house",
        rows=_exports,
        tables=(PersonalExport, Controller, Ground, KeptFor),
    ),
    PersonalData(
        kind="paper_copies",
        words=N_("That you wished everything about you on paper: when, your words, and why. Sealed"),
        purpose=N_("So that nobody prints it without your wish"),
        basis="law",
        keeping=N_("As long as you belong to the community"),
        rows=_papers,
        tables=(PaperCopy,),
    ),
)
