"""What is kept of the agreement that makers act for a household."""

from collections.abc import Iterator

from sqlmodel import col

from community.mandates.tables import Mandate
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _mandates(session: Session, whose: Whose) -> Iterator[Row]:
    theirs = (col(Mandate.person_id) == whose.person_id) | col(Mandate.party_id).in_(whose.household_ids)
    hidden = ("before_id", "recorded_by_id", "ended_by_id")
    return rows_of(session, Mandate, col(Mandate.community_id) == whose.community_id, theirs, without=hidden)


PERSONAL = (
    PersonalData(
        kind="mandates",
        words=N_("That makers may act for you because you have no e-mail: when you agreed, how, and until when"),
        purpose=N_("So that nobody acts for you without your yes"),
        basis="agreement",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_mandates,
        tables=(Mandate,),
    ),
)
