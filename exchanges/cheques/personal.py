"""What is kept of time cheques."""

from collections.abc import Iterator

from sqlmodel import col, or_, select

from exchanges.agreements.tables import Agreement
from exchanges.cheques.tables import ChequeSheet, TimeCheque
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _cheques(session: Session, whose: Whose) -> Iterator[Row]:
    printed = col(TimeCheque.party_id).in_(whose.household_ids)
    ours = select(col(Agreement.id)).where(col(Agreement.giver_id).in_(whose.household_ids))
    return rows_of(
        session, TimeCheque, or_(printed, col(TimeCheque.agreement_id).in_(ours)), without=("token_id", "ended_by_id")
    )


PERSONAL = (
    PersonalData(
        kind="time_cheques",
        words=N_("Time cheques you printed or redeemed, and what became of them"),
        purpose=N_("So that an hour on paper counts once, and comes back when nobody brings it"),
        basis="agreement",
        keeping=N_("As long as the community keeps its hours; your name goes with you"),
        bound="ledger",
        rows=_cheques,
        tables=(ChequeSheet, TimeCheque),
    ),
)
