"""What is kept about the people a household looks after."""

from collections.abc import Iterator

from sqlmodel import col

from community.households.tables import Dependant, HouseholdChange
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _dependants(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_of(session, Dependant, col(Dependant.party_id).in_(whose.household_ids))


def _changes(session: Session, whose: Whose) -> Iterator[Row]:
    mine = col(HouseholdChange.party_id).in_(whose.household_ids) | col(HouseholdChange.into_party_id).in_(
        whose.household_ids
    )
    return rows_of(session, HouseholdChange, mine)


PERSONAL = (
    PersonalData(
        kind="dependants",
        words=N_("The people you look after: a nickname and an age band, never a name"),
        purpose=N_("So that who looks after them for you knows for whom"),
        basis="agreement",
        keeping=N_("Until you remove them, or leave"),
        bound="wish",
        rows=_dependants,
        tables=(Dependant,),
    ),
    PersonalData(
        kind="household_changes",
        words=N_("That your household was divided, or became one with another"),
        purpose=N_("So that hours and people are where both sides wished"),
        basis="agreement",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_changes,
        tables=(HouseholdChange,),
    ),
)
