"""What is kept about calls to who has no e-mail."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col

from community.notifications.tables import CallToMake, CallTry
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row


def _calls(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(CallToMake.community_id) == whose.community_id, col(CallToMake.person_id) == whose.person_id)
    return rows_of(session, CallToMake, *mine, without=("key", "params"))


def _tries(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(CallTry.community_id) == whose.community_id, col(CallTry.person_id) == whose.person_id)
    return rows_of(session, CallTry, *mine, without=("by_id",))


PERSONAL = (
    PersonalData(
        kind="calls",
        words=N_("What a maker told you, or is to tell you, on the telephone"),
        purpose=N_("So that you hear of things without an e-mail address"),
        basis="agreement",
        keeping=N_("As long as you belong to the community"),
        rows=_calls,
        tables=(CallToMake,),
    ),
    PersonalData(
        kind="call_tries",
        words=N_("When a maker called you, and whether you answered"),
        purpose=N_("So that you are called again, and not twice for the same thing"),
        basis="agreement",
        keeping=N_("As long as you belong to the community"),
        rows=_tries,
        tables=(CallTry,),
    ),
)


def _calls_made(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    due = cutoff.passed(col(CallToMake.made_at), col(CallToMake.community_id))
    return let_go_of(session, CallToMake, due, limit, community_id=col(CallToMake.community_id))


RETENTIONS = (
    Retention(
        "calls_made",
        N_("Telephone calls that were made"),
        timedelta(days=90),
        _calls_made,
        kind="calls",
        least=timedelta(days=14),
        most=timedelta(days=365),
    ),
)
