"""What is kept of cards with a PIN."""

from collections.abc import Iterator

from sqlmodel import col

from community.pins.tables import PinCard
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _cards(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(PinCard.community_id) == whose.community_id, col(PinCard.person_id) == whose.person_id)
    return rows_of(session, PinCard, *mine, without=("pin_hash", "issued_by_id", "voided_by_id"))


PERSONAL = (
    PersonalData(
        kind="pin_cards",
        words=N_("Your cards with a PIN: when they were given, and when they were declared void"),
        purpose=N_("So that you can say yes at a desk, without e-mail"),
        basis="agreement",
        keeping=N_("As long as the community keeps its records"),
        bound="records",
        rows=_cards,
        tables=(PinCard,),
    ),
)
