"""What is kept of who is in charge of purchasing, and of what they said of suppliers."""

from collections.abc import Iterator

from sqlmodel import col

from civic_centers.suppliers.tables import Purchaser, SupplierInterest
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _charges(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(Purchaser.person_id) == whose.person_id, col(Purchaser.community_id) == whose.community_id)
    return rows_of(session, Purchaser, *mine, without=("given_by_id", "ended_by_id"))


def _interests(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (
        col(SupplierInterest.person_id) == whose.person_id,
        col(SupplierInterest.community_id) == whose.community_id,
    )
    return rows_of(session, SupplierInterest, *mine)


PERSONAL = (
    PersonalData(
        kind="purchasers",
        words=N_("Where you are or were in charge of purchasing"),
        purpose=N_("So that it is clear who orders, and who answers for it"),
        basis="agreement",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_charges,
        tables=(Purchaser,),
    ),
    PersonalData(
        kind="supplier_interests",
        words=N_("What you said of being related to a supplier you keep"),
        purpose=N_("So that nobody has to wonder whose side you are on"),
        basis="consent",
        keeping=N_("Until you take it back, or leave"),
        bound="wish",
        rows=_interests,
        tables=(SupplierInterest,),
    ),
)
