"""What is kept of who keeps a center."""

from collections.abc import Iterator

from sqlmodel import col

from civic_centers.centers.tables import CenterKeeper
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _keeping(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(CenterKeeper.person_id) == whose.person_id, col(CenterKeeper.community_id) == whose.community_id)
    return rows_of(session, CenterKeeper, *mine, without=("given_by_id", "ended_by_id"))


PERSONAL = (
    PersonalData(
        kind="center_keepers",
        words=N_("Which civic centers you keep or kept, and whether you agreed to be named there"),
        purpose=N_("So that it is clear who opens, books and answers"),
        basis="agreement",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_keeping,
        tables=(CenterKeeper,),
    ),
)
