"""What is kept of who wrote on walls, and who joined."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, select

from civic_centers.wall.tables import WallNeed, WallSupport
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row

KIND = "wall_needs"
A_YEAR = timedelta(days=365)


def _needs(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(WallNeed.community_id) == whose.community_id, col(WallNeed.person_id) == whose.person_id)
    return rows_of(session, WallNeed, *mine, without=("recorded_by_id", "ended_by_id"))


def _supports(session: Session, whose: Whose) -> Iterator[Row]:
    here = select(col(WallNeed.id)).where(col(WallNeed.community_id) == whose.community_id)
    mine = (col(WallSupport.need_id).in_(here), col(WallSupport.person_id) == whose.person_id)
    return rows_of(session, WallSupport, *mine, without=("recorded_by_id",))


def _clear(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    community_id = col(WallNeed.community_id)
    due = cutoff.passed(col(WallNeed.ended_at), community_id) & col(WallNeed.person_id).is_not(None)
    nobody = {"person_id": None, "party_id": None}
    return let_go_of(session, WallNeed, due, limit, community_id=community_id, blank=nobody)


PERSONAL = (
    PersonalData(
        kind=KIND,
        words=N_("What you wrote on the walls of needs; your name is read by the people of the center alone"),
        purpose=N_("So that you are told what became of it"),
        basis="agreement",
        keeping=N_("One year after something became of it; then without your name"),
        rows=_needs,
        tables=(WallNeed,),
    ),
    PersonalData(
        kind="wall_supports",
        words=N_("Where you said “me too” or “I could help”"),
        purpose=N_("So that the people of the center can ask you, and tell you"),
        basis="consent",
        keeping=N_("Until you take it back"),
        bound="wish",
        rows=_supports,
        tables=(WallSupport,),
    ),
)
RETENTIONS = (
    Retention(
        name="wall.needs",
        words=N_("Who had written a need that something became of"),
        after=A_YEAR,
        clear=_clear,
        kind=KIND,
    ),
)
