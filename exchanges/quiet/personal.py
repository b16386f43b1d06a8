"""What is kept of the quiet question after care: never in a file that may lie where others look."""

from exchanges.quiet.tables import QuietAnswer
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose
from foundation.personal.kinds import Row


def _nothing(_session: Session, _whose: Whose) -> list[Row]:
    return []


PERSONAL = (
    PersonalData(
        kind="quiet_answers",
        words=N_("Whether all went well after care, for you alone: kept out of the file, which others may see"),
        purpose=N_("So that who is worried can say so"),
        basis="interest",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_nothing,
        tables=(QuietAnswer,),
    ),
)
