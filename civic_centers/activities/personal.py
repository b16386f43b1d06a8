"""What is kept of who plans activities."""

from collections.abc import Iterator

from sqlmodel import col

from civic_centers.activities.tables import Activity
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _activities(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(Activity.community_id) == whose.community_id, col(Activity.created_by_id) == whose.person_id)
    return rows_of(session, Activity, *mine, without=("created_by_id",))


PERSONAL = (
    PersonalData(
        kind="activities",
        words=N_("Which activities of civic centers you planned; your name stands nowhere on their pages"),
        purpose=N_("So that it is clear who planned what"),
        basis="agreement",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_activities,
        tables=(Activity,),
    ),
)
