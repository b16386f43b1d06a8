"""What is kept of references that were asked for."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, or_

from community.references.tables import ReferenceRequest
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.keeping import Cutoff, Gone, Retention, let_go_of
from foundation.personal.kinds import Row

ANSWERS = ("answered_by", "since_when", "would_entrust", "to_know", "weighed_reason", "party_id", "token_id")


def _requests(session: Session, whose: Whose) -> Iterator[Row]:
    """That somebody was asked about the person; what they answered in confidence is theirs."""
    mine = (
        col(ReferenceRequest.community_id) == whose.community_id,
        col(ReferenceRequest.person_id) == whose.person_id,
    )
    return rows_of(session, ReferenceRequest, *mine, without=ANSWERS)


PERSONAL = (
    PersonalData(
        kind="references",
        words=N_("That people who know you were asked about you, and when"),
        purpose=N_("So that nobody unknown looks after children and frail people"),
        basis="interest",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_requests,
        tables=(ReferenceRequest,),
    ),
)


def _old_answers(session: Session, cutoff: Cutoff, limit: int) -> Gone:
    said = or_(*(col(getattr(ReferenceRequest, name)) != "" for name in _WORDS))
    due = cutoff.passed(col(ReferenceRequest.asked_at), col(ReferenceRequest.community_id)) & said
    nothing = dict.fromkeys(_WORDS, "")
    return let_go_of(
        session, ReferenceRequest, due, limit, community_id=col(ReferenceRequest.community_id), blank=nothing
    )


_WORDS = ("answered_by", "since_when", "would_entrust", "to_know", "weighed_reason")
RETENTIONS = (
    Retention(
        "reference_words",
        N_("What was answered in references"),
        timedelta(days=1095),
        _old_answers,
        kind="references",
        least=timedelta(days=365),
        most=timedelta(days=1825),
    ),
)
