"""What the record says of cards with a PIN: who was given one, and what was done with it."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from community.deeds.policies import of_person
from community.pins.tables import PinCard
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_
from foundation.personal import Whose


def _read_by(actor: Actor, card_id: Any) -> ColumnElement[bool]:
    return exists().where(col(PinCard.id) == card_id, of_person(actor, col(PinCard.person_id)))


def _own(whose: Whose, card_id: Any) -> ColumnElement[bool]:
    return exists().where(col(PinCard.id) == card_id, col(PinCard.person_id) == whose.person_id)


DEEDS = (
    DeedKind(
        kind="pin_card",
        words=N_("Card with a PIN"),
        verbs={
            "gave": N_("Card with a PIN given"),
            "voided": N_("Card with a PIN taken out of use"),
            "tried_last_pin": N_("Card locked after too many wrong PINs"),
            "did_with_card": N_("Answered with card and PIN"),
        },
        read_by=_read_by,
        concerning=_own,
        told=("gave", "voided", "tried_last_pin", "did_with_card"),
    ),
)
