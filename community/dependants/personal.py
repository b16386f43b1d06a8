"""What is kept about the people a household looks after, beside a nickname and an age band."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select
from sqlmodel import col, or_, select

from community.dependants.tables import DependantConsent, DependantDetails, DependantObjection, DependantView
from community.households.tables import Dependant
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _ours(whose: Whose) -> Select[Any]:
    ours: Select[Any] = select(col(Dependant.id)).where(col(Dependant.party_id).in_(whose.household_ids))
    return ours


def _details(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_of(session, DependantDetails, col(DependantDetails.dependant_id).in_(_ours(whose)))


def _consents(session: Session, whose: Whose) -> Iterator[Row]:
    """One's own, and that others said something about who one looks after: not who they are."""
    mine = or_(col(DependantConsent.person_id) == whose.person_id, col(DependantConsent.dependant_id).in_(_ours(whose)))
    for row in rows_of(session, DependantConsent, mine):
        yield {**row, "person_id": row["person_id"] if row["person_id"] == whose.person_id else None}


def _nothing(_session: Session, _whose: Whose) -> list[Row]:
    return []


PERSONAL = (
    PersonalData(
        kind="dependant_details",
        words=N_("What who looks after your people has to know: needs, who may pick up, whom to call. Sealed"),
        purpose=N_("So that who looks after them knows what they need, only as long as it lasts"),
        basis="consent",
        keeping=N_("Until you take them off your list, or leave"),
        bound="wish",
        rows=_details,
        tables=(DependantDetails,),
    ),
    PersonalData(
        kind="dependant_consents",
        words=N_("Who said yes, or no, to somebody being looked after by others, when, and to which sentences"),
        purpose=N_("So that nobody is looked after without the yes of those who decide"),
        basis="interest",
        keeping=N_("Two years after they were taken off the list"),
        bound="house",
        rows=_consents,
        tables=(DependantConsent,),
    ),
    PersonalData(
        kind="dependant_views",
        words=N_("The own view from 14 on, and what they wrote there: kept out of the file, it is theirs"),
        purpose=N_("So that who is looked after has a say"),
        basis="interest",
        keeping=N_("Until they are taken off the list, or the household leaves"),
        rows=_nothing,
        tables=(DependantView, DependantObjection),
    ),
)
