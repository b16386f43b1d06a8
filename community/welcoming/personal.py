"""What is kept about who is new."""

from collections.abc import Iterator

from sqlmodel import col, select

from community.members.tables import Membership
from community.welcoming.tables import WelcomeStep
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _steps(session: Session, whose: Whose) -> Iterator[Row]:
    mine = select(col(Membership.id)).where(
        col(Membership.community_id) == whose.community_id, col(Membership.person_id) == whose.person_id
    )
    return rows_of(session, WelcomeStep, col(WelcomeStep.membership_id).in_(mine))


PERSONAL = (
    PersonalData(
        kind="welcome",
        words=N_("How makers welcomed you: whether they called, met you and explained how it works, and when"),
        purpose=N_("So that nobody who is new is forgotten"),
        basis="interest",
        keeping=N_("As long as you belong to the community"),
        rows=_steps,
        tables=(WelcomeStep,),
    ),
)
