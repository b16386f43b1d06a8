"""What is kept about who may look after children and frail people."""

from collections.abc import Iterator

from sqlmodel import col

from community.safeguarding.tables import CareCheck, CareRequirement
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _checks(session: Session, whose: Whose) -> Iterator[Row]:
    """Not who vouched: that is about them."""
    mine = (col(CareCheck.community_id) == whose.community_id, col(CareCheck.person_id) == whose.person_id)
    for row in rows_of(session, CareCheck, *mine, without=("given_by_person_id",)):
        yield {**row, "what": ""} if row["kind"] == "reference" else row


PERSONAL = (
    PersonalData(
        kind="care_checks",
        words=N_("What a maker has seen so that you may look after others: of which kind and when, no copy"),
        purpose=N_("So that nobody unknown looks after children and frail people"),
        basis="interest",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_checks,
        tables=(CareCheck, CareRequirement),
    ),
)
