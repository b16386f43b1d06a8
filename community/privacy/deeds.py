"""What the record says of everything about somebody on paper: that they wished it, and each look at it."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from community.deeds.policies import of_person
from community.privacy.queries import PAPER
from community.privacy.tables import PaperCopy
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_
from foundation.personal import Whose


def _read_by(actor: Actor, copy_id: Any) -> ColumnElement[bool]:
    return exists().where(col(PaperCopy.id) == copy_id, of_person(actor, col(PaperCopy.person_id)))


def _own(whose: Whose, copy_id: Any) -> ColumnElement[bool]:
    return exists().where(col(PaperCopy.id) == copy_id, col(PaperCopy.person_id) == whose.person_id)


DEEDS = (
    DeedKind(
        kind=PAPER,
        words=N_("Everything about somebody on paper"),
        verbs={
            "wished": N_("Wish written down to have everything about oneself on paper"),
            "looked": N_("Everything about somebody opened to be printed for them"),
        },
        read_by=_read_by,
        concerning=_own,
        told=("wished", "looked"),
    ),
)
