"""What is kept about who may look after children and frail people."""

from collections.abc import Iterator

from sqlmodel import col

from community.safeguarding.tables import IdentityCheck, Reference
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _checks(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(IdentityCheck.community_id) == whose.community_id, col(IdentityCheck.person_id) == whose.person_id)
    return rows_of(session, IdentityCheck, *mine)


def _references(session: Session, whose: Whose) -> Iterator[Row]:
    """Not who vouched: that is about them."""
    mine = (col(Reference.community_id) == whose.community_id, col(Reference.person_id) == whose.person_id)
    return rows_of(session, Reference, *mine, without=("given_by", "given_by_person_id"))


PERSONAL = (
    PersonalData(
        kind="identity_checks",
        words=N_("That a maker has seen a document of yours: which kind and when, never its number"),
        purpose=N_("So that nobody unknown looks after children and frail people"),
        basis="interest",
        keeping=N_("As long as the community keeps its records"),
        rows=_checks,
        tables=(IdentityCheck,),
    ),
    PersonalData(
        kind="references",
        words=N_("That two people vouched for you, and when"),
        purpose=N_("So that nobody unknown looks after children and frail people"),
        basis="interest",
        keeping=N_("As long as the community keeps its records"),
        rows=_references,
        tables=(Reference,),
    ),
)
