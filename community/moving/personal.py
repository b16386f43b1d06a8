"""What is kept of somebody's moving to another community."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, or_

from community.moving.tables import CommunityMove
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row


def _moves(session: Session, whose: Whose) -> Iterator[Row]:
    here = or_(
        col(CommunityMove.from_community_id) == whose.community_id,
        col(CommunityMove.to_community_id) == whose.community_id,
    )
    return rows_of(session, CommunityMove, here, col(CommunityMove.person_id) == whose.person_id)


PERSONAL = (
    PersonalData(
        kind="community_moves",
        words=N_("That you asked to move to another community, and what you wished to take along"),
        purpose=N_("So that you arrive there with what you ticked, and nothing else"),
        basis="agreement",
        keeping=N_("Until you have left one of the two, or half a year after the move was over"),
        rows=_moves,
        tables=(CommunityMove,),
    ),
)


def _over(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    home = col(CommunityMove.from_community_id)
    return let_go_of(session, CommunityMove, cutoff.passed(col(CommunityMove.ended_at), home), limit, community_id=home)


RETENTIONS = (
    Retention(
        "moves",
        N_("That people asked to move to another community"),
        timedelta(days=180),
        _over,
        kind="community_moves",
        most=timedelta(days=730),
    ),
)
