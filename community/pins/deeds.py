"""What the record says of cards with a PIN: who was given one, and what was done with it."""

from community.deeds.policies import is_myself, of_person, through
from community.pins.tables import PinCard
from foundation.audit.kinds import DeedKind
from foundation.errors import N_

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
        read_by=through(PinCard.id, of_person, PinCard.person_id),
        concerning=through(PinCard.id, is_myself, PinCard.person_id),
        told=("gave", "voided", "tried_last_pin", "did_with_card"),
    ),
)
