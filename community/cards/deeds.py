"""What the record says of membership cards."""

from community.cards.tables import Card
from community.deeds.policies import is_myself, of_person, through
from foundation.audit.kinds import DeedKind
from foundation.errors import N_

DEEDS = (
    DeedKind(
        kind="card",
        words=N_("Membership card"),
        verbs={
            "recorded": N_("Membership card recorded"),
            "insured": N_("Insurance renewed"),
            "withdrew": N_("Membership card withdrawn"),
        },
        read_by=through(Card.id, of_person, Card.person_id),
        concerning=through(Card.id, is_myself, Card.person_id),
        told=("recorded", "insured", "withdrew"),
    ),
)
