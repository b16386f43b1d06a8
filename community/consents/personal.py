"""What is kept of what people agreed to."""

from collections.abc import Iterator

from sqlmodel import col

from community.consents.tables import ConsentStep
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _steps(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(ConsentStep.community_id) == whose.community_id, col(ConsentStep.person_id) == whose.person_id)
    return rows_of(session, ConsentStep, *mine)


PERSONAL = (
    PersonalData(
        kind="consents",
        words=N_("What you agreed to, and when you took it back"),
        purpose=N_("So that your yes is shown, and your no is respected"),
        basis="law",
        keeping=N_("As long as you belong to the community"),
        rows=_steps,
        tables=(ConsentStep,),
    ),
)
