"""What is kept about being suggested."""

from collections.abc import Iterator

from sqlmodel import col

from exchanges.matching.tables import AskedToAnswer, SuggestionWish
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _wish(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_of(session, SuggestionWish, col(SuggestionWish.party_id).in_(whose.household_ids))


PERSONAL = (
    PersonalData(
        kind="suggestions",
        words=N_("Whether you wish to be suggested, and who asked you"),
        purpose=N_("So that we suggest you only as you wish"),
        basis="consent",
        keeping=N_("Until you change it"),
        bound="wish",
        rows=_wish,
        tables=(SuggestionWish, AskedToAnswer),
    ),
)
