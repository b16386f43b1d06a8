"""What the record says about who is looked after: to their own household alone, never which words, and to no maker."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from community.deeds.policies import is_own_party
from community.dependants.queries import KIND
from community.households.tables import Dependant
from foundation.audit.kinds import DeedKind
from foundation.errors import N_
from foundation.personal import Whose


def _own(whose: Whose, dependant_id: Any) -> ColumnElement[bool]:
    return exists().where(col(Dependant.id) == dependant_id, is_own_party(whose, col(Dependant.party_id)))


DEEDS = (
    DeedKind(
        kind=KIND,
        words=N_("Somebody you look after"),
        verbs={
            "consented": N_("A yes for somebody you look after"),
            "refused": N_("A no for somebody you look after"),
            "added": N_("Somebody you look after was added"),
            "removed": N_("Somebody you looked after was taken off the list"),
            "wrote": N_("What somebody you look after needs was written down"),
            "looked": N_("Who comes read what they have to know about somebody you look after"),
        },
        concerning=_own,
        told=("consented", "refused", "added", "removed", "wrote", "looked"),
    ),
)
