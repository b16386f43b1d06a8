"""What is kept of concerns: never in a file that may lie where others look."""

from community.concerns.tables import Concern, ConcernMessage, ConcernParty
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose
from foundation.personal.kinds import Row


def _nothing(_session: Session, _whose: Whose) -> list[Row]:
    return []


PERSONAL = (
    PersonalData(
        kind="concerns",
        words=N_("What worried you, told to the safeguarding leads: kept out of the file, which others may see"),
        purpose=N_("So that they can help"),
        basis="interest",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_nothing,
        tables=(Concern, ConcernMessage, ConcernParty),
        # That there is one says nearly as much, to who looks over one's shoulder.
        unwritten=("concern",),
    ),
)
