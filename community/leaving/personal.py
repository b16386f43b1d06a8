"""What is kept of somebody's leaving."""

from collections.abc import Iterator

from sqlmodel import col

from community.leaving.tables import Departure
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _departures(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(Departure.community_id) == whose.community_id, col(Departure.person_id) == whose.person_id)
    return rows_of(session, Departure, *mine)


PERSONAL = (
    PersonalData(
        kind="departures",
        words=N_("That you left, or came back, and to whom your hours went"),
        purpose=N_("So that you can come back within two weeks"),
        basis="agreement",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_departures,
        tables=(Departure,),
    ),
)
