"""What is kept of membership cards and their receipts."""

from collections.abc import Iterator

from sqlmodel import col

from community.cards.tables import Card
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _cards(session: Session, whose: Whose) -> Iterator[Row]:
    mine = (col(Card.community_id) == whose.community_id, col(Card.person_id) == whose.person_id)
    return rows_of(session, Card, *mine)


PERSONAL = (
    PersonalData(
        kind="cards",
        words=N_("Your membership cards: number, days, insurance, fee and receipt"),
        purpose=N_("So that you are a member and insured, and the books are right"),
        basis="law",
        keeping=N_("As long as the law asks for the books, without your name once you have left"),
        bound="law",
        rows=_cards,
        tables=(Card,),
    ),
)
