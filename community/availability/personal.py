"""What is kept about a household's week."""

from collections.abc import Iterator

from sqlmodel import col

from community.availability.tables import Availability
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _week(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_of(session, Availability, col(Availability.party_id).in_(whose.household_ids))


PERSONAL = (
    PersonalData(
        kind="availability",
        words=N_("When your household can, in an ordinary week"),
        purpose=N_("So that we can find an hour that suits both"),
        basis="consent",
        keeping=N_("Until you take it back"),
        bound="wish",
        rows=_week,
        tables=(Availability,),
    ),
)
