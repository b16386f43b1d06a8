"""What is kept about who was quiet for a while."""

from collections.abc import Iterator

from sqlmodel import col

from community.resting.tables import QuietAsk, Rest
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _asked(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(QuietAsk.community_id) == whose.community_id, col(QuietAsk.person_id) == whose.person_id)
    return rows_of(session, QuietAsk, *mine)


def _rests(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(Rest.community_id) == whose.community_id, col(Rest.person_id) == whose.person_id)
    return rows_of(session, Rest, *mine)


PERSONAL = (
    PersonalData(
        kind="quiet_asks",
        words=N_("When we asked you whether all is well, and what you answered"),
        purpose=N_("So that who is quiet for a long while is neither forgotten nor bothered"),
        basis="interest",
        keeping=N_("As long as you belong to the community"),
        rows=_asked,
        tables=(QuietAsk,),
    ),
    PersonalData(
        kind="rests",
        words=N_("When you rested"),
        purpose=N_("So that neighbours do not ask who needs a rest"),
        basis="agreement",
        keeping=N_("As long as you belong to the community"),
        rows=_rests,
        tables=(Rest,),
    ),
)
