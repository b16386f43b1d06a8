"""What is kept of who is looked after in which exchange."""

from collections.abc import Iterator

from sqlmodel import col, select

from community.households.tables import Dependant
from exchanges.entrusting.tables import Entrusted, Entrusting
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _entrusted(session: Session, whose: Whose) -> Iterator[Row]:
    ours = select(col(Dependant.id)).where(col(Dependant.party_id).in_(whose.household_ids))
    return rows_of(session, Entrusted, col(Entrusted.dependant_id).in_(ours))


PERSONAL = (
    PersonalData(
        kind="entrusted",
        words=N_("For whom of your people an exchange is"),
        purpose=N_("So that who looks after them knows for whom, and nobody else does"),
        basis="agreement",
        keeping=N_("Until your household leaves"),
        rows=_entrusted,
        tables=(Entrusted, Entrusting),
    ),
)
