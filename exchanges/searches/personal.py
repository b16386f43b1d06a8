"""What is kept of searches."""

from collections.abc import Iterator

from sqlmodel import col

from exchanges.searches.tables import SavedSearch, SearchAlert
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _searches(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(SavedSearch.community_id) == whose.community_id, col(SavedSearch.person_id) == whose.person_id)
    return rows_of(session, SavedSearch, *mine)


PERSONAL = (
    PersonalData(
        kind="searches",
        words=N_("The searches you keep, and of which posts they told you"),
        purpose=N_("So that you hear of what you look for"),
        basis="consent",
        keeping=N_("Until you remove them"),
        bound="wish",
        rows=_searches,
        tables=(SavedSearch, SearchAlert),
    ),
)
