"""What the record says of membership cards."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from community.cards.tables import Card
from community.deeds.policies import of_person
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_
from foundation.personal import Whose


def _read_by(actor: Actor, card_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Card.id) == card_id, of_person(actor, col(Card.person_id)))


def _own(whose: Whose, card_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Card.id) == card_id, col(Card.person_id) == whose.person_id)


DEEDS = (
    DeedKind(
        kind="card",
        words=N_("Membership card"),
        verbs={
            "recorded": N_("Membership card recorded"),
            "insured": N_("Insurance renewed"),
            "withdrew": N_("Membership card withdrawn"),
        },
        read_by=_read_by,
        concerning=_own,
        told=("recorded", "insured", "withdrew"),
    ),
)
