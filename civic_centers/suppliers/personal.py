"""What is kept of who is in charge of purchasing, and of what they said of suppliers."""

from collections.abc import Iterator

from sqlmodel import col, or_

from civic_centers.suppliers.tables import ProductPrice, Purchaser, Supplier, SupplierInterest
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


def _suppliers(session: Session, whose: Whose) -> Iterator[Row]:
    theirs = or_(col(Supplier.created_by_id) == whose.person_id, col(Supplier.party_id).in_(whose.party_ids))
    return rows_of(session, Supplier, col(Supplier.community_id) == whose.community_id, theirs)


def _prices(session: Session, whose: Whose) -> Iterator[Row]:
    here = col(ProductPrice.community_id) == whose.community_id
    return rows_of(session, ProductPrice, here, col(ProductPrice.written_by_id) == whose.person_id)


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
    PersonalData(
        kind="suppliers_written",
        words=N_("The suppliers that you wrote down, or that your organisation is"),
        purpose=N_("So that it is clear who orders, and who answers for it"),
        basis="agreement",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_suppliers,
        tables=(Supplier,),
    ),
    PersonalData(
        kind="prices_written",
        words=N_("The prices of suppliers that you wrote down"),
        purpose=N_("So that it is clear who orders, and who answers for it"),
        basis="agreement",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_prices,
        tables=(ProductPrice,),
    ),
)
